import { randomUUID } from 'node:crypto';
import { courses, courseVersions, lessons, lessonVersions, modules } from '#lib/server/catalogue/tables.ts';
import { accounts } from '#lib/server/identity/tables.ts';
import type { Actor } from '#lib/server/identity/actor.ts';
import { lectureRevisions, lectures } from '#lib/server/lectures/tables.ts';
import { affiliations, people, units, unitVersions } from '#lib/server/organisation/tables.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { dayOf, today } from '#lib/server/platform/context.ts';
import { participations, trainingActivities } from '#lib/server/training/tables.ts';

/** A learner in an open online class, and the identifiers tests need. */
export type LearningWorld = Readonly<{
	learner: Actor;
	personId: string;
	accountId: string;
	unitId: string;
	activityId: string;
	participationId: string;
	courseVersionId: string;
	/** In order; lectures first as given, then one document where asked for. */
	lessonIds: string[];
}>;

/**
 * One unit, one person with an account, one published course with lectures of the given lengths (seconds), one open class
 * with that person summoned. Rows are written directly: what leads to them is tested elsewhere.
 */
export async function aLearningWorld(
	ctx: Context,
	options: { lecturesS: number[]; withDocument?: boolean; threshold?: number; isSequential?: boolean }
): Promise<LearningWorld> {
	const { db } = ctx;
	const [unit] = await db
		.insert(units)
		.values({ code: `U-${randomUUID().slice(0, 8)}`, path: '1' })
		.returning();
	await db
		.insert(unitVersions)
		.values({ unitId: unit!.id, name: 'UBND xã Minh Tâm', type: 'commune', validFrom: '2025-07-01' });
	const [person] = await db
		.insert(people)
		.values({ fullName: 'Nguyễn Thị Lan', givenName: 'Lan', searchName: 'nguyen thi lan' })
		.returning();
	await db.insert(affiliations).values({ personId: person!.id, unitId: unit!.id, validFrom: '2025-07-01' });
	const [account] = await db
		.insert(accounts)
		.values({ personId: person!.id, displayName: 'Nguyễn Thị Lan', username: `lan-${randomUUID().slice(0, 8)}` })
		.returning();
	const { courseVersionId, lessonIds } = await aPublishedCourse(ctx, unit!.id, options);
	const [activity] = await db
		.insert(trainingActivities)
		.values({
			kind: 'training',
			title: 'Nhập môn chuyển đổi số',
			organiserUnitId: unit!.id,
			mode: 'online_self_paced',
			courseVersionId,
			documentNo: '12/KH-UBND',
			startsOn: today(ctx),
			dueOn: '2026-12-31',
			teachingPeriods: 8,
			status: 'ongoing'
		})
		.returning();
	const [participation] = await db
		.insert(participations)
		.values({ personId: person!.id, activityId: activity!.id, unitIdThen: unit!.id, summonedOn: today(ctx) })
		.returning();
	return {
		learner: {
			kind: 'account',
			accountId: account!.id,
			personId: person!.id,
			displayName: account!.displayName,
			grants: []
		},
		personId: person!.id,
		accountId: account!.id,
		unitId: unit!.id,
		activityId: activity!.id,
		participationId: participation!.id,
		courseVersionId,
		lessonIds
	};
}

/** One more learner in the same class. */
export async function anotherLearner(
	{ db, now }: Context,
	world: LearningWorld
): Promise<{ personId: string; accountId: string; participationId: string }> {
	const name = { fullName: 'Trần Văn Hùng', givenName: 'Hùng', searchName: 'tran van hung' };
	const [person] = await db.insert(people).values(name).returning();
	await db.insert(affiliations).values({ personId: person!.id, unitId: world.unitId, validFrom: '2025-07-01' });
	const [account] = await db
		.insert(accounts)
		.values({ personId: person!.id, displayName: name.fullName, username: `hung-${randomUUID().slice(0, 8)}` })
		.returning();
	const [participation] = await db
		.insert(participations)
		.values({
			personId: person!.id,
			activityId: world.activityId,
			unitIdThen: world.unitId,
			summonedOn: dayOf(now)
		})
		.returning();
	return { personId: person!.id, accountId: account!.id, participationId: participation!.id };
}

async function aPublishedCourse(
	{ db, now }: Context,
	unitId: string,
	{ lecturesS, withDocument = false, threshold = 90, isSequential = false }: Parameters<typeof aLearningWorld>[1]
): Promise<{ courseVersionId: string; lessonIds: string[] }> {
	const [course] = await db
		.insert(courses)
		.values({ code: `KC-${randomUUID().slice(0, 8)}`, unitId })
		.returning();
	const [version] = await db
		.insert(courseVersions)
		.values({
			courseId: course!.id,
			number: 1,
			status: 'published',
			title: 'Nhập môn',
			teachingPeriods: 8,
			coverageThreshold: threshold,
			isSequential,
			publishedAt: now
		})
		.returning();
	const [module] = await db
		.insert(modules)
		.values({ courseVersionId: version!.id, position: 1, title: 'Bối cảnh' })
		.returning();
	const lessonIds: string[] = [];
	const parts = [...lecturesS.map((durationS) => ({ durationS })), ...(withDocument ? [{ durationS: null }] : [])];
	for (const [position, { durationS }] of parts.entries()) {
		const lectureId = durationS === null ? null : await aReadyLecture({ db }, unitId, durationS);
		const [lesson] = await db.insert(lessons).values({ courseId: course!.id }).returning();
		await db.insert(lessonVersions).values({
			lessonId: lesson!.id,
			moduleId: module!.id,
			position,
			title: `Bài ${position + 1}`,
			kind: durationS === null ? 'document' : 'lecture',
			lectureId
		});
		lessonIds.push(lesson!.id);
	}
	return { courseVersionId: version!.id, lessonIds };
}

async function aReadyLecture({ db }: Pick<Context, 'db'>, unitId: string, durationS: number): Promise<string> {
	const [lecture] = await db.insert(lectures).values({ unitId, title: 'Bài giảng', readyRevision: 1 }).returning();
	await db
		.insert(lectureRevisions)
		.values({ lectureId: lecture!.id, revision: 1, state: 'ready', durationS, hasVideo: true, hasAudio: true });
	return lecture!.id;
}
