import { and, eq } from 'drizzle-orm';
import { settingsOf } from '#lib/scorm/settings.ts';
import { gradeOf, nextOpening, withoutCarried, type NextOpening, type Opening } from '#lib/scorm/runtime/grading.ts';
import { getCourseOutline, getLesson } from '../catalogue/queries.ts';
import type { Context } from '../platform/context.ts';
import { today } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { addAttempt, listAttempts, type Attempt } from '../scorm/runtime/attempts.ts';
import { carryAttempt } from '../scorm/runtime/carry.ts';
import type { Settle } from '../scorm/runtime/commit.ts';
import { beginLaunch, type LaunchAddress } from '../scorm/runtime/launches.ts';
import { manifestOf, organizationOf } from '../scorm/runtime/manifests.ts';
import { markAttended } from '../training/completion.ts';
import { getOwnClass, type OutlineLesson, type OwnClass } from './own-class.ts';
import { assertUnlocked, completeLesson, findLesson } from './progress.ts';
import { listCompletedLessonIds } from './queries.ts';
import { scormRegistrations } from './scorm-tables.ts';
import { lessonProgress } from './tables.ts';

type Where = Readonly<{ participationId: string; lessonId: string }>;
type Registration = typeof scormRegistrations.$inferSelect;

/** How a learner stands in a SCORM lesson, for its page. Scores are 0–1. */
export type ScormStanding = Readonly<{
	/** What opening it will do. */
	opening: Opening | 'not_ready';
	/** The package has a later revision: the last attempt goes on without it, or what it reached comes along. */
	renewal: 'goes_on' | 'carried' | null;
	attempts: readonly Readonly<Pick<Attempt, 'number' | 'completion' | 'success' | 'score' | 'startedAt' | 'savedAt'>>[];
	attemptLimit: number | null;
	grade: number | null;
	needsPass: boolean;
}>;

/** The learner's own standing in a SCORM lesson of an own class; the caller has checked that it is unlocked. */
export async function getScormStanding(
	ctx: Context,
	participationId: string,
	own: OwnClass,
	outlined: OutlineLesson
): Promise<ScormStanding> {
	const lesson = await scormLesson(ctx.db, own.courseVersionId, outlined);
	const registration = await findRegistration(ctx.db, { participationId, lessonId: outlined.lessonId });
	const attempts = registration ? await listAttempts(ctx.db, registration.id) : [];
	const { settings } = lesson;
	const extra = registration?.extraAttempts ?? 0;
	const next = lesson.target && openingFor(own, attempts, settings, extra, lesson.target.revision);
	return {
		opening: next?.opening ?? 'not_ready',
		renewal: next ? renewalOf(next, attempts.at(-1), lesson.target!.revision) : null,
		attempts: withoutCarried(attempts).map(({ number, completion, success, score, startedAt, savedAt }) => ({
			...{ number, completion, success, score, startedAt, savedAt }
		})),
		attemptLimit: settings.attemptLimit === null ? null : settings.attemptLimit + extra,
		grade: gradeOf(
			withoutCarried(attempts).map(({ score }) => score),
			settings.attemptGrade
		),
		needsPass: settings.needsPass
	};
}

function renewalOf(next: NextOpening, last: Attempt | undefined, revision: number): ScormStanding['renewal'] {
	if (next.isCarried) return 'carried';
	return next.opening === 'continue' && last && last.revision < revision ? 'goes_on' : null;
}

/** A class that has ended lets its lessons be seen again, and nothing counts. */
function openingFor(
	own: OwnClass,
	attempts: readonly Attempt[],
	settings: ReturnType<typeof settingsOf>,
	extra: number,
	revision: number
): NextOpening {
	if (own.access === 'open') return nextOpening(attempts, settings, extra, revision);
	const isLocked = settings.lockAfterLast && attempts.at(-1)?.completion === 'completed';
	return { opening: isLocked ? 'locked' : 'review', isCarried: false };
}

/**
 * Opens the package of a SCORM lesson for its learner: goes on with the last attempt or begins one, as the lesson's
 * settings say. After the package was replaced, a completed attempt goes on in one at the new revision.
 * @throws {DomainError} `not_found`; `conflict` when the class has not begun, an earlier lesson comes first, the package is not
 * there or the last attempt is used up
 */
export async function launchScorm(
	ctx: Context,
	{ sessionId, ...where }: Where & { sessionId: Buffer }
): Promise<LaunchAddress> {
	const own = await getOwnClass(ctx, where.participationId);
	if (own.access === 'not_yet') throw new DomainError('conflict', 'learning.class_not_yet');
	const outline = await getCourseOutline(ctx.db, own.courseVersionId);
	const outlined = findLesson(outline, where.lessonId);
	assertUnlocked(outline, outlined, await listCompletedLessonIds(ctx.db, where.participationId));
	const { target, settings } = await scormLesson(ctx.db, own.courseVersionId, outlined);
	if (!target) throw new DomainError('conflict', 'scorm.not_ready');
	const manifest = await manifestOf(ctx.db, target);
	const organization = organizationOf(manifest, settings.organization).identifier;
	return ctx.db.transaction(async (tx) => {
		const registration = await holdRegistration(tx, where);
		const attempts = await listAttempts(tx, registration.id);
		const { extraAttempts } = registration;
		const { opening, isCarried } = openingFor(own, attempts, settings, extraAttempts, target.revision);
		if (opening === 'locked') throw new DomainError('conflict', 'scorm.attempts_used');
		const isNew = opening === 'new';
		if (own.access === 'open') await markBegun(ctx, tx, where);
		const last = attempts.at(-1);
		const begin = () =>
			isCarried && last
				? carryAttempt(ctx, tx, last, { target, settings })
				: addAttempt(ctx, tx, { registrationId: registration.id, ...target, organization });
		const attempt = isNew ? await begin() : last;
		return beginLaunch(ctx, tx, {
			packageId: target.packageId,
			revision: attempt?.revision ?? target.revision,
			organization: attempt?.organization ?? organization,
			mode: opening === 'review' ? 'review' : 'normal',
			attemptId: attempt?.id ?? null,
			registrationId: registration.id,
			settings,
			sessionId
		});
	});
}

/** Completes the lesson at once when its package says that it is done; what it says counts only while the class is open. */
export const settleScormLesson: Settle = async (ctx, tx, launch, standing) => {
	const { needsPass } = launch.settings;
	if (standing.completion !== 'completed' || (needsPass && standing.success !== 'passed')) return;
	const [registration] = await tx
		.select()
		.from(scormRegistrations)
		.where(eq(scormRegistrations.id, launch.registrationId ?? ''));
	if (!registration) return;
	const own = await getOwnClass(ctx, registration.participationId);
	if (own.access !== 'open') return;
	await completeLesson(ctx, tx, registration.participationId, own.courseVersionId, registration.lessonId);
};

/** The package and settings of a lesson; no target while its package is not there. */
async function scormLesson(
	db: Database,
	courseVersionId: string,
	{ lessonId, kind, packageId, packageRevision }: OutlineLesson
) {
	if (kind !== 'scorm') throw new DomainError('not_found', 'learning.no_lesson');
	const { scormSettings } = await getLesson(db, courseVersionId, lessonId);
	const target = packageId && packageRevision ? { packageId, revision: packageRevision } : undefined;
	return { target, settings: settingsOf(scormSettings) };
}

async function findRegistration(db: Database, { participationId, lessonId }: Where): Promise<Registration | undefined> {
	const [found] = await db.select().from(scormRegistrations).where(isOf({ participationId, lessonId }));
	return found;
}

/** The registration, made where there is none and held until the transaction ends: two tabs open one after the other. */
async function holdRegistration(tx: Database, { participationId, lessonId }: Where): Promise<Registration> {
	await tx.insert(scormRegistrations).values({ participationId, lessonId }).onConflictDoNothing();
	const [held] = await tx.select().from(scormRegistrations).where(isOf({ participationId, lessonId })).for('update');
	return held!;
}

const isOf = ({ participationId, lessonId }: Where) =>
	and(eq(scormRegistrations.participationId, participationId), eq(scormRegistrations.lessonId, lessonId));

async function markBegun(ctx: Context, tx: Database, { participationId, lessonId }: Where): Promise<void> {
	await tx
		.insert(lessonProgress)
		.values({ participationId, lessonId, startedAt: ctx.now, savedAt: ctx.now })
		.onConflictDoUpdate({
			target: [lessonProgress.participationId, lessonProgress.lessonId],
			set: { savedAt: ctx.now }
		});
	await markAttended(tx, participationId, today(ctx));
}
