import autocannon from 'autocannon';
import { spawn } from 'node:child_process';
import { mkdtemp, chmod, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { startEmbeddedPostgres } from '#lib/server/platform/embedded-postgres.ts';
import { freePort } from '#lib/server/platform/free-port.ts';
import { createSession } from '#lib/server/identity/sessions.ts';
import { loadConfig } from '#lib/server/platform/config.ts';
import { openServices, type Services } from '#lib/server/platform/services.ts';
import { prepare } from '../../src/entry/prepare.ts';
import { seedDemo } from '../../src/entry/seed-demo.ts';
import { aLearningWorld, anotherLearner, type LearningWorld } from '../support/learning-world.ts';
import { cpuMsOfTree, printTable, residentMb } from './measure.ts';
import { ended, untilReady } from './site.ts';

const CONNECTIONS = [1, 8, 64];
const SECONDS = 5;
/** A lecture so long that no beat of the bench finishes it. */
const LECTURE_S = 5 * 60 * 60;

/** One learner with a session and a live playback. */
type Beater = { cookie: string; playbackId: string; url: string; sequence: number };

/** The built server on a database of its own, and who asks it. */
type Site = Readonly<{
	origin: string;
	webPid: number;
	postgresPid: number;
	learnerCookie: string;
	adminCookie: string;
	coursePath: string;
	beaters: Beater[];
	stop(): Promise<void>;
}>;

/**
 * CPU milliseconds (web and database together) and latency of the pages people open most, against the built server.
 * Aims: at most 5 ms for a page of a signed-in person, 0.9 ms for a heartbeat.
 */
export async function benchHttp(): Promise<void> {
	const site = await startSite();
	try {
		const atRestMb = residentMb(site.webPid);
		const rows: (string | number)[][] = [];
		const pages: [string, string, string | undefined][] = [
			['sign-in page', '/sign-in', undefined],
			["learner's home", '/', site.learnerCookie],
			['class page', site.coursePath, site.learnerCookie],
			['targets page (demo data)', '/targets', site.adminCookie]
		];
		for (const [name, url, cookie] of pages) {
			for (const connections of CONNECTIONS) {
				rows.push([name, connections, ...(await measure(site, { connections, requests: [pageRequest(url, cookie)] }))]);
			}
		}
		for (const connections of CONNECTIONS) {
			rows.push(['watch heartbeat', connections, ...(await measure(site, beats(site, connections)))]);
		}
		printTable(
			'Pages and heartbeats, built server, load generator on the same machine',
			['request', 'connections', 'CPU ms web', 'CPU ms db', 'p50 ms', 'p95 ms', 'requests/s', 'not 2xx'],
			rows
		);
		printTable(
			'Memory of the web process',
			['', 'MB'],
			[
				['at rest', atRestMb],
				['after the load', residentMb(site.webPid)]
			]
		);
	} finally {
		await site.stop();
	}
}

function pageRequest(url: string, cookie?: string): autocannon.Request {
	return { method: 'GET', path: url, headers: { accept: 'text/html', ...(cookie && { cookie }) } };
}

/** Each connection beats for a learner of its own, as browsers do, only without the ten seconds in between. */
function beats(site: Site, connections: number): Partial<autocannon.Options> {
	let taken = 0;
	return {
		connections,
		setupClient(client) {
			const beater = site.beaters[taken++ % site.beaters.length]!;
			const next = () =>
				client.setBody(
					JSON.stringify({
						playbackId: beater.playbackId,
						sequence: ++beater.sequence,
						positionS: beater.sequence,
						ranges: [[beater.sequence % LECTURE_S, (beater.sequence % LECTURE_S) + 1]]
					})
				);
			client.setHeadersAndBody(
				{ cookie: beater.cookie, 'content-type': 'application/json', origin: site.origin },
				JSON.stringify({ playbackId: beater.playbackId, sequence: ++beater.sequence, positionS: 0, ranges: [] })
			);
			client.on('response', next);
		},
		requests: [{ method: 'POST', path: site.beaters[0]!.url }]
	};
}

async function measure(site: Site, options: Partial<autocannon.Options>): Promise<(string | number)[]> {
	const run = (duration: number) => autocannon({ url: site.origin, duration, ...options } as autocannon.Options);
	await run(1); // warm
	const before = [cpuMsOfTree(site.webPid), cpuMsOfTree(site.postgresPid)] as const;
	const result = await run(SECONDS);
	const requests = result.requests.total;
	return [
		((cpuMsOfTree(site.webPid) - before[0]) / requests).toFixed(2),
		((cpuMsOfTree(site.postgresPid) - before[1]) / requests).toFixed(2),
		result.latency.p50,
		result.latency.p97_5,
		Math.round(result.requests.average),
		result.non2xx + result.errors
	];
}

async function startSite(): Promise<Site> {
	const dir = await mkdtemp(path.join(os.tmpdir(), 'buc-giang-bench-'));
	await chmod(dir, 0o711); // PostgreSQL runs as another user when we are root
	const postgres = await startEmbeddedPostgres({
		dir: path.join(dir, 'postgres'),
		password: 'bench',
		database: 'bench'
	});
	const port = await freePort();
	const env = {
		DATABASE_URL: postgres.url('bench'),
		DATA_DIR: path.join(dir, 'data'),
		SECRET_KEY: 'bench-secret-bench-secret-bench-secret',
		ORIGIN: `http://localhost:${port}`,
		HOST: '127.0.0.1',
		PORT: String(port),
		DEMO: '1',
		LOG_LEVEL: 'warn'
	};
	const config = loadConfig(env);
	await prepare(config);
	const services = await openServices({ workers: false, config });
	await seedDemo(config);
	const web = spawn(process.execPath, ['src/entry/web.ts'], { env: { ...process.env, ...env }, stdio: 'ignore' });
	await untilReady(env.ORIGIN);
	const world = await aLearningWorld(
		{ ...services.systemContext('bench'), now: new Date() },
		{ lecturesS: [LECTURE_S] }
	);
	const beaters = await makeBeaters(services, env.ORIGIN, world);
	await services.pool.sql`update account set notice_version = 1000000`;
	return {
		origin: env.ORIGIN,
		webPid: web.pid!,
		postgresPid: postgres.pid,
		learnerCookie: beaters[0]!.cookie,
		adminCookie: await cookieOf(services, await accountIdOf(services, 'province_admin')),
		coursePath: `/learn/${world.participationId}`,
		beaters,
		async stop() {
			await ended(web);
			await services.close();
			await postgres.stop();
			await rm(dir, { recursive: true, force: true });
		}
	};
}

async function makeBeaters(services: Services, origin: string, world: LearningWorld): Promise<Beater[]> {
	await services.pool.sql`update account set notice_version = 1000000`;
	const beaters: Beater[] = [];
	for (let i = 0; i < Math.max(...CONNECTIONS); i++) {
		const learner = i === 0 ? world : await anotherLearner(services.systemContext('bench'), world);
		await services.pool.sql`update account set notice_version = 1000000 where id = ${learner.accountId}`;
		const cookie = await cookieOf(services, learner.accountId);
		const base = `/learn/${learner.participationId}/lessons/${world.lessonIds[0]}`;
		const answer = await fetch(`${origin}${base}/playback`, { method: 'POST', headers: { cookie, origin } });
		if (!answer.ok) throw new Error(`playback: ${answer.status} ${await answer.text()}`);
		const { playbackId } = (await answer.json()) as { playbackId: string };
		beaters.push({ cookie, playbackId, url: `${base}/heartbeat`, sequence: 0 });
	}
	return beaters;
}

/** A session of an account, as its cookie. */
export async function cookieOf(services: Services, accountId: string): Promise<string> {
	const { token } = await createSession(services.pool.db, { accountId, isSharedMachine: false, now: new Date() });
	return `session=${token}`;
}

async function accountIdOf(services: Services, role: string): Promise<string> {
	const [row] = await services.pool.db.execute<{ account_id: string }>(
		sql`select account_id from role_grant where role = ${role} limit 1`
	);
	return row!.account_id;
}
