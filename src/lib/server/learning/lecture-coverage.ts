import { sql } from 'drizzle-orm';
import { getLessonForAuthor } from '../catalogue/editor.ts';
import { getReadyRevision } from '../lectures/queries.ts';
import type { Context } from '../platform/context.ts';

/** How a lecture was watched by all who began it, without names. `learners` may be a fraction: seconds over seconds. */
export type LectureCoverage = Readonly<{
	learners: number;
	completed: number;
	stretches: readonly { fromS: number; toS: number; learners: number }[];
}>;

const STRETCHES = 20;

/**
 * Which parts of a lecture are watched and where people leave, over all classes that use the lesson, for its authors.
 * Counts distinct seconds of the file that is shown now; a second is not counted twice when it is watched again.
 * @throws {DomainError} `not_found` outside the actor's units
 */
export async function getLectureCoverage(ctx: Context, courseId: string, lessonId: string) {
	const { course, version, lesson } = await getLessonForAuthor(ctx, courseId, lessonId);
	const revision = lesson.lectureId ? await getReadyRevision(ctx.db, lesson.lectureId) : undefined;
	const names = { lessonTitle: lesson.title, trail: `${course.code} – ${version.title}` };
	if (!revision) return { ...names, coverage: undefined };
	return {
		...names,
		coverage: await readCoverage(ctx, lessonId, revision.revision, Math.floor(revision.durationS ?? 0))
	};
}

async function readCoverage(
	ctx: Context,
	lessonId: string,
	revision: number,
	totalS: number
): Promise<LectureCoverage> {
	const [counts] = await ctx.db.execute<{ learners: number; completed: number }>(sql`
		select count(*)::int as learners, count(*) filter (where completed_at is not null)::int as completed
		from lesson_progress p join participation q on q.id = p.participation_id and q.voided_at is null
		where p.lesson_id = ${lessonId}`);
	const count = Math.max(1, Math.min(STRETCHES, totalS));
	const rows = await ctx.db.execute<{ from_s: number; to_s: number; learners: number }>(sql`
		with stretch as (
			select (i * ${totalS}::int / ${count}::int) as from_s, ((i + 1) * ${totalS}::int / ${count}::int) as to_s
			from generate_series(0, ${count}::int - 1) as i
		)
		select from_s, to_s, (coalesce(sum(w.seconds), 0)::float8 / greatest(1, to_s - from_s)) as learners
		from stretch left join lateral (
			select upper(r) - lower(r) as seconds
			from watch_coverage c join participation q on q.id = c.participation_id and q.voided_at is null,
				unnest(c.watched * int4multirange(int4range(from_s, to_s))) as r
			where c.lesson_id = ${lessonId} and c.lecture_revision = ${revision}
		) w on true
		group by from_s, to_s order by from_s`);
	return {
		learners: counts?.learners ?? 0,
		completed: counts?.completed ?? 0,
		stretches: rows.map((row) => ({ fromS: row.from_s, toS: row.to_s, learners: row.learners }))
	};
}
