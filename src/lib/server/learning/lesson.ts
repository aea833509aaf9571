import { getCourseOutline, getLesson } from '../catalogue/queries.ts';
import { listTracks } from '../lectures/media.ts';
import { getReadyRevision } from '../lectures/queries.ts';
import type { Context } from '../platform/context.ts';
import { lessonSize } from './lesson-size.ts';
import { getOwnClass, ownPersonId, type OutlineLesson } from './own-class.ts';
import { assertUnlocked, findLesson, isLocked, lessonsOf } from './progress.ts';
import { getReach, getResumePosition, listStandings } from './queries.ts';
import { getScormStanding } from './scorm.ts';
import { coveragePercent } from '#lib/learning/coverage.ts';

/** A lesson in the class's table of contents, as this learner stands in it. */
export type OutlineEntry = Readonly<
	Pick<OutlineLesson, 'lessonId' | 'title' | 'kind' | 'isRequired' | 'minutes'> & {
		isComplete: boolean;
		isLocked: boolean;
		hasBegun: boolean;
	}
>;

/** The learner's page of a class: facts, table of contents with standings. */
export async function getClassForLearner(ctx: Context, participationId: string) {
	const own = await getOwnClass(ctx, participationId);
	const outline = await getCourseOutline(ctx.db, own.courseVersionId);
	const standings = new Map((await listStandings(ctx.db, [participationId])).map((each) => [each.lessonId, each]));
	const done = new Set([...standings.values()].filter((each) => each.isComplete).map((each) => each.lessonId));
	const entry = (lesson: OutlineLesson): OutlineEntry => ({
		lessonId: lesson.lessonId,
		title: lesson.title,
		kind: lesson.kind,
		isRequired: lesson.isRequired,
		minutes: lesson.minutes,
		isComplete: done.has(lesson.lessonId),
		isLocked: isLocked(outline, lesson.lessonId, done),
		hasBegun: standings.has(lesson.lessonId)
	});
	return {
		participationId,
		class: own.participation,
		access: own.access,
		summary: outline.version.summary,
		threshold: outline.version.coverageThreshold,
		modules: outline.modules.map((module) => ({ ...module, lessons: module.lessons.map(entry) })),
		required: lessonsOf(outline).filter((lesson) => lesson.isRequired).length,
		requiredDone: lessonsOf(outline).filter((lesson) => lesson.isRequired && done.has(lesson.lessonId)).length
	};
}

/**
 * A lesson as its learner sees it, with what comes before and after.
 * @throws {DomainError} `not_found`; `conflict` while an earlier lesson comes first
 */
export async function getLessonForLearner(ctx: Context, participationId: string, lessonId: string) {
	const own = await getOwnClass(ctx, participationId);
	const outline = await getCourseOutline(ctx.db, own.courseVersionId);
	const lesson = findLesson(outline, lessonId);
	const standings = new Map((await listStandings(ctx.db, [participationId])).map((each) => [each.lessonId, each]));
	const done = new Set([...standings.values()].filter((each) => each.isComplete).map((each) => each.lessonId));
	assertUnlocked(outline, lesson, done);
	const content = await getLesson(ctx.db, own.courseVersionId, lessonId);
	const revision = lesson.lectureId ? await getReadyRevision(ctx.db, lesson.lectureId) : undefined;
	const all = lessonsOf(outline);
	const at = all.indexOf(lesson);
	const standing = standings.get(lessonId);
	const isBound = lesson.preventsSkipping && revision && own.access === 'open' && !done.has(lessonId);
	const totalS = Math.max(1, Math.floor(revision?.durationS ?? 0));
	return {
		revision,
		content,
		view: {
			participationId,
			lessonId,
			title: lesson.title,
			kind: lesson.kind,
			classTitle: own.participation.title,
			moduleTitle: content.moduleTitle,
			access: own.access,
			bodyHtml: content.bodyHtml,
			url: content.url,
			durationS: revision?.durationS ?? null,
			hasVideo: revision?.hasVideo ?? false,
			hasThumbnails: Boolean(revision?.storyboard),
			/** Only its smallest quality can be watched yet. */
			isGrowing: revision ? revision.state !== 'ready' : false,
			size: revision ? lessonSize(revision) : null,
			...(lesson.lectureId ? await listTracks(ctx.db, lesson.lectureId) : { captions: [], chapters: [] }),
			threshold: outline.version.coverageThreshold,
			/** Where moving ahead ends, seconds; null where the learner may move freely. */
			reachS: isBound ? await getReach(ctx.db, { participationId, lessonId, revision: revision.revision }) : null,
			resumeAtS: await getResumePosition(ctx.db, ownPersonId(ctx.actor), lessonId),
			coveragePercent: revision ? coveragePercent(standing?.watchedS ?? 0, totalS) : 0,
			isComplete: done.has(lessonId),
			scorm: lesson.kind === 'scorm' ? await getScormStanding(ctx, participationId, own, lesson) : null,
			savedAt: standing?.savedAt ?? null,
			completedOn: own.participation.completedOn,
			position: at + 1,
			count: all.length,
			previous: all[at - 1] ? link(all[at - 1]!) : null,
			next: all[at + 1] ? { ...link(all[at + 1]!), isLocked: isLocked(outline, all[at + 1]!.lessonId, done) } : null
		}
	};
}

function link({ lessonId, title }: OutlineLesson): { lessonId: string; title: string } {
	return { lessonId, title };
}
