// PostgreSQL that goes away and comes back while people learn: polite refusals, no dead process, nothing acknowledged lost.
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { NOTICE_VERSION } from '#lib/identity/notice.ts';
import { parseSecondSet, secondsIn } from '#lib/learning/coverage.ts';
import type { HeartbeatAnswer } from '#lib/learning/heartbeat.ts';
import { createSession } from '#lib/server/identity/sessions.ts';
import { accounts } from '#lib/server/identity/tables.ts';
import { startPlayback } from '#lib/server/learning/playback.ts';
import { findNewestRevision } from '#lib/server/lectures/queries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { startEmbeddedPostgres } from '#lib/server/platform/embedded-postgres.ts';
import { openServices } from '#lib/server/platform/services.ts';
import postgres from 'postgres';
import { prepare } from '../../src/entry/prepare.ts';
import { startTestCluster } from '../support/cluster.ts';
import { aLearningWorld, anotherLearner, type LearningWorld } from '../support/learning-world.ts';
import { aLectureWorld, send } from '../support/lecture-world.ts';
import { fromOurPage, until } from '../support/product.ts';
import { openProduct } from '../support/product-test.ts';
import { testConfig } from '../support/test.ts';

const LECTURE_S = 100; // so that a percent is a second
const READERS = 10;
const LEARNERS = 10;
const LONGEST_ANSWER_MS = 15_000;

/** What one client saw. */
type Seen = { ok: number; refused: number; slowestMs: number; lastOkAt: number; wrong: string[] };

test('PostgreSQL stopped and started under load: polite refusals, then all goes on and no acknowledged second is lost', async ({
	onTestFinished
}) => {
	const cluster = await startTestCluster({ settings: { synchronous_commit: 'on' } });
	onTestFinished(() => cluster.remove());
	const dataDir = await fs.mkdtemp(path.join(os.tmpdir(), 'buc-giang-data-'));
	onTestFinished(() => fs.rm(dataDir, { recursive: true, force: true }));
	const admin = postgres(cluster.postgres.url('postgres'), { max: 1, onnotice: () => {} });
	await admin.unsafe('create database product');
	await admin.end();
	const config = testConfig(cluster.postgres.url('product'), dataDir);
	await prepare(config);
	const services = await openServices({ workers: false, max: 3, config });
	onTestFinished(() => services.close());
	const product = openProduct(config);
	onTestFinished(() => product.killAll());

	const ctx: Context = { ...services.systemContext('test'), now: new Date() };
	const learners = await learnersOf(ctx, await aLearningWorld(ctx, { lecturesS: [LECTURE_S] }));
	const [web, other, worker] = await Promise.all([product.web(), product.web(), product.mediaWorker()]);
	const webs = [web, other];

	let isOver = false;
	const clients = [
		...Array.from({ length: READERS }, (_, i) => {
			const { cookie } = learners[i % learners.length]!;
			const ask = () => fetch(`${webs[i % 2]!.url}/`, { headers: { cookie, accept: 'text/html' }, redirect: 'manual' });
			return keepAsking(ask, () => isOver);
		}),
		...learners.map((learner, i) =>
			keepBeating(
				learner,
				() => webs[(i + learner.sequence) % 2]!.url,
				() => isOver
			)
		)
	];
	await until(
		async () => clients.map(({ seen }) => seen.ok),
		(counts) => counts.every((count) => count >= 2)
	);
	for (const { seen } of clients) seen.slowestMs = 0; // the first pages are slow for another reason
	const stoppedAt = Date.now();
	await cluster.postgres.stop();
	await sleep(3_000);
	const again = await startEmbeddedPostgres({ dir: path.join(cluster.folder, 'postgres'), password: 'test' });
	onTestFinished(() => again.stop());
	const backAt = Date.now();
	expect(again.port).toBe(cluster.postgres.port);
	await until(
		async () => clients.map(({ seen }) => ({ lastOkAt: seen.lastOkAt, wrong: seen.wrong.slice(0, 1) })),
		(all) => all.every(({ lastOkAt }) => lastOkAt > backAt),
		30_000
	);
	const recoveredMs = Date.now() - backAt;
	await sleep(1_000);
	isOver = true;
	await Promise.all(clients.map(({ done }) => done));

	const all = clients.map(({ seen }) => seen);
	const sum = (of: (seen: Seen) => number) => all.reduce((total, seen) => total + of(seen), 0);
	const slowestMs = Math.max(...all.map((seen) => seen.slowestMs));
	console.info(
		`away ${backAt - stoppedAt} ms; ${sum((s) => s.ok)} answers, ${sum((s) => s.refused)} refusals, ` +
			`slowest ${slowestMs} ms; all served again after ${recoveredMs} ms`
	);
	expect(all.flatMap(({ wrong }) => wrong)).toEqual([]);
	expect(sum((s) => s.refused)).toBeGreaterThan(0);
	expect(slowestMs).toBeLessThan(LONGEST_ANSWER_MS);
	expect(recoveredMs).toBeLessThan(10_000);
	expect([web, other, worker].every((process) => process.isRunning())).toBe(true);

	for (const { participationId, acknowledgedS } of learners) {
		const [row] = await ctx.db.execute<{ watched: string }>(
			sql`select watched::text from watch_coverage where participation_id = ${participationId}`
		);
		expect(secondsIn(parseSecondSet(row?.watched ?? '{}'))).toBeGreaterThanOrEqual(acknowledgedS);
		expect(acknowledgedS).toBeGreaterThan(0);
	}

	// The locks of uploads and the queue live on connections of their own: they come back too.
	const world = await aLectureWorld(ctx);
	await send(Buffer.from('Đây không phải là video.'), web.url, world).done;
	await until(
		() => findNewestRevision(ctx.db, world.lectureId),
		(row) => row?.state === 'failed',
		30_000
	);
}, 240_000);

type Learner = {
	cookie: string;
	participationId: string;
	path: string;
	playbackId: string;
	sequence: number;
	acknowledgedS: number;
};

/** Signed-in learners of one class, each with a playback of its lecture. */
async function learnersOf(ctx: Context, world: LearningWorld): Promise<Learner[]> {
	await ctx.db.update(accounts).set({ noticeVersion: NOTICE_VERSION });
	const all: Learner[] = [];
	for (let i = 0; i < LEARNERS; i++) {
		const { personId, accountId, participationId } = i === 0 ? world : await anotherLearner(ctx, world);
		const actor = { ...world.learner, accountId, personId } as typeof world.learner;
		const lessonId = world.lessonIds[0]!;
		const { playbackId } = await startPlayback({ ...ctx, actor }, { participationId, lessonId });
		const { token } = await createSession(ctx.db, { accountId, isSharedMachine: false, now: new Date() });
		const path = `/learn/${participationId}/lessons/${lessonId}/heartbeat`;
		all.push({ cookie: `session=${token}`, participationId, path, playbackId, sequence: 1, acknowledgedS: 0 });
	}
	await ctx.db.update(accounts).set({ noticeVersion: NOTICE_VERSION });
	return all;
}

/** Sends a beat of one new second each time, and the same beat again until it is acknowledged, as the player does. */
function keepBeating(learner: Learner, url: () => string, isOver: () => boolean) {
	const beat = () =>
		fetch(url() + learner.path, {
			method: 'POST',
			headers: { ...fromOurPage(learner.cookie), 'content-type': 'application/json' },
			body: JSON.stringify({
				playbackId: learner.playbackId,
				sequence: learner.sequence,
				positionS: learner.sequence,
				ranges: [[learner.sequence - 1, learner.sequence]]
			})
		});
	return keepAsking(beat, isOver, (text) => {
		learner.acknowledgedS = (JSON.parse(text) as HeartbeatAnswer).coveragePercent;
		learner.sequence++;
	});
}

/** Asks about once a second; notes answers, refusals and whatever a person or a player could not make sense of. */
function keepAsking(ask: () => Promise<Response>, isOver: () => boolean, take: (text: string) => void = () => {}) {
	const seen: Seen = { ok: 0, refused: 0, slowestMs: 0, lastOkAt: 0, wrong: [] };
	async function once(): Promise<void> {
		const startedAt = Date.now();
		try {
			const answer = await ask();
			const text = await answer.text();
			if (answer.status === 200) {
				take(text);
				seen.ok++;
				seen.lastOkAt = Date.now();
			} else if ([500, 503].includes(answer.status) && /Hệ thống|hệ thống/.test(text)) seen.refused++;
			else seen.wrong.push(`${answer.status} ${text.slice(0, 200)}`);
		} catch (error) {
			seen.wrong.push(String((error as Error).cause ?? error));
		}
		seen.slowestMs = Math.max(seen.slowestMs, Date.now() - startedAt);
	}
	const done = (async () => {
		while (!isOver()) {
			await once();
			await sleep(700);
		}
	})();
	return { seen, done };
}
