import { eq } from 'drizzle-orm';
import { can } from '../identity/permissions.ts';
import { listNewestRevisions } from '../lectures/queries.ts';
import { settingsOf } from '#lib/scorm/settings.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { beginLaunch } from '../scorm/runtime/launches.ts';
import { manifestOf, organizationOf } from '../scorm/runtime/manifests.ts';
import { accountOf, getCourse, getNewestVersion } from './access.ts';
import { getCourseOutline } from './outline.ts';
import { getLesson } from './queries.ts';
import { courseVersions } from './tables.ts';
import { listMissing } from './workflow.ts';

/** All that the editor of a course shows: newest version, outline with the states of its lectures, what is missing. */
export async function getCourseForAuthor(ctx: Context, courseId: string) {
	const course = await getCourse(ctx, courseId, 'course:author');
	const newest = await getNewestVersion(ctx.db, courseId);
	const outline = await getCourseOutline(ctx.db, newest.id);
	const lectureIds = outline.modules.flatMap(({ lessons }) => lessons.flatMap(({ lectureId }) => lectureId ?? []));
	const [revisions, missing, versions] = await Promise.all([
		listNewestRevisions(ctx.db, lectureIds),
		listMissing(ctx.db, newest.id),
		ctx.db
			.select({ number: courseVersions.number, status: courseVersions.status, publishedAt: courseVersions.publishedAt })
			.from(courseVersions)
			.where(eq(courseVersions.courseId, courseId))
			.orderBy(courseVersions.number)
	]);
	return {
		course,
		outline,
		missing,
		versions,
		lectureStates: Object.fromEntries(revisions.map(({ lectureId, state }) => [lectureId, state])),
		isEditable: newest.status === 'draft' || newest.status === 'returned'
	};
}

/** One lesson of the newest version for its editor. @throws {DomainError} `not_found` */
export async function getLessonForAuthor(ctx: Context, courseId: string, lessonId: string) {
	const course = await getCourse(ctx, courseId, 'course:author');
	const version = await getNewestVersion(ctx.db, courseId);
	const lesson = await getLesson(ctx.db, version.id, lessonId);
	return { course, version, lesson, isEditable: version.status === 'draft' || version.status === 'returned' };
}

/**
 * The newest version as a learner would see it, for its authors and approvers. A preview credits nothing: it stands outside
 * of any class.
 */
export async function getPreview(ctx: Context, courseId: string) {
	await getCourse(ctx, courseId, 'course:author', 'course:approve');
	const newest = await getNewestVersion(ctx.db, courseId);
	return { ...(await getCourseOutline(ctx.db, newest.id)), isReviewer: !can(ctx.actor, 'course:author') };
}

/** One lesson of {@link getPreview}. @throws {DomainError} `not_found` */
export async function getLessonPreview(ctx: Context, courseId: string, lessonId: string) {
	const preview = await getPreview(ctx, courseId);
	return { ...preview, lesson: await getLesson(ctx.db, preview.version.id, lessonId) };
}

/**
 * Opens the package of a lesson for an author's or approver's look.
 * @throws {DomainError} `not_found`, or `conflict` `scorm.not_ready`
 */
export async function launchPreview(ctx: Context, courseId: string, lessonId: string, sessionId: Buffer) {
	const preview = await getPreview(ctx, courseId);
	const outlined = preview.modules.flatMap(({ lessons }) => lessons).find((each) => each.lessonId === lessonId);
	const { scormSettings } = await getLesson(ctx.db, preview.version.id, lessonId);
	if (!outlined?.packageId || !outlined.packageRevision) throw new DomainError('conflict', 'scorm.not_ready');
	const target = { packageId: outlined.packageId, revision: outlined.packageRevision };
	const settings = settingsOf(scormSettings);
	const organization = organizationOf(await manifestOf(ctx.db, target), settings.organization).identifier;
	return beginLaunch(ctx, ctx.db, {
		...{ ...target, organization, settings, sessionId },
		...{ mode: 'browse', attemptId: null, registrationId: null }
	});
}

/** The newest version for whoever decides about it; `isOwn` when somebody else must. */
export async function getForReview(ctx: Context, courseId: string) {
	const course = await getCourse(ctx, courseId, 'course:approve');
	const newest = await getNewestVersion(ctx.db, courseId);
	const account = accountOf(ctx);
	return {
		outline: await getCourseOutline(ctx.db, newest.id),
		isOwn: account !== null && [course.createdBy, newest.submittedBy].includes(account)
	};
}
