import { spawn } from 'node:child_process';
import { access, constants, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Config } from '../config.ts';

const TIMEOUT_MS = 3 * 60 * 1000;

/** Path of LibreOffice: SOFFICE_PATH, else `soffice` or `libreoffice` on PATH; undefined where there is none. */
export async function findSoffice(config: Pick<Config, 'sofficePath'>): Promise<string | undefined> {
	const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
	const candidates = config.sofficePath
		? [config.sofficePath]
		: ['soffice', 'libreoffice'].flatMap((name) => folders.map((folder) => path.join(folder, name)));
	for (const candidate of candidates) {
		const isThere = await access(candidate, constants.X_OK).then(
			() => true,
			() => false
		);
		if (isThere) return candidate;
	}
	return undefined;
}

/**
 * Makes a PDF of an office file, in a folder and with a user profile of its own, so that two conversions do not meet and
 * no setting of a user (macros, links) applies.
 * @param source must carry its right extension
 * @returns path of the PDF in `folder`; undefined when LibreOffice could not make one
 */
export async function convertToPdf(
	soffice: string,
	source: string,
	folder: string,
	signal: AbortSignal
): Promise<string | undefined> {
	await mkdir(folder, { recursive: true });
	const profile = await mkdtemp(path.join(folder, 'profile-'));
	try {
		await run(
			soffice,
			[
				`-env:UserInstallation=${pathToFileURL(profile)}`,
				...['--headless', '--norestore', '--nolockcheck', '--nodefault', '--nofirststartwizard'],
				...['--convert-to', 'pdf', '--outdir', folder, source]
			],
			{ home: profile, signal }
		);
	} finally {
		await rm(profile, { recursive: true, force: true, maxRetries: 5 });
	}
	const pdf = path.join(folder, `${path.parse(source).name}.pdf`);
	const made = await stat(pdf).catch(() => undefined);
	return made && made.size > 0 ? pdf : undefined;
}

/** soffice starts soffice.bin and waits for it, so the whole process group is ended. */
function run(command: string, args: string[], { home, signal }: { home: string; signal: AbortSignal }): Promise<void> {
	signal.throwIfAborted();
	const env = { PATH: process.env.PATH, HOME: home, LC_ALL: 'C.UTF-8' };
	const child = spawn(command, args, { env, stdio: 'ignore', detached: true, cwd: home });
	const stop = () => {
		if (child.pid) {
			try {
				process.kill(-child.pid, 'SIGKILL');
			} catch {
				// gone already
			}
		}
	};
	const clock = setTimeout(stop, TIMEOUT_MS);
	signal.addEventListener('abort', stop, { once: true });
	return new Promise<void>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', () => (signal.aborted ? reject(signal.reason as Error) : resolve()));
	}).finally(() => {
		clearTimeout(clock);
		signal.removeEventListener('abort', stop);
	});
}
