import { getCourseOutline } from '../catalogue/queries.ts';
import { masterOf, playlistOf, trackOf } from '../lectures/media.ts';
import { getReadyRevision } from '../lectures/queries.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { getOwnClass } from './own-class.ts';
import { assertUnlocked, findLesson } from './progress.ts';
import { listCompletedLessonIds } from './queries.ts';

/**
 * The lecture behind a lesson of the learner's own class. Asked for with every playlist, so that leaving a class ends
 * access when the signed links of the last playlist run out.
 * @throws {DomainError} `not_found`, or `conflict` before the class's first day or while an earlier lesson comes first
 */
async function getOwnLecture(ctx: Context, participationId: string, lessonId: string) {
	const own = await getOwnClass(ctx, participationId);
	if (own.access === 'not_yet') throw new DomainError('conflict', 'learning.class_not_yet');
	const outline = await getCourseOutline(ctx.db, own.courseVersionId);
	const lesson = findLesson(outline, lessonId);
	assertUnlocked(outline, lesson, await listCompletedLessonIds(ctx.db, participationId));
	const revision = lesson.lectureId ? await getReadyRevision(ctx.db, lesson.lectureId) : undefined;
	if (!revision) throw new DomainError('not_found', 'learning.lecture_not_ready');
	return revision;
}

/** Master playlist; `uriFor` gives the address of a rendition's or a caption language's own playlist. */
export async function getMasterPlaylist(
	ctx: Context,
	{ participationId, lessonId }: { participationId: string; lessonId: string },
	uriFor: (rendition: string) => string
): Promise<string> {
	return masterOf(ctx.db, await getOwnLecture(ctx, participationId, lessonId), uriFor);
}

/** A rendition's playlist with a short-lived signed address in it. */
export async function getRenditionPlaylist(
	ctx: Context,
	{ participationId, lessonId, rendition }: { participationId: string; lessonId: string; rendition: string }
): Promise<string> {
	return playlistOf(ctx, await getOwnLecture(ctx, participationId, lessonId), rendition);
}

/** Captions or chapters as WebVTT, by the name of the track (`vi`, `chapters`). */
export async function getTextTrack(
	ctx: Context,
	{ participationId, lessonId, name }: { participationId: string; lessonId: string; name: string }
): Promise<string> {
	return trackOf(ctx, await getOwnLecture(ctx, participationId, lessonId), name);
}
