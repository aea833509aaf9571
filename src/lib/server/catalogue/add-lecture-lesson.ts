import { asc, eq } from 'drizzle-orm';
import { sourceKey, type LectureTarget } from '../lectures/keys.ts';
import { finishUpload } from '../lectures/service.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { getNewestVersion } from './access.ts';
import { beginLessonUpload } from './lessons.ts';
import { addLesson, addModule } from './structure.ts';
import { courses, modules } from './tables.ts';

/**
 * Puts a local file as a new lecture lesson at the end of a course's draft and queues its transcoding; for the command line.
 * @throws {DomainError} `not_found` for an unknown code; `conflict` when the newest version cannot be written to
 */
export async function addLectureLesson(
	ctx: Context,
	lecture: { code: string; title: string; source: { path: string; name: string; sizeBytes: number } }
): Promise<{ target: LectureTarget; lessonId: string }> {
	const { code, title, source } = lecture;
	const [course] = await ctx.db.select({ id: courses.id }).from(courses).where(eq(courses.code, code.toUpperCase()));
	if (!course) throw new DomainError('not_found', 'catalogue.no_such_course');
	const moduleId = (await lastModule(ctx, course.id)) ?? (await addModule(ctx, course.id, title)).moduleId;
	const { lessonId, lessonVersionId } = await addLesson(ctx, course.id, { moduleId, title, kind: 'lecture' });
	const target = await beginLessonUpload(ctx, { courseId: course.id, lessonVersionId });
	const key = sourceKey(target.lectureId, target.revision);
	await ctx.storage.putFile(key, source.path, { contentType: 'application/octet-stream' });
	await finishUpload(ctx, target, { name: source.name, sizeBytes: source.sizeBytes });
	return { target, lessonId };
}

async function lastModule(ctx: Context, courseId: string): Promise<string | undefined> {
	const { id } = await getNewestVersion(ctx.db, courseId);
	const rows = await ctx.db
		.select({ id: modules.id })
		.from(modules)
		.where(eq(modules.courseVersionId, id))
		.orderBy(asc(modules.position));
	return rows.at(-1)?.id;
}
