import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Ids to start a program with, as child_process takes them. */
export type SystemUser = Readonly<{ uid: number; gid: number }>;

/** Names tried in turn: the distribution's own PostgreSQL user, then one that we create. */
const NAMES = ['postgres', 'buc-giang'];

/**
 * Whom PostgreSQL runs as, since it refuses to run as root; undefined when this process is not root. An existing folder
 * keeps its owner, so that installing the distribution's PostgreSQL later does not lock the data away.
 */
export async function unprivilegedUser(dir: string): Promise<SystemUser | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	const owner = await fs.stat(dir).catch(() => undefined);
	if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
	for (const name of NAMES) {
		const found = await idsOf(name);
		if (found) return found;
	}
	await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'buc-giang']);
	const created = await idsOf('buc-giang');
	if (!created) throw new Error('could not create the system user buc-giang that PostgreSQL runs as');
	return created;
}

async function idsOf(name: string): Promise<SystemUser | undefined> {
	try {
		const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
		return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
	} catch {
		return undefined;
	}
}

/** True when any user may pass through every folder down to `dir` (a home with mode 0700 stops everyone but its owner). */
export async function isReachableByOthers(dir: string): Promise<boolean> {
	for (let at = path.resolve(dir); ; at = path.dirname(at)) {
		const found = await fs.stat(at).catch(() => undefined);
		if (found && (found.mode & 0o001) === 0) return false;
		if (at === path.dirname(at)) return true;
	}
}
