import { sql } from 'drizzle-orm';
import type { SurveyLine } from '#lib/surveys/input.ts';
import { type Audience, AUDIENCES, type LevelCounts, NO_ANSWERS, satisfied, SHOWN_FROM } from '#lib/surveys/survey.ts';
import type { UnitScope } from '../identity/permissions.ts';
import { inScope } from '../organisation/scope.ts';
import type { Database } from '../platform/database.ts';

/** Days `yyyy-mm-dd`, both included. */
export type Window = Readonly<{ from: string; to: string }>;

type Count = [number, number, number, number, number];

const overallLevels = sql.raw(
	`array[${[1, 2, 3, 4, 5].map((level) => `count(*) filter (where r.overall = ${level})::int`).join(', ')}]`
);

/** Classes of the scope that ended in the window and gave out forms, with what their forms say. */
export function listSurveyedClasses(db: Database, scope: UnitScope, { from, to }: Window) {
	return db.execute<{
		activityId: string;
		title: string;
		endedOn: string;
		unitId: string;
		unitName: string;
		lecturers: string | null;
		issued: number;
		returned: number;
		levels: Count;
		lecturerSatisfied: number;
	}>(sql`
		select a.id as "activityId", a.title, a.ended_on as "endedOn", a.organiser_unit_id as "unitId", a.lecturers,
			(select v.name from unit_version v where v.unit_id = u.id order by v.valid_from desc limit 1) as "unitName",
			(select count(*)::int from survey_ticket t join participation p on p.id = t.participation_id
				where t.activity_id = a.id and p.voided_at is null) as issued,
			f.returned, f.levels, f."lecturerSatisfied"
		from class_survey s join training_activity a on a.id = s.activity_id join unit u on u.id = a.organiser_unit_id
		cross join lateral (
			select count(*)::int as returned, ${overallLevels} as levels,
				count(*) filter (where r.lecturer >= 4)::int as "lecturerSatisfied"
			from survey_response r where r.activity_id = a.id) f
		where a.ended_on between ${from}::date and ${to}::date and a.status <> 'cancelled' and ${inScope(sql`u.path`, scope)}
		order by a.ended_on desc, a.id`);
}

/**
 * Biểu 08: trainees of classes that ended in the window, then citizens and businesses who rated a unit of the scope in it.
 * The lines are never summed: the plan's satisfaction target speaks of citizens and businesses only.
 */
export async function summariseSurveys(
	db: Database,
	scope: UnitScope,
	window: Window
): Promise<Readonly<Record<'trainee' | Audience, SurveyLine>>> {
	const [classes, ratings] = await Promise.all([
		listSurveyedClasses(db, scope, window),
		db.execute<{ audience: Audience; level: number; count: number }>(sql`
			select r.audience, r.level, count(*)::int as count from public_rating r join unit u on u.id = r.unit_id
			where r.rated_on between ${window.from}::date and ${window.to}::date and ${inScope(sql`u.path`, scope)}
			group by r.audience, r.level`)
	]);
	const ofAudience = (audience: Audience): SurveyLine => {
		const levels: Count = [0, 0, 0, 0, 0];
		for (const row of ratings) if (row.audience === audience) levels[(row.level - 1) as 0 | 1 | 2 | 3 | 4] = row.count;
		return { issued: null, returned: satisfied(levels).whole, levels };
	};
	const [citizen, business] = AUDIENCES.map(ofAudience) as [SurveyLine, SurveyLine];
	return { trainee: sumOf(classes), citizen, business };
}

/** Several classes as one line; classes with too few forms to show count here, where nobody can be told. */
export function sumOf(classes: readonly { issued: number; returned: number; levels: LevelCounts }[]) {
	const levels = classes.reduce<LevelCounts>(
		(sum, one) => sum.map((count, i) => count + (one.levels[i] ?? 0)) as unknown as LevelCounts,
		NO_ANSWERS
	);
	const total = (pick: 'issued' | 'returned') => classes.reduce((sum, one) => sum + one[pick], 0);
	return { issued: total('issued'), returned: total('returned'), levels };
}

/** True when a line rests on enough forms to be shown. */
export function isShown({ returned }: Pick<SurveyLine, 'returned'>): boolean {
	return returned >= SHOWN_FROM;
}
