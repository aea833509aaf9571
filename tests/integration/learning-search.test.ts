import { eq, sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { courses, courseVersions, lessonVersions } from '#lib/server/catalogue/tables.ts';
import type { Actor } from '#lib/server/identity/actor.ts';
import { setCaptionState, uploadCaptions } from '#lib/server/lectures/captions.ts';
import { lectureLearnersSheet, listLectureLearners } from '#lib/server/learning/lecture-learners.ts';
import { getLectureCoverage } from '#lib/server/learning/lecture-coverage.ts';
import { searchTranscripts } from '#lib/server/learning/search.ts';
import { lessonProgress, watchCoverage } from '#lib/server/learning/tables.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aLearningWorld } from '../support/learning-world.ts';
import { units } from '#lib/server/organisation/tables.ts';
import { trainingActivities } from '#lib/server/training/tables.ts';
import { as, NOW, test } from '../support/test.ts';

/** A class of two lectures; what is said in them. */
async function aWorld(ctx: Context, isSequential = false) {
	const world = await aLearningWorld(ctx, { lecturesS: [60, 60], isSequential });
	const rows = await ctx.db.select().from(lessonVersions).orderBy(lessonVersions.position);
	const trainer: Actor = {
		kind: 'account',
		accountId: world.accountId,
		displayName: 'Giảng viên',
		grants: [{ role: 'trainer', unitId: world.unitId, unitPath: '1' }]
	};
	for (const [i, { lectureId }] of rows.entries()) {
		const text = `00:00:0${i + 1}.500 --> 00:00:09.000\nĐọc đúng chỉ tiêu của Đề án, bài ${i + 1}`;
		await uploadCaptions(as(ctx, trainer), lectureId!, { language: 'vi', file: new File([text], 'x.vtt') });
	}
	return {
		world,
		trainer: as(ctx, trainer),
		learner: as(ctx, world.learner),
		lectureIds: rows.map((row) => row.lectureId!)
	};
}

describe('search in what is said', () => {
	test.for(['chỉ tiêu của Đề án', 'chi tieu cua de an', 'CHI TIEU'])(
		'%s is found, and leads to its second',
		async (asked, { ctx }) => {
			const { world, learner } = await aWorld(ctx);
			const hits = await searchTranscripts(learner, asked);
			expect(hits.map(({ lessonId, atS }) => [lessonId, atS])).toEqual([
				[world.lessonIds[0], 1],
				[world.lessonIds[1], 2]
			]);
			expect(hits[0]).toMatchObject({ participationId: world.participationId, lessonTitle: 'Bài 1' });
		}
	);

	test('nothing is found for one letter, in hidden captions, or with the signs of a pattern', async ({ ctx }) => {
		const { trainer, learner, lectureIds } = await aWorld(ctx);
		for (const asked of ['đ', '%%', 'chỉ%tiêu']) expect(await searchTranscripts(learner, asked)).toEqual([]);
		for (const lectureId of lectureIds) await setCaptionState(trainer, lectureId, { language: 'vi', state: 'draft' });
		expect(await searchTranscripts(learner, 'chỉ tiêu')).toEqual([]);
	});

	test('a lesson that waits for an earlier one is not searched', async ({ ctx }) => {
		const { world, learner } = await aWorld(ctx, true);
		expect((await searchTranscripts(learner, 'chỉ tiêu')).map(({ lessonId }) => lessonId)).toEqual([
			world.lessonIds[0]
		]);
	});
});

test('the trainer sees which parts of a lecture are watched, and by whom in classes of the own units', async ({
	ctx
}) => {
	const { world, trainer } = await aWorld(ctx);
	const lessonId = world.lessonIds[0]!;
	const { participationId } = world;
	await ctx.db.insert(lessonProgress).values({ participationId, lessonId, startedAt: NOW, savedAt: NOW });
	await ctx.db.insert(watchCoverage).values({
		participationId,
		lessonId,
		lectureRevision: 1,
		watched: sql`'{[0,30),[57,60)}'` as never,
		creditedAt: NOW
	});
	const [version] = await ctx.db.select().from(courseVersions).where(eq(courseVersions.id, world.courseVersionId));
	const { coverage } = await getLectureCoverage(trainer, version!.courseId, lessonId);
	expect(coverage).toMatchObject({ learners: 1, completed: 0 });
	expect(coverage!.stretches).toHaveLength(20);
	expect(coverage!.stretches.map(({ learners }) => learners)).toEqual([
		...Array<number>(10).fill(1),
		...Array<number>(9).fill(0),
		1
	]);
	expect(JSON.stringify(coverage)).not.toContain(world.personId);
	expect(await listLectureLearners(trainer, version!.courseId, lessonId, 1)).toMatchObject({
		...{ total: 1, page: 1, pageCount: 1 },
		rows: [{ fullName: 'Nguyễn Thị Lan', unitName: 'UBND xã Minh Tâm', percent: 55, isComplete: false, savedAt: NOW }]
	});
	const sheet = await lectureLearnersSheet(trainer, version!.courseId, lessonId);
	expect(sheet.rows).toEqual([expect.arrayContaining([1, 'Nguyễn Thị Lan', 55, 'Chưa'])]);
	const [elsewhere] = await ctx.db.insert(units).values({ code: 'MH-KHAC', path: '7' }).returning();
	await ctx.db.update(trainingActivities).set({ organiserUnitId: elsewhere!.id });
	expect((await listLectureLearners(trainer, version!.courseId, lessonId, 1)).rows).toEqual([]);
	expect((await lectureLearnersSheet(trainer, version!.courseId, lessonId)).rows).toEqual([]);
	const [stranger] = await ctx.db.select().from(courses);
	await expect(listLectureLearners(as(ctx, world.learner), stranger!.id, lessonId, 1)).rejects.toThrow(/forbidden/i);
	await expect(getLectureCoverage(as(ctx, world.learner), stranger!.id, lessonId)).rejects.toThrow(/forbidden/i);
});
