import { spawn } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { postgresBinaries } from './embedded-postgres-binaries.ts';
import { freePort, isPortFree } from './free-port.ts';
import { isRunning, runsProgram } from './processes.ts';
import { unprivilegedUser, type SystemUser } from './unprivileged-user.ts';

const SECOND = 1000;

/** Fits a machine of 2 cores and 4 GB that also runs the web and media processes. */
const SETTINGS = {
	listen_addresses: '127.0.0.1',
	unix_socket_directories: '', // socket paths are limited to 107 bytes, DATA_DIR is not
	max_connections: '100',
	shared_buffers: '256MB',
	work_mem: '16MB',
	effective_cache_size: '1GB',
	synchronous_commit: 'on',
	jit: 'off', // compiling costs more than it saves on queries of milliseconds
	timezone: 'Asia/Ho_Chi_Minh',
	log_timezone: 'Asia/Ho_Chi_Minh'
};

/** Role that owns the databases and that the product connects as; not a superuser. */
const ROLE = 'buc_giang';

/** A PostgreSQL that runs beside the product. It outlives a crash of its supervisor and is adopted by the next one. */
export type EmbeddedPostgres = Readonly<{
	port: number;
	pid: number;
	/** True when a server left behind by a killed supervisor was taken over. */
	isAdopted: boolean;
	/** Connection string for one of its databases. */
	url(database: string): string;
	/** Connection string with which databases are created from templates and dropped. */
	adminUrl: string;
	stop(): Promise<void>;
}>;

/** `dir` holds everything: the cluster, its log and port, and the programs where they had to be copied. */
export type EmbeddedPostgresOptions = Readonly<{
	dir: string;
	password: string;
	database?: string;
	/** Server settings beside the product's own; a test cluster gives up durability for speed. */
	settings?: Readonly<Record<string, string>>;
}>;

/**
 * Starts PostgreSQL below `dir`, creating the cluster (ICU vi-VN, data checksums, scram passwords) and the database when
 * they are not there. As root it runs as another user, who must be able to reach `dir`.
 * @throws {Error} with the end of the server's log when it does not come up
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
	const { dir, password } = options;
	const user = await unprivilegedUser(dir);
	await fs.mkdir(dir, { recursive: true, mode: 0o700 });
	if (user) await fs.chown(dir, user.uid, user.gid);
	const bin = await postgresBinaries(dir, user);
	const cluster = path.join(dir, 'data');
	if (!existsSync(cluster)) await createCluster({ bin, dir, cluster, password, user });

	const running = await adoptable(cluster);
	const server = running ?? (await startServer({ bin, dir, cluster, user, settings: options.settings ?? {} }));
	const url = (database: string, role = ROLE) =>
		`postgres://${role}:${encodeURIComponent(password)}@127.0.0.1:${server.port}/${database}`;
	const adminUrl = url('postgres', 'postgres');
	try {
		await createRoleAndDatabase(adminUrl, password, options.database);
	} catch (error) {
		if (!running) await stopServer(server.pid);
		throw error;
	}
	return { ...server, isAdopted: Boolean(running), url, adminUrl, stop: () => stopServer(server.pid) };
}

/** initdb into a folder beside, then a rename: an interrupted initdb leaves a folder that looks like a cluster. */
async function createCluster({ bin, dir, cluster, password, user }: CreateCluster): Promise<void> {
	const unfinished = path.join(dir, 'data.unfinished');
	const passwordFile = path.join(dir, 'password.tmp');
	await fs.rm(unfinished, { recursive: true, force: true });
	await fs.writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
	if (user) await fs.chown(passwordFile, user.uid, user.gid);
	try {
		const args = ['-D', unfinished, '-U', 'postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
		const locale = ['--encoding=UTF8', '--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=vi-VN'];
		await runToEnd(path.join(bin, 'initdb'), [...args, ...locale, '--data-checksums'], dir, user);
	} finally {
		await fs.rm(passwordFile, { force: true });
	}
	await fs.rename(unfinished, cluster);
}

type CreateCluster = { bin: string; dir: string; cluster: string; password: string; user?: SystemUser };

function runToEnd(program: string, args: string[], cwd: string, user?: SystemUser): Promise<void> {
	return new Promise((resolve, reject) => {
		const child = spawn(program, args, { ...user, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
		let output = '';
		child.stdout.on('data', (chunk) => (output += chunk));
		child.stderr.on('data', (chunk) => (output += chunk));
		child.once('error', reject);
		child.once('exit', (code) =>
			code === 0 ? resolve() : reject(new Error(`${program} failed\n${output.slice(-4000)}`))
		);
	});
}

type Server = { pid: number; port: number };

/** What postmaster.pid says: line 1 the pid, line 4 the port, line 8 the state. */
async function readPidFile(cluster: string): Promise<(Server & { isReady: boolean }) | undefined> {
	const text = await fs.readFile(path.join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
	const lines = text.split('\n');
	const pid = Number(lines[0]);
	return pid > 0 ? { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' } : undefined;
}

/** The server that a killed supervisor left behind, once it accepts connections; a dying one is waited out. */
async function adoptable(cluster: string): Promise<Server | undefined> {
	for (const deadline = Date.now() + 30 * SECOND; Date.now() < deadline; await sleep(100)) {
		const found = await readPidFile(cluster);
		if (!found) return undefined;
		if (!(await runsProgram(found.pid, ['postgres', cluster]))) {
			// After a reboot the pid may belong to another program, which PostgreSQL would take for its own predecessor.
			await fs.rm(path.join(cluster, 'postmaster.pid'), { force: true });
			return undefined;
		}
		if (found.isReady) return { pid: found.pid, port: found.port };
	}
	throw new Error(`PostgreSQL in ${cluster} neither becomes ready nor ends; stop it and try again`);
}

type StartServer = { bin: string; dir: string; cluster: string; user?: SystemUser; settings: Record<string, string> };

async function startServer({ bin, dir, cluster, user, settings }: StartServer): Promise<Server> {
	const logFile = path.join(dir, 'postgres.log');
	for (let attempt = 1; ; attempt++) {
		const port = await choosePort(path.join(dir, 'port'));
		await fs.rename(logFile, `${logFile}.1`).catch(() => {});
		const all = Object.entries({ ...SETTINGS, ...settings });
		const args = ['-D', cluster, '-p', String(port), ...all.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
		const log = createWriteStream(logFile, { mode: 0o600 });
		await new Promise((resolve, reject) => log.once('open', resolve).once('error', reject));
		// Detached: Ctrl-C in the terminal must reach the web processes first, and PostgreSQL last, through stop().
		const child = spawn(path.join(bin, 'postgres'), args, {
			...user,
			cwd: dir,
			stdio: ['ignore', log, log],
			detached: true
		});
		child.unref();
		const pid = await becomesReady(cluster, child.pid);
		log.close();
		if (pid) return { pid, port };
		const output = await fs.readFile(logFile, 'utf8');
		// Children of a postmaster that was killed with -9 need a moment to notice and let go of its shared memory.
		const isPassing = /shared memory block|postmaster\.pid|could not bind|Address already in use/.test(output);
		if (attempt >= 20 || !isPassing) throw new Error(`PostgreSQL did not start\n${output.slice(-4000)}`);
		await sleep(250);
	}
}

/**
 * The same port each time where nobody else listens on it, so that connection strings noted by people stay true. The
 * kernel closes the sockets of a killed server a moment after its pid is gone, which is waited for.
 */
async function choosePort(portFile: string): Promise<number> {
	const remembered = Number(await fs.readFile(portFile, 'utf8').catch(() => ''));
	for (const deadline = Date.now() + 3 * SECOND; remembered && Date.now() < deadline; await sleep(50)) {
		if (await isPortFree(remembered)) return remembered;
	}
	const port = await freePort();
	await fs.writeFile(portFile, `${port}\n`);
	return port;
}

/** Recovery after a crash replays the log first, which can take minutes; giving up then would only begin it anew. */
async function becomesReady(cluster: string, pid: number | undefined): Promise<number | undefined> {
	if (!pid) return undefined;
	for (const deadline = Date.now() + 300 * SECOND; Date.now() < deadline; await sleep(50)) {
		const found = await readPidFile(cluster);
		if (found?.pid === pid && found.isReady) return pid;
		if (!isRunning(pid)) return undefined;
	}
	return undefined;
}

async function createRoleAndDatabase(adminUrl: string, password: string, database?: string): Promise<void> {
	const sql = postgres(adminUrl, { max: 1, onnotice: () => {}, connect_timeout: 30 });
	try {
		const roles = await sql`select 1 from pg_roles where rolname = ${ROLE}`;
		const quoted = password.replaceAll("'", "''");
		if (roles.length === 0) await sql.unsafe(`create role ${ROLE} login createdb password '${quoted}'`);
		if (!database) return;
		const databases = await sql`select 1 from pg_database where datname = ${database}`;
		if (databases.length === 0) await sql.unsafe(`create database "${database}" owner ${ROLE}`);
	} finally {
		await sql.end({ timeout: 5 });
	}
}

/** SIGINT is PostgreSQL's fast shutdown: it ends sessions, writes a checkpoint, exits. */
async function stopServer(pid: number): Promise<void> {
	for (const [signal, patienceMs] of [
		['SIGINT', 30 * SECOND],
		['SIGQUIT', 5 * SECOND]
	] as const) {
		if (!isRunning(pid)) return;
		process.kill(pid, signal);
		for (const deadline = Date.now() + patienceMs; Date.now() < deadline && isRunning(pid);) await sleep(25);
	}
}
