import { type SQL, sql } from 'drizzle-orm';
import type { TargetsFilter } from '#lib/indicators/input.ts';
import type { Context } from '../platform/context.ts';
import { attendeeCount, trainedCondition } from '../training/qualifying.ts';
import { activityCtes } from './activities-sql.ts';
import { mayOpen, pageOf, range, type Listing } from './list-page.ts';
import { namedOn, selectTargets, type Selection } from './selection.ts';

/** A qualifying activity with its numbers. */
export type ActivityRow = Readonly<{
	activityId: string;
	title: string;
	organiser: string;
	organiserCode: string;
	mode: string;
	documentNo: string | null;
	approver: string | null;
	startsOn: string;
	endedOn: string;
	teachingPeriods: string;
	attendees: number;
	completed: number;
	evidenceCount: number;
	isCounted: boolean;
	isEarly: boolean;
	/** Another class of the same name, organiser and day counts too: one class may have been split. */
	hasTwin: boolean;
	isClassOpen: boolean;
}>;

/** The activities behind a figure of the online share. */
export async function listTargetActivities(
	ctx: Context,
	filter: TargetsFilter,
	{ isExport = false } = {}
): Promise<Listing<ActivityRow>> {
	const selection = await selectTargets(ctx, filter);
	const ctes = filter.mode === 'external' ? externalCtes(selection, filter) : activityCtes(selection, filter);
	const where = activityWhere(filter);
	const { limit, offset } = range(filter.page, isExport);
	const [[count], rows] = await Promise.all([
		ctx.db.execute<{ total: number }>(sql`with ${ctes} select count(*)::int as total from act where ${where}`),
		ctx.db.execute<ActivityRow>(sql`
			with ${ctes},
			listed as (select * from act where ${where} order by act.ended_on desc, act.id limit ${limit} offset ${offset})
			select a.id as "activityId", a.title, v.name as organiser, u.code as "organiserCode", a.mode, a.document_no as "documentNo",
				a.approver, a.starts_on::text as "startsOn", l.ended_on::text as "endedOn", a.teaching_periods::text as "teachingPeriods",
				${attendeeCount(sql`a`)} as attendees,
				(select count(*) from participation pt where pt.activity_id = a.id and pt.voided_at is null
					and pt.completed_on <= ${selection.window.to}::date)::int as completed,
				(select count(*) from evidence_file e where e.activity_id = a.id and e.voided_at is null)::int as "evidenceCount",
				l.is_counted as "isCounted", l.is_early as "isEarly",
				exists (select 1 from training_activity twin join act on act.id = twin.id where twin.id <> a.id
					and twin.organiser_unit_id = a.organiser_unit_id and twin.ended_on = a.ended_on
					and fold(twin.title) = fold(a.title)) as "hasTwin", ${mayOpen(ctx)} as "isClassOpen"
			from listed l join training_activity a on a.id = l.id join unit u on u.id = a.organiser_unit_id
			${namedOn(selection.window.to)}
			order by l.ended_on desc, l.id`)
	]);
	return pageOf(selection, [...rows], count?.total ?? 0, filter.page);
}

function externalCtes({ window, unit, rule }: Selection, { isDirect }: TargetsFilter): SQL {
	const within = isDirect ? sql`u.path = ${unit.path}::ltree` : sql`u.path <@ ${unit.path}::ltree`;
	return sql`act as materialized (
		select a.id, a.organiser_unit_id as unit_id, a.mode, coalesce(a.ended_on, a.due_on) as ended_on,
			a.mode in ('online_self_paced', 'online_live') as is_online, false as is_counted, false as is_early
		from training_activity a
		where a.source = 'external' and ${trainedCondition(rule, sql`a`)}
			and coalesce(a.ended_on, a.due_on) between ${window.from}::date and ${window.to}::date
			and a.organiser_unit_id in (select u.id from unit u where ${within}))`;
}

function activityWhere({ mode, by }: TargetsFilter): SQL {
	const conditions = [by ? sql`act.ended_on <= ${by}::date` : sql`true`];
	if (mode === 'online') conditions.push(sql`act.is_online`);
	if (mode === 'counted') conditions.push(sql`act.is_counted`);
	if (mode === 'hybrid' || mode === 'in_person') conditions.push(sql`act.mode = ${mode}`);
	if (mode === 'before_decision') conditions.push(sql`act.is_early`);
	return sql.join(conditions, sql` and `);
}
