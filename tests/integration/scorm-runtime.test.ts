// What content tells, from the launch to the completed class: real packages, real database, no browser.
import { eq, sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import type { CommitAnswer, CommitRequest, OpenAnswer, Opened } from '#lib/scorm/runtime/protocol.ts';
import { endSession } from '#lib/server/identity/sessions.ts';
import { grantAttempt, resetAttempt } from '#lib/server/learning/scorm-manage.ts';
import { getScormResult, listScormResults } from '#lib/server/learning/scorm-results.ts';
import { settleScormLesson } from '#lib/server/learning/scorm.ts';
import { lessonProgress } from '#lib/server/learning/tables.ts';
import { isDomainError } from '#lib/server/platform/errors.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { attemptItems, attempts, commits, launches } from '#lib/server/scorm/runtime-tables.ts';
import { takeCommits, takeLeftCommits } from '#lib/server/scorm/runtime/commit.ts';
import { findFile } from '#lib/server/scorm/runtime/find-file.ts';
import { findLaunch } from '#lib/server/scorm/runtime/launches.ts';
import { openItem } from '#lib/server/scorm/runtime/open-item.ts';
import { participations } from '#lib/server/training/tables.ts';
import { manifest12, zipOf, type PlannedItem } from '../support/scorm-packages.ts';
import { aLaunch, aScormWorld, type ScormWorld } from '../support/scorm-world.ts';
import { test } from '../support/test.ts';

const page = '<p>trang</p>';
const aPackage = (...items: PlannedItem[]) =>
	zipOf({
		'imsmanifest.xml': manifest12('Bài mẫu', items),
		...Object.fromEntries(items.map(({ id }) => [`${id}.html`, page]))
	});
const ONE = aPackage({
	id: 'a',
	rules: '<adlcp:masteryscore>70</adlcp:masteryscore><adlcp:datafromlms>xin chào</adlcp:datafromlms>'
});

const now = (world: ScormWorld): Context => ({ ...world.ctx, now: new Date() });

async function open(world: ScormWorld, token: string, item?: string): Promise<OpenAnswer & { opened: Opened }> {
	const launch = await findLaunch(world.ctx.db, token);
	const answer = await openItem(now(world), launch!, { item }, settleScormLesson);
	return { ...answer, opened: answer.opened! };
}

type Told = Record<string, string>;
const commitOf = (sequence: number, values: Told, isTerminate = false) => ({ sequence, values, isTerminate });

const tell = (world: ScormWorld, token: string, ...list: CommitRequest['commits']): Promise<CommitAnswer> =>
	takeCommits(now(world), token, { item: 'a', commits: list }, settleScormLesson);

const PASSED = { 'cmi.core.lesson_status': 'passed', 'cmi.core.score.raw': '90', 'cmi.core.exit': '' };

describe('a session', () => {
	test('begins ab initio with what the manifest and the roster say', async ({ ctx }) => {
		const world = await aScormWorld(ctx, ONE);
		const { opened, mode, standard } = await open(world, await aLaunch(world));
		expect([mode, standard, opened.item, opened.address]).toEqual(['normal', '1.2', 'a', 'f/a.html']);
		expect(opened.seed).toMatchObject({
			'cmi.core.student_name': 'Nguyễn Thị, Lan',
			'cmi.core.entry': 'ab-initio',
			'cmi.core.credit': 'credit',
			'cmi.core.lesson_mode': 'normal',
			'cmi.core.lesson_status': 'not attempted',
			'cmi.launch_data': 'xin chào',
			'cmi.student_data.mastery_score': '70'
		});
	});

	test('gives back every character, and goes on where it was cut off', async ({ ctx }) => {
		const world = await aScormWorld(ctx, ONE);
		const token = await aLaunch(world);
		await open(world, token);
		const packed = `${'ă\n"\\'.repeat(15_000)}😀\u0000\ud800\udfff\ud800`;
		expect(
			await tell(world, token, commitOf(1, { 'cmi.suspend_data': packed, 'cmi.core.lesson_location': 'p5' }))
		).toMatchObject({ ok: true, saved: 1 });
		const { opened } = await open(world, await aLaunch(world));
		expect(opened.seed['cmi.suspend_data']).toBe(packed);
		expect(opened.seed).toMatchObject({ 'cmi.core.lesson_location': 'p5', 'cmi.core.entry': 'resume' });
	});

	test('completes the lesson and the class at once, and looking again takes nothing back', async ({ ctx }) => {
		const world = await aScormWorld(ctx, ONE);
		const token = await aLaunch(world);
		await open(world, token);
		await tell(world, token, commitOf(1, { 'cmi.core.lesson_status': 'incomplete' }));
		expect(await ctx.db.select().from(lessonProgress)).toMatchObject([{ completedAt: null }]);
		const answer = await tell(world, token, commitOf(2, PASSED, true));
		expect(answer).toMatchObject({ ok: true, attempt: { completion: 'completed', success: 'passed', score: 0.9 } });
		const [own] = await ctx.db.select().from(participations).where(eq(participations.id, world.participationId));
		expect(own!.completedOn).not.toBeNull();
		const again = await aLaunch(world);
		const { opened } = await open(world, again);
		expect(opened.seed['cmi.core.lesson_status']).toBe('passed');
		await tell(world, again, commitOf(1, { 'cmi.core.lesson_status': 'incomplete', 'cmi.core.score.raw': '10' }, true));
		expect(await ctx.db.select().from(attempts)).toMatchObject([
			{ completion: 'completed', success: 'passed', score: 0.9 }
		]);
	});

	test.for([
		{ raw: '69', success: 'failed' },
		{ raw: '70', success: 'passed' }
	])('with a raw score of $raw against 70 is $success', async ({ raw, success }, { ctx }) => {
		const world = await aScormWorld(ctx, ONE, { needsPass: true });
		const token = await aLaunch(world);
		await open(world, token);
		await tell(world, token, commitOf(1, { 'cmi.core.lesson_status': 'completed', 'cmi.core.score.raw': raw }, true));
		expect(await ctx.db.select().from(attempts)).toMatchObject([{ completion: 'completed', success }]);
		const [progress] = await ctx.db.select().from(lessonProgress);
		expect(progress!.completedAt !== null).toBe(success === 'passed');
	});

	test('adds its time once, and no more than the clock allows', async ({ ctx }) => {
		const world = await aScormWorld(ctx, ONE);
		const first = await aLaunch(world);
		await open(world, first);
		for (const n of [1, 2, 3]) await tell(world, first, commitOf(n, { 'cmi.core.session_time': `00:00:${n}0` }));
		await tell(world, first, commitOf(4, { 'cmi.core.session_time': '00:00:40', 'cmi.core.exit': 'suspend' }, true));
		const second = await aLaunch(world);
		expect((await open(world, second)).opened.seed['cmi.core.total_time']).toBe('0000:00:40');
		await tell(world, second, commitOf(1, { 'cmi.core.session_time': '99:99:99' }, true));
		const [item] = await ctx.db.select().from(attemptItems);
		expect(item!.earlierS).toBe(40);
		expect(item!.sessionS).toBeLessThan(70);
	});

	test('drops what is no element, and keeps interactions of every session', async ({ ctx }) => {
		const world = await aScormWorld(ctx, ONE);
		const one = await aLaunch(world);
		await open(world, one);
		await tell(
			world,
			one,
			commitOf(
				1,
				{ 'cmi.interactions.0.id': 'q1', 'settings.lmsCommitUrl': 'https://evil', 'cmi.core.student_id': 'x' },
				true
			)
		);
		const two = await aLaunch(world);
		await open(world, two);
		await tell(world, two, commitOf(1, { 'cmi.interactions.0.id': 'q2' }, true));
		const [item] = await ctx.db.select().from(attemptItems);
		expect(JSON.parse(item!.data)).toEqual({ 'cmi.interactions.0.id': 'q1', 'cmi.interactions.1.id': 'q2' });
	});
});

describe('commits', () => {
	test('repeated or out of order change nothing; twenty at once all count', async ({ ctx }) => {
		const world = await aScormWorld(ctx, ONE);
		const token = await aLaunch(world);
		await open(world, token);
		const list = Array.from({ length: 20 }, (_, i) => commitOf(i + 1, { 'cmi.core.lesson_location': `p${i + 1}` }));
		// As a player does: each request holds all that was not answered yet.
		const answers = await Promise.all(list.map((_, i) => tell(world, token, ...list.slice(0, i + 1))));
		for (const answer of answers.filter(({ ok }) => !ok)) expect(answer).toEqual({ ok: false, code: 'crossed' });
		expect(await tell(world, token, ...list)).toMatchObject({ ok: true, saved: 20 });
		expect(await tell(world, token, list[3]!)).toMatchObject({ ok: true, saved: 20 });
		const [item] = await ctx.db.select().from(attemptItems);
		expect(JSON.parse(item!.data)).toMatchObject({ 'cmi.core.lesson_location': 'p20' });
		expect(await ctx.db.select().from(commits)).toHaveLength(20);
	});

	test('of an older tab are refused, and so is what it left behind once newer work was saved', async ({ ctx }) => {
		const world = await aScormWorld(ctx, ONE);
		const older = await aLaunch(world);
		await open(world, older);
		await tell(world, older, commitOf(1, { 'cmi.core.lesson_location': 'p1' }));
		const newer = await aLaunch(world);
		expect(await tell(world, older, commitOf(2, { 'cmi.core.lesson_location': 'p2' }))).toEqual({
			ok: false,
			code: 'elsewhere'
		});
		const [{ id: launchId } = { id: '' }] = await ctx.db.select().from(launches).where(eq(launches.isSuperseded, true));
		const left = { launchId, item: 'a', commits: [commitOf(2, { 'cmi.core.lesson_location': 'p2' })] };
		expect(await takeLeftCommits(now(world), newer, left, settleScormLesson)).toMatchObject({ ok: true, saved: 2 });
		expect((await open(world, newer)).opened.seed['cmi.core.lesson_location']).toBe('p2');
		await tell(world, newer, commitOf(1, { 'cmi.core.lesson_location': 'p9' }));
		const third = await aLaunch(world);
		const late = { ...left, commits: [commitOf(3, { 'cmi.core.lesson_location': 'p3' })] };
		expect(await takeLeftCommits(now(world), third, late, settleScormLesson)).toEqual({ ok: false, code: 'elsewhere' });
	});

	test('and files end with the session', async ({ ctx }) => {
		const world = await aScormWorld(ctx, ONE);
		const token = await aLaunch(world);
		await open(world, token);
		expect(await findFile(ctx.db, token, 'a.html')).toMatchObject({ contentType: 'text/html' });
		expect(await findFile(ctx.db, token, 'A.HTML')).toMatchObject({ contentType: 'text/html' });
		expect(await findFile(ctx.db, token, 'b.html')).toBeUndefined();
		await ctx.db.execute(sql`update scorm_launch set last_seen_at = now() - interval '16 minutes'`);
		expect(await findFile(ctx.db, token, 'a.html')).toBe('over');
		expect(await tell(world, token, commitOf(1, { 'cmi.suspend_data': 'x' }))).toMatchObject({ ok: true }); // a laptop wakes up
		expect(await findFile(ctx.db, token, 'a.html')).toMatchObject({ contentType: 'text/html' });
		await endSession(ctx.db, world.accountId, world.sessionId);
		expect(await findFile(ctx.db, token, 'a.html')).toBe('over');
		expect(await tell(world, token, commitOf(2, {}))).toEqual({ ok: false, code: 'over' });
	});

	test('that outgrow their room are refused, not cut', async ({ ctx }) => {
		const world = await aScormWorld(ctx, ONE);
		const token = await aLaunch(world);
		await open(world, token);
		const many = Object.fromEntries(
			Array.from({ length: 30 }, (_, i) => [`cmi.interactions.${i}.student_response`, 'x'.repeat(60_000)])
		);
		expect(await tell(world, token, commitOf(1, many))).toEqual({ ok: false, code: 'too_large' });
	});
});

describe('several items', () => {
	const THREE = aPackage(
		{ id: 'a' },
		{ id: 'b', rules: '<adlcp:prerequisites type="aicc_script">a</adlcp:prerequisites>' },
		{ id: 'c' }
	);

	test('are opened as their prerequisites say, and complete the attempt with the last', async ({ ctx }) => {
		const world = await aScormWorld(ctx, THREE);
		const token = await aLaunch(world);
		const { toc } = await open(world, token);
		expect(toc.map(({ item, isLocked, completion }) => [item, isLocked, completion])).toEqual([
			['a', false, 'incomplete'],
			['b', true, 'unknown'],
			['c', false, 'unknown']
		]);
		const refused = await open(world, token, 'b').catch((error: unknown) => error);
		expect(isDomainError(refused) && refused.code).toBe('scorm.item_locked');
		let sequence = 0;
		for (const item of ['a', 'b', 'c']) {
			await open(world, token, item);
			const request = { item, commits: [commitOf(++sequence, { 'cmi.core.lesson_status': 'completed' }, true)] };
			await takeCommits(now(world), token, request, settleScormLesson);
		}
		expect(await ctx.db.select().from(attempts)).toMatchObject([{ completion: 'completed', success: 'unknown' }]);
		const [progress] = await ctx.db.select().from(lessonProgress);
		expect(progress!.completedAt).not.toBeNull();
	});
});

describe('attempts', () => {
	test('begin anew up to the limit; then the last can be looked at, and nothing is kept', async ({ ctx }) => {
		const world = await aScormWorld(ctx, ONE, { newAttempt: 'after_completion', attemptLimit: 2 });
		for (const n of [1, 2]) {
			const token = await aLaunch(world);
			expect((await open(world, token)).opened.seed['cmi.core.entry']).toBe('ab-initio');
			await tell(world, token, commitOf(1, { ...PASSED, 'cmi.core.score.raw': `${70 + n}` }, true));
		}
		const token = await aLaunch(world);
		const { mode, opened } = await open(world, token);
		expect([mode, opened.seed['cmi.core.credit'], opened.seed['cmi.core.lesson_mode']]).toEqual([
			'review',
			'no-credit',
			'review'
		]);
		expect(await tell(world, token, commitOf(1, { 'cmi.core.score.raw': '100' }, true))).toMatchObject({
			ok: true,
			isKept: false
		});
		expect((await ctx.db.select().from(attempts).orderBy(attempts.number)).map(({ score }) => score)).toEqual([
			0.71, 0.72
		]);
	});

	test('used up lock the lesson where its author says so', async ({ ctx }) => {
		const world = await aScormWorld(ctx, ONE, { attemptLimit: 1, lockAfterLast: true });
		const token = await aLaunch(world);
		await open(world, token);
		await tell(world, token, commitOf(1, PASSED, true));
		const refused = await aLaunch(world).catch((error: unknown) => error);
		expect(isDomainError(refused) && refused.code).toBe('scorm.attempts_used');
	});
});

describe('a trainer', () => {
	test('sees what content told, takes an attempt back and grants another', async ({ ctx }) => {
		const world = await aScormWorld(ctx, ONE, { attemptLimit: 1, lockAfterLast: true, needsPass: true });
		const token = await aLaunch(world);
		await open(world, token);
		const answer = { 'cmi.interactions.0.id': '=1+1', 'cmi.interactions.0.student_response': '<script>' };
		await tell(
			world,
			token,
			commitOf(1, answer),
			commitOf(2, { 'cmi.core.lesson_status': 'failed', 'cmi.core.score.raw': '20' }, true)
		);
		const { results } = await listScormResults(ctx, world.activityId);
		expect(results).toMatchObject([
			{ fullName: 'Nguyễn Thị Lan', attemptCount: 1, grade: 0.2, isLessonComplete: false }
		]);
		const { registrationId } = results[0]!;
		const { attempts: records } = await getScormResult(ctx, world.activityId, registrationId);
		expect(records).toMatchObject([
			{ success: 'failed', items: [{ interactions: [{ id: '=1+1', response: '<script>' }] }] }
		]);
		expect(records[0]!.journal.map(({ sequence, isTerminate }) => [sequence, isTerminate])).toEqual([
			[2, true],
			[1, false]
		]);
		await grantAttempt(ctx, world.activityId, registrationId);
		const target = { activityId: world.activityId, registrationId, attemptId: records[0]!.id, reason: 'Mất điện' };
		await resetAttempt(ctx, target);
		await expect(resetAttempt(ctx, target)).rejects.toThrow('no_such_result');
		expect((await open(world, await aLaunch(world))).opened.seed['cmi.core.entry']).toBe('ab-initio');
		expect(await listScormResults(ctx, world.activityId)).toMatchObject({
			results: [{ attemptCount: 1, grade: null }]
		});
		await expect(listScormResults(world.ctx, world.activityId)).rejects.toThrow('not_permitted');
	});
});
