import autocannon from 'autocannon';
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import http from 'node:http';
import path from 'node:path';
import { Zip, ZipPassThrough } from 'fflate';
import type { Browser } from '@playwright/test';
import { aBrowserProgram, call, launch, openLesson } from '../support/scorm-browser.ts';
import { manifest12, zipOf } from '../support/scorm-packages.ts';
import { aLaunch, anotherScormLearner, aScormWorld, type ScormWorld } from '../support/scorm-world.ts';
import { cpuMsOfTree, printTable, residentMb } from './measure.ts';
import { startBenchSite, type BenchSite } from './site.ts';

const CONNECTIONS = [1, 8, 64];
const SECONDS = 5;
const LAUNCHES = 15;
const PACKAGE_MB = Number(process.env.PACKAGE_MB ?? 200);
const FILE_MB = 2;

/** A learner whose package is open: where its commits go, and the number of the last one. */
type Open = { url: string; sequence: number };

/**
 * What SCORM costs: commits as a package makes them while somebody clicks through it (2 KB of suspend data, a bookmark),
 * opening a package in a browser until Initialize is answered, importing a large one. Aims: a commit at most 1 ms CPU of the
 * web process and 2 ms with the database, 400 of them a second beside the load generator; opening 400 ms; 200 MB in 20 s.
 */
export async function benchScorm(): Promise<void> {
	const site = await startBenchSite();
	const browser = await aBrowserProgram();
	try {
		const ctx = { ...site.services.systemContext('bench'), now: new Date() };
		const still = zipOf({ 'imsmanifest.xml': manifest12('Bài mẫu', [{ id: 'a' }]), 'a.html': '<h1>Bài</h1>' });
		const world = await aScormWorld(ctx, still);
		const opened = await openForAll(site, world);
		await measureCommits(site, opened);
		await measureLaunches(browser, site, world);
		await measureImport(site);
	} finally {
		await browser.close();
		await site.stop();
	}
}

async function openForAll(site: BenchSite, world: ScormWorld): Promise<Open[]> {
	const opened: Open[] = [];
	for (let i = 0; i < Math.max(...CONNECTIONS); i++) {
		const learner = await anotherScormLearner(world);
		const url = `/l/${await aLaunch(learner)}`;
		await post(site, `${url}/open`, '{}');
		opened.push({ url: `${url}/commit`, sequence: 0 });
	}
	return opened;
}

/** Not with `fetch`, which does not let a request name another host than it goes to. */
function post(site: BenchSite, path: string, body: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const headers = { host: contentHost(site), 'content-type': 'application/json' };
		const request = http.request({ port: site.port, host: '127.0.0.1', method: 'POST', path, headers }, (answer) => {
			answer.resume();
			answer.on('end', () =>
				answer.statusCode === 200 ? resolve() : reject(new Error(`${path}: ${answer.statusCode}`))
			);
		});
		request.on('error', reject);
		request.end(body);
	});
}

const contentHost = ({ port }: BenchSite) => `content.localhost:${port}`;
const SUSPEND_DATA = 'điểm 5; trang 12; '.repeat(120).slice(0, 2048);

function commitBody(open: Open): string {
	const sequence = ++open.sequence;
	const values = { 'cmi.suspend_data': `${sequence} ${SUSPEND_DATA}`, 'cmi.core.lesson_location': `trang ${sequence}` };
	return JSON.stringify({ item: 'a', commits: [{ sequence, values, isTerminate: false }] });
}

async function measureCommits(site: BenchSite, opened: readonly Open[]): Promise<void> {
	const rows: (string | number)[][] = [];
	for (const connections of CONNECTIONS) {
		await commitsFor(site, opened, connections, 1); // warm
		const heldBefore = await countHeld(site);
		const before = [cpuMsOfTree(site.webPid), cpuMsOfTree(site.postgresPid)] as const;
		const { requests, latency, non2xx, errors } = await commitsFor(site, opened, connections, SECONDS);
		const each = (ms: number) => (ms / requests.total).toFixed(2);
		rows.push([
			...[connections, each(cpuMsOfTree(site.webPid) - before[0]), each(cpuMsOfTree(site.postgresPid) - before[1])],
			...[latency.p50, latency.p97_5, Math.round(requests.average), non2xx + errors],
			(await countHeld(site)) - heldBefore - requests.total
		]);
	}
	printTable(
		'SCORM commits (2 KB of suspend data), built server, durable, load generator on the same machine',
		['connections', 'CPU ms web', 'CPU ms db', 'p50 ms', 'p97.5 ms', 'commits/s', 'not 2xx', 'held − answered'],
		rows
	);
}

/** Commits that the database holds: every answered one must be among them. */
async function countHeld({ services }: BenchSite): Promise<number> {
	const [row] = await services.pool.sql<{ count: number }[]>`select count(*)::int as count from scorm_commit`;
	return row!.count;
}

/** Each connection commits for a learner of its own. */
function commitsFor(site: BenchSite, opened: readonly Open[], connections: number, duration: number) {
	let taken = 0;
	return autocannon({
		url: `http://127.0.0.1:${site.port}`,
		connections,
		duration,
		setupClient(client) {
			const open = opened[taken++ % opened.length]!;
			const headers = { host: contentHost(site), 'content-type': 'application/json' };
			client.setRequests([{ method: 'POST', path: open.url, headers, body: commitBody(open) }]);
			client.on('response', () => client.setBody(commitBody(open)));
		}
	});
}

async function measureLaunches(browser: Browser, site: BenchSite, world: ScormWorld): Promise<void> {
	const times: number[] = [];
	for (let i = 0; i < LAUNCHES; i++) {
		const page = await openLesson(browser, site.origin, await anotherScormLearner(world));
		await page.waitForLoadState('networkidle');
		const from = performance.now();
		const content = await launch(page);
		if ((await call(content, 'LMSInitialize', '')) !== 'true') throw new Error('Initialize was refused');
		times.push(performance.now() - from);
		await page.context().close();
	}
	times.sort((a, b) => a - b);
	const at = (share: number) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))]!);
	printTable(
		'Opening a package in Chromium, from the button to Initialize answered',
		['launches', 'p50 ms', 'p95 ms'],
		[[LAUNCHES, at(0.5), at(0.95)]]
	);
}

async function measureImport(site: BenchSite): Promise<void> {
	const file = path.join(site.dir, 'large.zip');
	await writeLargePackage(file);
	const ctx = { ...site.services.systemContext('bench'), now: new Date() };
	const [from, cpu] = [performance.now(), process.cpuUsage()];
	await aScormWorld(ctx, file);
	const wallS = (performance.now() - from) / 1000;
	const used = process.cpuUsage(cpu);
	printTable(
		`Import of a package of ${PACKAGE_MB} MB (stored files of ${FILE_MB} MB)`,
		['wall s', 'CPU s', 'MB resident after'],
		[[wallS.toFixed(1), ((used.user + used.system) / 1_000_000).toFixed(1), residentMb(process.pid)]]
	);
}

/** A package of files that do not compress, as video is. */
async function writeLargePackage(file: string): Promise<void> {
	const out = createWriteStream(file);
	const zip = new Zip((error, part) => {
		if (error) throw error;
		out.write(part);
	});
	const add = (name: string, bytes: Uint8Array) => {
		const entry = new ZipPassThrough(name);
		zip.add(entry);
		entry.push(bytes, true);
	};
	add('imsmanifest.xml', Buffer.from(manifest12('Gói lớn', [{ id: 'a' }])));
	add('a.html', Buffer.from('<h1>Bài</h1>'));
	for (let i = 0; i < PACKAGE_MB / FILE_MB; i++) {
		add(`media/${i}.bin`, randomBytes(FILE_MB * 1024 ** 2));
		if (out.writableNeedDrain) await once(out, 'drain');
	}
	zip.end();
	out.end();
	await once(out, 'finish');
}
