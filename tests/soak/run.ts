// `npm run soak -- [--runs N] [--seed N] [--only "tab closed"]`: learners work in a SCORM package in a real browser on the
// built product; at a random moment something breaks; they open the lesson again, and what they did is there. Prints what
// was lost by kind and fails where more was than may be. The same seed gives the same plan; moments depend on the machine.
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Frame, Page } from '@playwright/test';
import postgres from 'postgres';
import { freePort } from '#lib/server/platform/free-port.ts';
import { loadConfig, type Config } from '#lib/server/platform/config.ts';
import { seededRandom } from '#lib/server/platform/seed-values.ts';
import { openServices } from '#lib/server/platform/services.ts';
import { prepare } from '../../src/entry/prepare.ts';
import { startTestCluster } from '../support/cluster.ts';
import { environmentOf, startWeb, type WebProcess } from '../support/product.ts';
import { call, launch, openLessonIn } from '../support/scorm-browser.ts';
import { manifest12, zipOf } from '../support/scorm-packages.ts';
import { anotherScormLearner, aScormWorld, type ScormWorld } from '../support/scorm-world.ts';
import { LOSSES, type Loss } from './losses.ts';
import { startOwnBrowser } from './own-browser.ts';

const { values: asked } = parseArgs({
	options: { runs: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string' } }
});
const RUNS = Number(asked.runs ?? 200);
const SEED = Number(asked.seed ?? Date.now() % 1_000_000);
const losses = LOSSES.filter(({ name }) => !asked.only || name === asked.only);
if (losses.length === 0 || !(RUNS > 0)) {
	console.error(`--runs N; --only one of: ${LOSSES.map(({ name }) => name).join(', ')}`);
	process.exit(2);
}

/** Content that works by itself: a step every fifth of a second, place and state together, a Commit now and then. */
const STEP_MS = 200;
const WORK_MS = { least: 300, most: 9000 };
const CONTENT = `<h1>Bài</h1><script>
	function stateOf(n, size) { var text = 'bước ' + n + ' 😀 '; while (text.length < size) text += n + ';'; return text; }
	function work(n, sizes) {
		var api = parent.API;
		setInterval(function () {
			n++;
			api.LMSSetValue('cmi.suspend_data', stateOf(n, sizes[n % sizes.length]));
			api.LMSSetValue('cmi.core.lesson_location', String(n));
			told(n, n % 17 === 0 && api.LMSCommit('') === 'true');
		}, ${STEP_MS});
	}
</script>`;

/** Steps as the content told them, by this machine's clock. */
type Told = { n: number; at: number; isCommitted: boolean };
type Verdict = Readonly<{ told: number; found: number; lostS: number; problem?: string }>;

type Site = {
	config: Config;
	env: Record<string, string>;
	web: WebProcess;
	origin: string;
	folder: string;
};

/** The web process goes, and the next takes its port. */
async function restartServer(site: Site, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
	await site.web.end(signal);
	site.web = await startWeb(site.env, site.web.port);
}

async function runOnce(site: Site, learner: ScormWorld, loss: Loss, random: () => number): Promise<Verdict> {
	const profile = await fs.mkdtemp(path.join(site.folder, 'profile-'));
	const told: Told[] = [];
	const sizes = Array.from({ length: 5 }, () => Math.floor(50 + random() ** 3 * 30_000));
	let browser = await startOwnBrowser(profile);
	const reopen = async () => {
		await browser.kill();
		browser = await startOwnBrowser(profile);
	};
	try {
		const page = await openLessonIn(browser.context, site.origin, learner);
		await page.exposeFunction('told', (n: number, isCommitted: boolean) => {
			told.push({ n, at: Date.now(), isCommitted });
		});
		const content = await launch(page);
		await call(content, 'LMSInitialize', '');
		await content.evaluate((list) => (window as unknown as Work).work(0, list), sizes);
		await sleep(WORK_MS.least + random() * (WORK_MS.most - WORK_MS.least));
		const struckAt = Date.now();
		await loss.strike({
			page,
			random,
			killBrowser: () => browser.kill(),
			restartServer: (s) => restartServer(site, s)
		});
		const isKilled = loss.lossS > 0;
		if (isKilled) await reopen();
		return await compare(
			await openLessonIn(browser.context, site.origin, learner),
			told,
			sizes,
			isKilled ? struckAt : 0
		);
	} finally {
		await browser.kill();
		await fs.rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
	}

	async function compare(page: Page, steps: readonly Told[], list: readonly number[], struckAt: number) {
		const content = await launch(page);
		await call(content, 'LMSInitialize', '');
		const found = Number((await call(content, 'LMSGetValue', 'cmi.core.lesson_location')) || 0);
		const problem = await wrongState(content, found, list);
		const last = steps.at(-1)?.n ?? 0;
		const firstLost = steps.find(({ n }) => n > found);
		const lostS = firstLost ? ((struckAt || steps.at(-1)!.at) - firstLost.at) / 1000 + STEP_MS / 1000 : 0;
		const acknowledged = steps.findLast(({ isCommitted }) => isCommitted)?.n ?? 0;
		if (problem) return { told: last, found, lostS, problem };
		if (found < acknowledged)
			return { told: last, found, lostS, problem: `step ${acknowledged} was acknowledged and is gone` };
		if (lostS > loss.lossS) return { told: last, found, lostS, problem: `${lostS.toFixed(1)} s of work are gone` };
		return { told: last, found, lostS };
	}
}

type Work = { work(from: number, sizes: readonly number[]): void; stateOf(n: number, size: number): string };

/** Place and state were told together: they must come back together, character by character. */
async function wrongState(content: Frame, n: number, sizes: readonly number[]): Promise<string | undefined> {
	if (n === 0) return undefined;
	const wanted = await content.evaluate(([step, size]) => (window as unknown as Work).stateOf(step, size), [
		n,
		sizes[n % sizes.length]!
	] as const);
	const kept = await call(content, 'LMSGetValue', 'cmi.suspend_data');
	if (kept === wanted) return undefined;
	// A step is told in two calls, and a save may fall between them.
	const next = await content.evaluate(([step, size]) => (window as unknown as Work).stateOf(step, size), [
		n + 1,
		sizes[(n + 1) % sizes.length]!
	] as const);
	return kept === next ? undefined : `place ${n} with the state of another step: ${kept.slice(0, 40)}`;
}

const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'buc-giang-soak-'));
await fs.chmod(folder, 0o711);
const cluster = await startTestCluster({ isSmall: true });
const port = await freePort();
const origin = `http://localhost:${port}`;
const config = loadConfig({
	DATABASE_URL: cluster.postgres.url('soak'),
	DATA_DIR: path.join(folder, 'data'),
	SECRET_KEY: 'soak-secret-soak-secret-soak-secret-42',
	ORIGIN: origin
});
let hasFailed = false;
const stopAll: (() => Promise<unknown>)[] = [
	() => cluster.remove(),
	() => fs.rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
];
try {
	const server = postgres(cluster.postgres.url('postgres'), { max: 1, onnotice: () => {} });
	await server.unsafe('create database soak');
	await server.end();
	await prepare(config);
	const services = await openServices({ workers: false, max: 3, config });
	stopAll.unshift(() => services.close());
	const zip = zipOf({ 'imsmanifest.xml': manifest12('Bài mẫu', [{ id: 'a' }]), 'a.html': CONTENT });
	const world = await aScormWorld(services.systemContext('soak'), zip);
	const env = environmentOf(config, { ORIGIN: origin });
	const site: Site = { config, env, web: await startWeb(env, port), origin, folder };
	stopAll.unshift(() => site.web.end('SIGKILL'));
	const random = seededRandom(SEED);
	console.log(`${RUNS} runs, seed ${SEED}`);
	const sums = new Map(losses.map(({ name }) => [name, { runs: 0, steps: 0, lossy: 0, worstS: 0, failed: 0 }]));
	for (let i = 1; i <= RUNS; i++) {
		const loss = losses[Math.floor(random() * losses.length)]!;
		const sum = sums.get(loss.name)!;
		sum.runs++;
		const verdict = await runOnce(site, await anotherScormLearner(world), loss, random).catch(
			(error: unknown): Verdict => ({ told: 0, found: 0, lostS: 0, problem: String(error) })
		);
		sum.steps += verdict.told;
		sum.worstS = Math.max(sum.worstS, verdict.lostS);
		if (verdict.lostS > 0) sum.lossy++;
		if (verdict.problem) {
			sum.failed++;
			hasFailed = true;
			console.error(`run ${i}, ${loss.name}: ${verdict.problem} (told ${verdict.told}, found ${verdict.found})`);
		}
		if (i % 10 === 0) console.log(`${i}/${RUNS}`);
	}
	console.table(Object.fromEntries(sums));
} finally {
	for (const stop of stopAll) await stop();
}
process.exit(hasFailed ? 1 : 0);
