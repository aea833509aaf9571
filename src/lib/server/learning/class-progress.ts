import { sql } from 'drizzle-orm';
import { coursePercent } from '#lib/training/completion.ts';
import { getCourseOutline } from '../catalogue/queries.ts';
import { authorise } from '../identity/permissions.ts';
import type { Context } from '../platform/context.ts';
import { getClass } from '../training/access.ts';

/**
 * How far everyone who began an online class is: participation → whole percent of the course. Who is missing has not
 * begun. Empty for classes without a course.
 * @throws {DomainError} `not_found` outside the actor's classes
 */
export async function getClassProgress(ctx: Context, activityId: string): Promise<Record<string, number>> {
	const activity = await getClass(ctx.db, authorise(ctx.actor, 'training:read'), activityId);
	if (!activity.courseVersionId) return {};
	const outline = await getCourseOutline(ctx.db, activity.courseVersionId);
	const lessons = outline.modules.flatMap((module) => module.lessons);
	const rows = await ctx.db.execute<{ id: string; done: string[] }>(sql`
		select participation.id, array_agg(progress.lesson_id) filter (where progress.completed_at is not null) as done
		from participation join lesson_progress progress on progress.participation_id = participation.id
		where participation.activity_id = ${activityId} and participation.voided_at is null
		group by participation.id`);
	const entries = rows.map(({ id, done }): [string, number] => {
		const complete = new Set(done ?? []);
		const states = lessons.map(({ lessonId, isRequired }) => ({ isRequired, isComplete: complete.has(lessonId) }));
		return [id, coursePercent(states)];
	});
	return Object.fromEntries(entries);
}
