import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

/** What of the clone runs the product; data, history and tests stay behind. */
const PARTS = [
	...['package.json', 'package-lock.json', '.npmrc', 'svelte.config.js', 'vite.config.ts', 'tsconfig.json'],
	...['README.md', 'CHANGELOG.md', 'LICENSE', 'docs', 'src', 'media-pipeline', 'static', 'build', 'node_modules']
];

/**
 * Packs an installed and built clone into one archive for a machine without a network: unpacked there, `npm start` finds
 * everything it would have downloaded. Beside it lies its checksum, as `sha256sum -c` reads it.
 * @param root folder of the clone
 * @param file `….tar.gz`; appears when it is whole
 * @param name folder that the archive unpacks into
 * @returns its size and checksum
 */
export async function packBundle(
	root: string,
	file: string,
	name: string
): Promise<{ sizeBytes: number; sha256: string }> {
	const unfinished = `${file}.unfinished`;
	const present = PARTS.filter((part) => existsSync(path.join(root, part)));
	try {
		// S: the targets of links, as in node_modules/.bin, stay as they are.
		const into = ['--transform', `s,^,${name}/,S`, '--exclude=node_modules/.cache', '--exclude=node_modules/.vite'];
		const owner = ['--owner=0', '--group=0', '--numeric-owner'];
		await run('tar', ['-C', root, ...into, ...owner, '-I', 'gzip -1', '-cf', unfinished, ...present]);
		const hash = createHash('sha256');
		await pipeline(createReadStream(unfinished), hash);
		const sha256 = hash.digest('hex');
		const { size: sizeBytes } = await fs.stat(unfinished);
		await fs.writeFile(`${file}.sha256`, `${sha256}  ${path.basename(file)}\n`);
		await fs.rename(unfinished, file);
		return { sizeBytes, sha256 };
	} finally {
		await fs.rm(unfinished, { force: true });
	}
}

function run(program: string, args: readonly string[]): Promise<void> {
	return new Promise((resolve, reject) => {
		const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
		let errors = '';
		child.stderr.on('data', (chunk) => (errors += chunk));
		child.once('error', reject);
		child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${program}: ${errors.slice(-2000)}`))));
	});
}
