import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { S3Config } from '#lib/server/platform/config.ts';
import { freePort } from '#lib/server/platform/free-port.ts';
import { isRunning } from '#lib/server/platform/processes.ts';
import { onPath } from './programs.ts';

const run = promisify(execFile);

/** Short: socket paths are limited to 107 bytes. */
const PREFIX = 'buc-rgw-';

/** A real S3 server of one test run (Ceph: one monitor, one store in memory, one gateway), all on loopback. */
export type Radosgw = Readonly<{ s3: S3Config; endpoint: string; stop(): Promise<void> }>;

/** What Debian's packages radosgw, ceph-mon and ceph-osd bring. */
const PROGRAMS = ['radosgw', 'radosgw-admin', 'ceph', 'ceph-mon', 'ceph-osd', 'ceph-authtool', 'monmaptool'];

/** The programs that are missing here; none: {@link startRadosgw} will work. */
function missingForRadosgw(): string[] {
	return PROGRAMS.filter((name) => !onPath(name));
}

/**
 * Decides what a run on S3 does where Ceph is missing: says so loudly and skips, except in CI, where it fails.
 * @returns true when the S3 run can go on
 */
export function canRunOnS3(): boolean {
	const missing = missingForRadosgw();
	if (missing.length === 0) return true;
	const sentence = `S3 tests need Ceph (missing: ${missing.join(', ')}): apt-get install radosgw ceph-mon ceph-osd`;
	if (process.env.CI === 'true') throw new Error(sentence);
	console.warn(`\n!!! SKIPPED: ${sentence} !!!\n`);
	return false;
}

/** Starts the server in a folder of its own and makes one user; ready in 10 to 20 s. */
export async function startRadosgw(): Promise<Radosgw> {
	await removeLeftovers();
	const folder = await fs.mkdtemp(path.join(os.tmpdir(), PREFIX));
	await fs.writeFile(path.join(folder, 'owner'), String(process.pid));
	const stop = () => stopAll(folder);
	try {
		const port = await freePort();
		await startMonitor(folder, port);
		await startStore(folder);
		await startGateway(folder, port);
		const user = [
			'user',
			'create',
			'--uid=test',
			'--display-name=test',
			'--access-key=TESTKEY',
			'--secret-key=TESTSECRET'
		];
		await ceph(folder, 'radosgw-admin', ['-n', 'client.admin', ...user]);
		const endpoint = `http://127.0.0.1:${port}`;
		const s3: S3Config = {
			bucket: 'buc-giang',
			endpoint,
			region: 'us-east-1',
			accessKeyId: 'TESTKEY',
			secretAccessKey: 'TESTSECRET',
			forcePathStyle: true
		};
		return { s3, endpoint, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** The same settings as environment variables, for processes started by tests. */
export function s3Environment({ s3 }: Radosgw): Record<string, string> {
	return {
		S3_BUCKET: s3.bucket,
		S3_ENDPOINT: s3.endpoint ?? '',
		S3_REGION: s3.region,
		S3_ACCESS_KEY_ID: s3.accessKeyId ?? '',
		S3_SECRET_ACCESS_KEY: s3.secretAccessKey ?? '',
		S3_FORCE_PATH_STYLE: '1'
	};
}

async function startMonitor(folder: string, port: number): Promise<void> {
	const addresses = `[v2:127.0.0.1:${await freePort()},v1:127.0.0.1:${await freePort()}]`;
	const fsid = randomUUID();
	for (const name of ['mon/ceph-a', 'osd/ceph-0', 'log', 'rgw'])
		await fs.mkdir(path.join(folder, name), { recursive: true });
	await fs.writeFile(path.join(folder, 'ceph.conf'), configuration(folder, fsid, addresses, port));
	const keyring = path.join(folder, 'keyring');
	const monmap = path.join(folder, 'monmap');
	const admin = [
		'--cap',
		'mon',
		'allow *',
		'--cap',
		'osd',
		'allow *',
		'--cap',
		'mds',
		'allow *',
		'--cap',
		'mgr',
		'allow *'
	];
	await run(program('ceph-authtool'), [
		'--create-keyring',
		keyring,
		'--gen-key',
		'-n',
		'mon.',
		'--cap',
		'mon',
		'allow *'
	]);
	await run(program('ceph-authtool'), [keyring, '--gen-key', '-n', 'client.admin', ...admin]);
	await run(program('monmaptool'), ['--create', '--clobber', '--fsid', fsid, '--addv', 'a', addresses, monmap]);
	await ceph(folder, 'ceph-mon', ['--mkfs', '-i', 'a', '--monmap', monmap, '--keyring', keyring, ...asRoot()]);
	await ceph(folder, 'ceph-mon', ['-i', 'a', ...asRoot()]);
}

async function startStore(folder: string): Promise<void> {
	const uuid = randomUUID();
	const { stdout } = await run(program('ceph-authtool'), ['--gen-print-key']);
	const secret = path.join(folder, 'osd-secret.json');
	await fs.writeFile(secret, JSON.stringify({ cephx_secret: stdout.trim() }), { mode: 0o600 });
	await ceph(folder, 'ceph', ['osd', 'new', uuid, '-i', secret]);
	await fs.writeFile(path.join(folder, 'osd/ceph-0/keyring'), `[osd.0]\n key = ${stdout.trim()}\n`);
	await ceph(folder, 'ceph-osd', ['-i', '0', '--mkfs', '--osd-uuid', uuid, ...asRoot()]);
	await ceph(folder, 'ceph', ['osd', 'crush', 'add-bucket', 'default', 'root']).catch(() => {});
	await ceph(folder, 'ceph', ['osd', 'crush', 'add', 'osd.0', '1.0', 'root=default']);
	await ceph(folder, 'ceph-osd', ['-i', '0', ...asRoot()]);
}

async function startGateway(folder: string, port: number): Promise<void> {
	await ceph(folder, 'radosgw', ['-n', 'client.admin', ...asRoot()]);
	for (const deadline = Date.now() + 90_000; Date.now() < deadline; await sleep(250)) {
		const answer = await fetch(`http://127.0.0.1:${port}`).catch(() => undefined);
		if (answer) return;
	}
	throw new Error(`radosgw does not answer; see ${folder}/log`);
}

const program = (name: string) => onPath(name) ?? name;
/** The daemons would otherwise turn into the user `ceph`, who owns nothing here. */
const asRoot = () => (process.getuid?.() === 0 ? ['--setuser', 'root', '--setgroup', 'root'] : []);

async function ceph(folder: string, name: string, args: string[]): Promise<void> {
	const conf = path.join(folder, 'ceph.conf');
	await run(program(name), ['-c', conf, ...args], { env: { ...process.env, CEPH_CONF: conf }, timeout: 60_000 });
}

async function stopAll(folder: string): Promise<void> {
	for (const name of await fs.readdir(folder).catch(() => [])) {
		if (!name.endsWith('.pid')) continue;
		const pid = Number(await fs.readFile(path.join(folder, name), 'utf8').catch(() => '0'));
		if (!(pid > 0) || !isRunning(pid)) continue;
		process.kill(pid, 'SIGKILL'); // nothing of it is kept
		while (isRunning(pid)) await sleep(20);
	}
	await fs.rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Clears away servers of test runs that were killed. */
async function removeLeftovers(): Promise<void> {
	for (const name of await fs.readdir(os.tmpdir())) {
		if (!name.startsWith(PREFIX)) continue;
		const folder = path.join(os.tmpdir(), name);
		const owner = Number(await fs.readFile(path.join(folder, 'owner'), 'utf8').catch(() => '0'));
		if (owner > 0 && !isRunning(owner)) await stopAll(folder);
	}
}

function configuration(folder: string, fsid: string, addresses: string, port: number): string {
	return `[global]
fsid = ${fsid}
mon host = ${addresses}
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
auth allow insecure global id reclaim = false
mon warn on insecure global id reclaim allowed = false
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
osd crush chooseleaf type = 0
mon allow pool size one = true
mon warn on pool no redundancy = false
mon max pg per osd = 3000
mon data avail crit = 1
mon data avail warn = 2
run dir = ${folder}
log file = ${folder}/log/$name.log
admin socket = ${folder}/$name.asok
pid file = ${folder}/$name.pid
keyring = ${folder}/keyring
osd objectstore = memstore
memstore device bytes = 4294967296
osd crush update on start = false
ms bind ipv6 = false
rgw data = ${folder}/rgw
rgw frontends = beast endpoint=127.0.0.1:${port}
rgw enable usage log = false
rgw thread pool size = 32
mon data = ${folder}/mon/ceph-$id
osd data = ${folder}/osd/ceph-$id
[osd]
keyring = ${folder}/osd/ceph-$id/keyring
`;
}
