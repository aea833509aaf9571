import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from './installation.ts';
import { StartError } from './progress.ts';

/** What the built pages depend on. */
const SOURCES = ['src', 'static', 'package-lock.json', 'svelte.config.js', 'vite.config.ts', 'tsconfig.json'];
const ENTRY = path.join(ROOT, 'src/entry');
const STAMP = path.join(ROOT, 'build/.sources');

/** Digest of everything that goes into the build; tests and the entry files, which run unbuilt, do not. */
export async function sourcesDigest(): Promise<string> {
	const hash = createHash('sha256');
	for (const source of SOURCES) {
		for (const file of await filesBelow(path.join(ROOT, source))) {
			hash.update(path.relative(ROOT, file)).update('\0');
			hash.update(await fs.readFile(file)).update('\0');
		}
	}
	return hash.digest('hex');
}

/** True when `build/` was made from exactly these sources, to its end. */
export async function isBuilt(digest: string): Promise<boolean> {
	if (!existsSync(path.join(ROOT, 'build/handler.js'))) return false;
	return (await fs.readFile(STAMP, 'utf8').catch(() => '')) === digest;
}

/** Builds the pages; the stamp is written last, so an interrupted build is done again. */
export async function build(digest: string): Promise<void> {
	await fs.rm(STAMP, { force: true });
	const vite = path.join(ROOT, 'node_modules/vite/bin/vite.js');
	const { code, output } = await run([vite, 'build', '--logLevel', 'warn']);
	if (code !== 0) {
		process.stderr.write(output);
		throw new StartError('Không dựng được giao diện; lý do ở trên.', 'The build failed; the reason is above.');
	}
	await fs.writeFile(STAMP, digest);
}

function run(args: string[]): Promise<{ code: number; output: string }> {
	return new Promise((resolve, reject) => {
		const env = { ...process.env, NODE_ENV: 'production' };
		const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
		const stop = () => child.kill('SIGKILL');
		process.once('exit', stop);
		let output = '';
		child.stdout.on('data', (chunk) => (output += chunk));
		child.stderr.on('data', (chunk) => (output += chunk));
		child.once('error', reject);
		child.once('close', (code) => {
			process.off('exit', stop);
			resolve({ code: code ?? 1, output });
		});
	});
}

async function filesBelow(place: string): Promise<string[]> {
	const found = await fs.stat(place).catch(() => undefined);
	if (!found) return [];
	if (found.isFile()) return [place];
	const entries = await fs.readdir(place, { withFileTypes: true, recursive: true });
	return entries
		.filter((entry) => entry.isFile() && !/\.test\.ts$/.test(entry.name) && !entry.parentPath.startsWith(ENTRY))
		.map((entry) => path.join(entry.parentPath, entry.name))
		.toSorted();
}
