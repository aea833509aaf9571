import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Standard } from '#lib/scorm/manifest.ts';

const BUILT = path.resolve(import.meta.dirname, '../../../build/player');
const NAMES = { '1.2': 'player-12', '2004': 'player-2004' } as const satisfies Record<Standard, string>;

/** The player's scripts, one for each standard, held in memory under addresses that change with their content. */
export async function openPlayerFiles() {
	const scripts = new Map<string, { plain: Buffer; br: Buffer; gzip: Buffer }>();
	const addresses = new Map<string, string>();
	for (const name of Object.values(NAMES)) {
		const plain = await readFile(path.join(BUILT, `${name}.js`));
		const address = `/${name}.${createHash('sha256').update(plain).digest('hex').slice(0, 12)}.js`;
		scripts.set(address, { plain, br: brotliCompressSync(plain), gzip: gzipSync(plain) });
		addresses.set(name, address);
	}
	return {
		scriptFor: (standard: Standard): string => addresses.get(NAMES[standard])!,
		/** False when the address is none of these. */
		answer(req: IncomingMessage, res: ServerResponse): boolean {
			const script = scripts.get(req.url ?? '');
			if (!script) return false;
			const accepted = String(req.headers['accept-encoding'] ?? '');
			const coding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : 'plain';
			if (coding !== 'plain') res.setHeader('Content-Encoding', coding);
			res.setHeader('Vary', 'Accept-Encoding').setHeader('Cache-Control', 'public, max-age=31536000, immutable');
			res.setHeader('Content-Type', 'text/javascript; charset=utf-8').end(script[coding]);
			return true;
		}
	};
}

/** The page that holds the run-time and the frame of the content. */
export function playerPage({
	script,
	lmsOrigin,
	attemptId
}: {
	script: string;
	lmsOrigin: string;
	attemptId: string | null;
}): string {
	return `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Nội dung bài học</title><style>html,body{margin:0;height:100%;background:#fff}iframe{border:0;width:100%;height:100%;display:block}
p{font:1.125rem/1.5 sans-serif;padding:1rem}</style></head>
<body><script src="${script}" data-lms="${lmsOrigin}" data-attempt="${attemptId ?? ''}"></script></body></html>`;
}
