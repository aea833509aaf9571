import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import type { HeartbeatAnswer } from '#lib/learning/heartbeat.ts';
import { lessonVersions } from '#lib/server/catalogue/tables.ts';
import { getLearnerHome } from '#lib/server/learning/home.ts';
import { getLessonForLearner } from '#lib/server/learning/lesson.ts';
import { recordHeartbeat, startPlayback } from '#lib/server/learning/playback.ts';
import { markLessonRead } from '#lib/server/learning/progress.ts';
import { getLearningRecord } from '#lib/server/learning/record.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { firstCompletions, participations, trainingActivities } from '#lib/server/training/tables.ts';
import { aLearningWorld, type LearningWorld } from '../support/learning-world.ts';
import { as, at, test } from '../support/test.ts';

const START = Date.parse('2026-11-20T08:00:00+07:00');
const after = (ctx: Context, seconds: number) => at(ctx, new Date(START + seconds * 1000));

/** A device that plays and reports, with a clock the test moves. */
async function aDevice(ctx: Context, world: LearningWorld, atS: number, lessonId = world.lessonIds[0]!) {
	const learner = as(ctx, world.learner);
	const { playbackId } = await startPlayback(after(learner, atS), { participationId: world.participationId, lessonId });
	let sequence = 0;
	return {
		playbackId,
		beat: (beatAtS: number, ranges: [number, number][], number?: number): Promise<HeartbeatAnswer> =>
			recordHeartbeat(after(learner, beatAtS), {
				playbackId,
				sequence: number ?? ++sequence,
				positionS: ranges.at(-1)?.[1] ?? 0,
				ranges
			})
	};
}

/** Plays a lecture to its end at normal speed, a beat every ten seconds. */
async function watchWhole(ctx: Context, world: LearningWorld, fromS: number, totalS: number, lessonId?: string) {
	const device = await aDevice(ctx, world, fromS, lessonId);
	let answer!: HeartbeatAnswer;
	for (let s = 0; s < totalS; s += 10) {
		const end = Math.min(s + 10, totalS);
		answer = await device.beat(fromS + end, [[s, end]]);
	}
	return answer;
}

const completion = async (ctx: Context, world: LearningWorld) => {
	const [row] = await ctx.db.select().from(participations).where(eq(participations.id, world.participationId));
	return row!.completedOn;
};

describe('watch proof', () => {
	test('playing through completes lesson, course, participation and the derived row at once', async ({ ctx }) => {
		const world = await aLearningWorld(ctx, { lecturesS: [60.4] });
		const answer = await watchWhole(ctx, world, 0, 60);
		expect(answer).toMatchObject({ coveragePercent: 100, isComplete: true });
		expect(await completion(ctx, world)).toBe('2026-11-20');
		const derived = await ctx.db.select().from(firstCompletions);
		expect(derived).toMatchObject([{ personId: world.personId, year: 2026, completedOn: '2026-11-20' }]);
	});

	test('seeking to the end, reloading and repeating ten seconds sixty times prove ten seconds each', async ({
		ctx
	}) => {
		const world = await aLearningWorld(ctx, { lecturesS: [600] });
		const first = await aDevice(ctx, world, 0);
		expect((await first.beat(10, [[590, 600]])).coveragePercent).toBe(1);
		let answer!: HeartbeatAnswer;
		for (let reload = 0; reload < 60; reload++) {
			const device = await aDevice(ctx, world, 20 + reload * 10);
			answer = await device.beat(30 + reload * 10, [[0, 10]]);
		}
		expect(answer).toMatchObject({ coveragePercent: 3, isComplete: false });
	});

	test('a forged hour is worth what the clock allows, and a repeated or older beat nothing', async ({ ctx }) => {
		const world = await aLearningWorld(ctx, { lecturesS: [3600] });
		const device = await aDevice(ctx, world, 0);
		await device.beat(10, [[0, 3600]], 5);
		const { view } = await getLessonForLearner(as(ctx, world.learner), world.participationId, world.lessonIds[0]!);
		expect(view.coveragePercent).toBe(0); // 22 of 3,600 seconds
		expect(await device.beat(1000, [[0, 3600]], 5)).toMatchObject({ coveragePercent: 0 });
		expect(await device.beat(1000, [[0, 3600]], 4)).toMatchObject({ coveragePercent: 0 });
	});

	test('starting playbacks over and over earns no slack', async ({ ctx }) => {
		const world = await aLearningWorld(ctx, { lecturesS: [100] });
		let answer!: HeartbeatAnswer;
		for (let i = 0; i < 40; i++) answer = await (await aDevice(ctx, world, 1)).beat(1, [[i * 2, i * 2 + 2]]);
		expect(answer.coveragePercent).toBe(0);
	});

	test('ranges of a device without a network are credited when it is back, within the same bound', async ({ ctx }) => {
		const world = await aLearningWorld(ctx, { lecturesS: [1200] });
		const device = await aDevice(ctx, world, 0);
		const answer = await device.beat(1080, [[0, 1080]]);
		expect(answer).toMatchObject({ coveragePercent: 90, isComplete: true });
	});

	test('twenty beats at one moment are paid once', async ({ ctx }) => {
		const world = await aLearningWorld(ctx, { lecturesS: [1000] });
		const device = await aDevice(ctx, world, 0);
		const beats = Array.from({ length: 20 }, (_, i) => device.beat(10, [[i * 50, i * 50 + 50]], i + 1));
		await Promise.allSettled(beats);
		expect((await device.beat(10, [], 99)).coveragePercent).toBeLessThanOrEqual(2);
	});

	test('a newer device takes over; the older one keeps what it had played and is told', async ({ ctx }) => {
		const world = await aLearningWorld(ctx, { lecturesS: [100] });
		const older = await aDevice(ctx, world, 0);
		const newer = await aDevice(ctx, world, 20);
		await expect(older.beat(40, [[0, 20]])).rejects.toMatchObject({ code: 'learning.playback_taken_over' });
		expect(await newer.beat(40, [[20, 40]])).toMatchObject({ coveragePercent: 40 });
	});

	test('where nobody may skip, what lies beyond the watched part proves nothing until it is reached', async ({
		ctx
	}) => {
		const world = await aLearningWorld(ctx, { lecturesS: [60.4] });
		await ctx.db.update(lessonVersions).set({ preventsSkipping: true });
		const device = await aDevice(ctx, world, 0);
		expect(await device.beat(10, [[0, 10]])).toMatchObject({ coveragePercent: 16 });
		expect(await device.beat(20, [[40, 50]])).toMatchObject({ coveragePercent: 16 });
		expect(
			(await getLessonForLearner(as(ctx, world.learner), world.participationId, world.lessonIds[0]!)).view
		).toMatchObject({
			reachS: 10
		});
		expect(await device.beat(30, [[10, 20]])).toMatchObject({ coveragePercent: 33 });
		await watchWhole(ctx, world, 40, 60);
		expect(
			(await getLessonForLearner(as(ctx, world.learner), world.participationId, world.lessonIds[0]!)).view
		).toMatchObject({
			reachS: null
		});
	});

	test("another learner's playback is not found", async ({ ctx }) => {
		const world = await aLearningWorld(ctx, { lecturesS: [100] });
		const device = await aDevice(ctx, world, 0);
		const other = as(ctx, { ...world.learner, personId: '00000000-0000-4000-8000-000000000000' } as never);
		const beat = { playbackId: device.playbackId, sequence: 1, positionS: 0, ranges: [] };
		await expect(recordHeartbeat(other, beat)).rejects.toMatchObject({ code: 'learning.no_playback' });
	});

	test('the position proves nothing and comes back on the next device', async ({ ctx }) => {
		const world = await aLearningWorld(ctx, { lecturesS: [100] });
		const device = await aDevice(ctx, world, 0);
		await device.beat(5, [[70, 75]]);
		const { view } = await getLessonForLearner(as(ctx, world.learner), world.participationId, world.lessonIds[0]!);
		expect(view).toMatchObject({ resumeAtS: 75, coveragePercent: 5, isComplete: false });
	});
});

describe('a class', () => {
	test('is complete only with its last required lesson, once, also when both finish together', async ({ ctx }) => {
		const world = await aLearningWorld(ctx, { lecturesS: [20], withDocument: true });
		const learner = as(ctx, world.learner);
		const [lecture, document] = world.lessonIds as [string, string];
		expect(await completion(ctx, world)).toBeNull();
		const reading = markLessonRead(learner, { participationId: world.participationId, lessonId: document });
		await Promise.all([reading, watchWhole(ctx, world, 0, 20, lecture)]);
		expect(await completion(ctx, world)).toBe('2026-11-20');
	});

	test('does not let a lecture be ticked off by hand', async ({ ctx }) => {
		const world = await aLearningWorld(ctx, { lecturesS: [20] });
		const input = { participationId: world.participationId, lessonId: world.lessonIds[0]! };
		await expect(markLessonRead(as(ctx, world.learner), input)).rejects.toMatchObject({
			code: 'learning.watch_to_complete'
		});
	});

	test('keeps later lessons shut while it is sequential', async ({ ctx }) => {
		const world = await aLearningWorld(ctx, { lecturesS: [20, 20], isSequential: true });
		await expect(aDevice(ctx, world, 0, world.lessonIds[1])).rejects.toMatchObject({
			code: 'learning.earlier_lesson_first'
		});
		await watchWhole(ctx, world, 0, 20);
		await expect(aDevice(ctx, world, 60, world.lessonIds[1])).resolves.toBeDefined();
	});

	test('credits nothing after it ended, and its lessons can still be seen', async ({ ctx }) => {
		const world = await aLearningWorld(ctx, { lecturesS: [20] });
		const device = await aDevice(ctx, world, 0);
		await ctx.db.update(trainingActivities).set({ status: 'ended', endedOn: '2026-11-20' });
		await device.beat(20, [[0, 20]]);
		expect(await completion(ctx, world)).toBeNull();
		await expect(aDevice(ctx, world, 30)).rejects.toMatchObject({ code: 'learning.class_closed' });
		const { view } = await getLessonForLearner(as(ctx, world.learner), world.participationId, world.lessonIds[0]!);
		expect(view.access).toBe('closed');
	});

	test('shows the lesson begun last as the next one, and the class in the record when done', async ({ ctx }) => {
		const world = await aLearningWorld(ctx, { lecturesS: [20, 20, 20] });
		const learner = as(ctx, world.learner);
		expect((await getLearnerHome(learner)).next).toMatchObject({ lessonId: world.lessonIds[0], hasBegun: false });
		await (await aDevice(ctx, world, 0, world.lessonIds[1])).beat(5, [[0, 5]]);
		expect((await getLearnerHome(learner)).next).toMatchObject({ lessonId: world.lessonIds[1], hasBegun: true });
		for (const [i, lessonId] of world.lessonIds.entries()) await watchWhole(ctx, world, 100 + i * 50, 20, lessonId);
		const home = await getLearnerHome(learner);
		expect(home.next).toBeNull();
		expect(home.classes).toMatchObject([{ lessonsDone: 3, lessonsRequired: 3, completedOn: '2026-11-20' }]);
		expect(await getLearningRecord(learner)).toMatchObject({ years: [{ year: '2026', periods: 8 }] });
	});

	test("of somebody else's is not found", async ({ ctx }) => {
		const world = await aLearningWorld(ctx, { lecturesS: [20] });
		const stranger = as(ctx, { ...world.learner, personId: '00000000-0000-4000-8000-000000000000' } as never);
		await expect(getLessonForLearner(stranger, world.participationId, world.lessonIds[0]!)).rejects.toMatchObject({
			code: 'learning.no_class'
		});
	});
});
