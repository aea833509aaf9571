import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { compareItems, type ItemChange } from '#lib/scorm/revision-match.ts';
import { nextOpening } from '#lib/scorm/runtime/grading.ts';
import { recordAudit } from '../audit/record.ts';
import {
	adoptLessonRevision,
	getLessonRevision,
	listRenewedLessons,
	type VersionBehind
} from '../catalogue/package-revisions.ts';
import { can } from '../identity/permissions.ts';
import { within, type Context } from '../platform/context.ts';
import { attempts } from '../scorm/runtime-tables.ts';
import { sideOf } from '../scorm/runtime/carry.ts';
import { participations, trainingActivities } from '../training/tables.ts';
import type { CourseOutline } from './own-class.ts';
import { scormRegistrations } from './scorm-tables.ts';

/** How the learners of a class are met by a new revision: what happens to each, by what comes when they open the lesson. */
type RevisionEffect = Readonly<{
	/** Have not opened the lesson: begin with the new revision. */
	notBegun: number;
	/** On their way: the attempt goes on with the earlier revision to its end. */
	goesOn: number;
	/** Completed: what was reached stays, and the new revision is opened with it. */
	carried: number;
	/** The lesson's settings ask for a fresh attempt: it is one at the new revision, from the start. */
	fresh: number;
	/** No attempt left: they may look at the earlier revision, and what was reached stays. */
	stays: number;
}>;

/** An open class that learns with an earlier revision. */
type ClassBehind = Readonly<{ id: string; title: string; organiserName: string; people: number }> & RevisionEffect;

/** One earlier revision against the new one, with the open classes that use it. */
type RevisionComparison = Readonly<{
	revision: number;
	items: readonly ItemChange[];
	classes: readonly ClassBehind[];
}>;

/**
 * What a new revision of a lesson's package changes, before it is given to anybody: items one by one, and the learners of
 * every open class of the course. Names nobody: authors need not be entitled to the classes of other units.
 * @throws {DomainError} as getLessonRevision
 */
export async function getRevisionChange(ctx: Context, courseId: string, lessonId: string) {
	const lesson = await getLessonRevision(ctx, courseId, lessonId);
	const { course, newest, target, behind, settings, lessonTitle } = lesson;
	const isLive = newest.status === 'published';
	const comparisons: RevisionComparison[] = [];
	if (target) {
		const after = await sideOf(ctx.db, target, settings.organization);
		const classes = await listClasses(ctx, lessonId, behind, target.revision);
		const last = behind.at(-1);
		for (const revision of new Set(behind.map((each) => each.revision))) {
			const own = behind.filter((each) => each.revision === revision);
			const learning = classes.filter(({ version }) => own.includes(version));
			if (learning.length === 0 && (revision !== last?.revision || isLive)) continue;
			const before = await sideOf(ctx.db, { ...target, revision }, own.at(-1)!.settings.organization);
			comparisons.push({
				revision,
				items: compareItems(before, after),
				classes: learning.map(({ version: _, ...facts }) => facts)
			});
		}
	}
	return {
		...{ code: course.code, courseTitle: newest.title, lessonTitle, isLive, comparisons },
		revision: target?.revision ?? null,
		mayEdit: can(ctx.actor, 'course:author'),
		mayAdopt: can(ctx.actor, 'course:author') && isLive && comparisons.length > 0
	};
}

/**
 * SCORM lessons of a version that show another revision than classes learn with; of a published one only those with open
 * classes. The caller has checked that the reader may see the version.
 */
export async function findRenewedLessons(
	ctx: Context,
	outline: CourseOutline
): Promise<{ lessonId: string; title: string }[]> {
	const renewed: { lessonId: string; title: string }[] = [];
	for (const { lessonId, title, revision, behind } of await listRenewedLessons(ctx.db, outline)) {
		const isLive = outline.version.status === 'published';
		if (!isLive || (await listClasses(ctx, lessonId, behind, revision)).length > 0) renewed.push({ lessonId, title });
	}
	return renewed;
}

async function listClasses(ctx: Context, lessonId: string, behind: readonly VersionBehind[], revision: number) {
	if (behind.length === 0) return [];
	const isOpen = inArray(trainingActivities.status, ['planned', 'ongoing']);
	const versionIds = behind.map(({ courseVersionId }) => courseVersionId);
	const rows = await ctx.db
		.select({
			id: trainingActivities.id,
			title: trainingActivities.title,
			courseVersionId: trainingActivities.courseVersionId,
			organiserName: sql<string>`coalesce((select v.name from unit_version v
				where v.unit_id = training_activity.organiser_unit_id order by v.valid_from desc limit 1), '')`,
			people: sql<number>`(select count(*)::integer from participation p
				where p.activity_id = training_activity.id and p.voided_at is null)`
		})
		.from(trainingActivities)
		.where(and(inArray(trainingActivities.courseVersionId, versionIds), isOpen))
		.orderBy(asc(trainingActivities.startsOn), asc(trainingActivities.title));
	const learners = await listLearners(
		ctx,
		lessonId,
		rows.map(({ id }) => id)
	);
	return rows.map(({ courseVersionId, ...facts }) => {
		const version = behind.find((each) => each.courseVersionId === courseVersionId)!;
		const own = learners.filter(({ activityId }) => activityId === facts.id);
		return { ...facts, version, ...effectOn(own, version, revision, facts.people) };
	});
}

type Learner = Readonly<{ activityId: string; extraAttempts: number; attempts: (typeof attempts.$inferSelect)[] }>;

/** Everybody who has opened the lesson in one of these classes, with the attempts that count. */
async function listLearners(ctx: Context, lessonId: string, activityIds: readonly string[]): Promise<Learner[]> {
	if (activityIds.length === 0) return [];
	const rows = await ctx.db
		.select({
			registrationId: scormRegistrations.id,
			activityId: participations.activityId,
			extraAttempts: scormRegistrations.extraAttempts,
			attempt: attempts
		})
		.from(scormRegistrations)
		.innerJoin(participations, eq(participations.id, scormRegistrations.participationId))
		.innerJoin(attempts, and(eq(attempts.registrationId, scormRegistrations.id), isNull(attempts.voidedAt)))
		.where(
			and(
				eq(scormRegistrations.lessonId, lessonId),
				inArray(participations.activityId, [...activityIds]),
				isNull(participations.voidedAt)
			)
		)
		.orderBy(asc(attempts.number));
	const learners = new Map<string, Learner>();
	for (const { registrationId, attempt, ...facts } of rows) {
		const learner = learners.get(registrationId) ?? { ...facts, attempts: [] };
		learner.attempts.push(attempt);
		learners.set(registrationId, learner);
	}
	return [...learners.values()];
}

function effectOn(
	learners: readonly Learner[],
	{ settings }: VersionBehind,
	revision: number,
	people: number
): RevisionEffect {
	const effect = { notBegun: people - learners.length, goesOn: 0, carried: 0, fresh: 0, stays: 0 };
	for (const { attempts: own, extraAttempts } of learners) {
		const { opening, isCarried } = nextOpening(own, settings, extraAttempts, revision);
		if (opening === 'new') effect[isCarried ? 'carried' : 'fresh']++;
		else effect[opening === 'continue' ? 'goesOn' : 'stays']++;
	}
	return effect;
}

/**
 * "Dùng gói mới cho các lớp đang mở": attempts that begin from now on in open classes of earlier versions are at the
 * published revision. Attempts under way keep theirs to the end, and nothing that was completed is taken back.
 * @param seen the revision whose consequences the actor saw
 * @returns how many classes have a new package now
 * @throws {DomainError} as adoptLessonRevision
 */
export async function adoptRevision(
	ctx: Context,
	{ courseId, lessonId, seen }: { courseId: string; lessonId: string; seen: number }
): Promise<{ classes: number }> {
	return ctx.db.transaction(async (tx) => {
		const { course, behind } = await adoptLessonRevision(within(ctx, tx), tx, { courseId, lessonId, seen });
		const classes = (await listClasses(within(ctx, tx), lessonId, behind, seen)).length;
		const versions = behind.map(({ number, revision }) => ({ version: number, revision }));
		const facts = { objectId: courseId, unitId: course.unitId, lessonId, revision: seen, before: versions, classes };
		await recordAudit(ctx, tx, 'course.revision_adopted', facts);
		return { classes };
	});
}
