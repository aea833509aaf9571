import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { lessonVersions } from '#lib/server/catalogue/tables.ts';
import { getLessonForLearner } from '#lib/server/learning/lesson.ts';
import { creditWatchedPack, issuePack } from '#lib/server/learning/offline-pack.ts';
import { recordHeartbeat, startPlayback } from '#lib/server/learning/playback.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { participations, trainingActivities } from '#lib/server/training/tables.ts';
import { aLearningWorld, type LearningWorld } from '../support/learning-world.ts';
import { as, at, test } from '../support/test.ts';

const START = Date.parse('2026-11-20T08:00:00+07:00');
const DAY_S = 24 * 60 * 60;
const after = (ctx: Context, seconds: number) => at(ctx, new Date(START + seconds * 1000));
const STRANGER = '00000000-0000-4000-8000-000000000000';

const placeOf = (world: LearningWorld) => ({
	participationId: world.participationId,
	lessonId: world.lessonIds[0]!
});

/** A device that stores the lesson's pack at a moment and sends what it watched at later ones. */
async function aStoredLesson(ctx: Context, world: LearningWorld, atS = 0) {
	const learner = as(ctx, world.learner);
	const { packId, expiresAt } = await issuePack(after(learner, atS), placeOf(world));
	return {
		packId,
		expiresAt,
		send: (sentAtS: number, ranges: [number, number][]) =>
			creditWatchedPack(after(learner, sentAtS), placeOf(world), {
				packId,
				positionS: ranges.at(-1)?.[1] ?? 0,
				ranges
			})
	};
}

async function anOpenPage(ctx: Context, world: LearningWorld, atS: number) {
	const learner = as(ctx, world.learner);
	const { playbackId } = await startPlayback(after(learner, atS), placeOf(world));
	return (beatAtS: number, ranges: [number, number][], sequence: number) =>
		recordHeartbeat(after(learner, beatAtS), { playbackId, sequence, positionS: 0, ranges });
}

const completion = async (ctx: Context, world: LearningWorld) => {
	const [row] = await ctx.db.select().from(participations).where(eq(participations.id, world.participationId));
	return row!.completedOn;
};

describe('a stored lesson', () => {
	test('watched whole without a network completes lesson and class on the day of the return', async ({ ctx }) => {
		const world = await aLearningWorld(ctx, { lecturesS: [600] });
		const stored = await aStoredLesson(ctx, world);
		expect(stored.expiresAt).toBe(new Date(START + 7 * DAY_S * 1000).toISOString());
		const answer = await stored.send(3 * DAY_S, [[0, 600]]);
		expect(answer).toMatchObject({ creditedS: 600, coveragePercent: 100, isComplete: true });
		expect(await completion(ctx, world)).toBe('2026-11-23');
	});

	test('is worth twice the time since it was issued at most, the earliest seconds', async ({ ctx }) => {
		const world = await aLearningWorld(ctx, { lecturesS: [600] });
		const stored = await aStoredLesson(ctx, world);
		expect(await stored.send(30, [[0, 600]])).toMatchObject({ creditedS: 60, coveragePercent: 10, isComplete: false });
		expect(await stored.send(30, [[300, 600]])).toMatchObject({ creditedS: 0 });
		expect(await stored.send(40, [[60, 600]])).toMatchObject({ creditedS: 20 });
	});

	test('sent twice, or by two requests at one moment, is credited once', async ({ ctx }) => {
		const world = await aLearningWorld(ctx, { lecturesS: [600] });
		const stored = await aStoredLesson(ctx, world);
		const answers = await Promise.all([0, 1, 2, 3].map((i) => stored.send(50, [[i * 100, i * 100 + 100]])));
		expect(answers.reduce((sum, { creditedS }) => sum + creditedS, 0)).toBe(100);
		expect(await stored.send(50, [[0, 400]])).toMatchObject({ creditedS: 0, coveragePercent: 16 });
	});

	test('and an open page are not both paid for the same time', async ({ ctx }) => {
		const world = await aLearningWorld(ctx, { lecturesS: [1000] });
		const stored = await aStoredLesson(ctx, world);
		const beat = await anOpenPage(ctx, world, 0);
		await beat(100, [[0, 100]], 1);
		expect(await stored.send(100, [[100, 1000]])).toMatchObject({ creditedS: 100 });
		expect(await beat(100, [[500, 700]], 3)).toMatchObject({ coveragePercent: 20 });
		expect(await stored.send(100, [[200, 1000]])).toMatchObject({ creditedS: 0 });
	});

	test('leaves an open page able to go on from the number it is told', async ({ ctx }) => {
		const world = await aLearningWorld(ctx, { lecturesS: [1000] });
		const beat = await anOpenPage(ctx, world, 0);
		const stored = await aStoredLesson(ctx, world);
		await stored.send(100, [[0, 100]]);
		const told = await beat(110, [[100, 110]], 1);
		expect(told).toMatchObject({ sequence: 1, coveragePercent: 10 });
		// Ten seconds since the pack was paid: 22 seconds, not the 220 since the page was opened.
		expect(await beat(110, [[100, 1000]], told.sequence + 1)).toMatchObject({ coveragePercent: 12 });
	});

	test('of an older device counts up to the issue of the newer one', async ({ ctx }) => {
		const world = await aLearningWorld(ctx, { lecturesS: [1000] });
		const older = await aStoredLesson(ctx, world);
		const newer = await aStoredLesson(ctx, world, 50);
		expect(await older.send(500, [[0, 1000]])).toMatchObject({ creditedS: 100 });
		expect(await newer.send(500, [[0, 1000]])).toMatchObject({ creditedS: 800 });
	});

	test('may come back late, and not later than fourteen days', async ({ ctx }) => {
		const world = await aLearningWorld(ctx, { lecturesS: [600] });
		const stored = await aStoredLesson(ctx, world);
		expect(await stored.send(13 * DAY_S, [[0, 300]])).toMatchObject({ creditedS: 300 });
		await expect(stored.send(14 * DAY_S + 1, [[300, 600]])).rejects.toMatchObject({ code: 'learning.pack_too_old' });
		const { view } = await getLessonForLearner(as(ctx, world.learner), world.participationId, world.lessonIds[0]!);
		expect(view).toMatchObject({ coveragePercent: 50, resumeAtS: 300 });
	});

	test('proves nothing ahead of the watched part where nobody may skip', async ({ ctx }) => {
		const world = await aLearningWorld(ctx, { lecturesS: [600] });
		await ctx.db.update(lessonVersions).set({ preventsSkipping: true });
		const stored = await aStoredLesson(ctx, world);
		expect(await stored.send(DAY_S, [[300, 600]])).toMatchObject({ creditedS: 0 });
		const answer = await stored.send(DAY_S, [
			[0, 60],
			[300, 600]
		]);
		expect(answer).toMatchObject({ creditedS: 60 });
	});

	test('of another account, lesson or class is not found', async ({ ctx }) => {
		const world = await aLearningWorld(ctx, { lecturesS: [600, 600] });
		const other = await aLearningWorld(ctx, { lecturesS: [600] });
		const { packId } = await aStoredLesson(ctx, world);
		const later = after(ctx, DAY_S);
		const watched = { packId, positionS: 0, ranges: [[0, 600]] as [number, number][] };
		const refused = (code: string) => ({ kind: 'not_found', code });
		await expect(creditWatchedPack(as(later, other.learner), placeOf(world), watched)).rejects.toMatchObject(
			refused('learning.no_class')
		);
		await expect(creditWatchedPack(as(later, other.learner), placeOf(other), watched)).rejects.toMatchObject(
			refused('learning.no_pack')
		);
		const elsewhere = { participationId: world.participationId, lessonId: world.lessonIds[1]! };
		await expect(creditWatchedPack(as(later, world.learner), elsewhere, watched)).rejects.toMatchObject(
			refused('learning.no_pack')
		);
		const stranger = as(ctx, { ...world.learner, personId: STRANGER } as never);
		await expect(issuePack(stranger, placeOf(world))).rejects.toMatchObject(refused('learning.no_class'));
	});

	test('is neither issued nor credited once its class has ended', async ({ ctx }) => {
		const world = await aLearningWorld(ctx, { lecturesS: [600] });
		const stored = await aStoredLesson(ctx, world);
		await ctx.db.update(trainingActivities).set({ status: 'ended', endedOn: '2026-11-20' });
		await expect(stored.send(DAY_S, [[0, 600]])).rejects.toMatchObject({ code: 'learning.class_closed' });
		await expect(aStoredLesson(ctx, world)).rejects.toMatchObject({ code: 'learning.class_closed' });
		expect(await completion(ctx, world)).toBeNull();
	});

	test('is not issued while an earlier lesson comes first', async ({ ctx }) => {
		const world = await aLearningWorld(ctx, { lecturesS: [20, 20], isSequential: true });
		const second = { participationId: world.participationId, lessonId: world.lessonIds[1]! };
		await expect(issuePack(after(as(ctx, world.learner), 0), second)).rejects.toMatchObject({
			code: 'learning.earlier_lesson_first'
		});
	});
});
