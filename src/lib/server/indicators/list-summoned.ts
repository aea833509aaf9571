import { sql } from 'drizzle-orm';
import type { TargetsFilter } from '#lib/indicators/input.ts';
import { authorise } from '../identity/permissions.ts';
import { peopleInScope } from '../organisation/scope.ts';
import { today, type Context } from '../platform/context.ts';
import { completedBy, summonedCondition } from './completion-rate.ts';
import { mayOpen, pageOf, range, type Listing } from './list-page.ts';
import { namedOn, selectTargets, selectWithPeople } from './selection.ts';

/** A class with the people of the selected units summoned to it. */
export type ClassRow = Readonly<{
	activityId: string;
	title: string;
	organiser: string;
	mode: string;
	status: string;
	startsOn: string;
	endedOn: string | null;
	whole: number;
	part: number;
	isClassOpen: boolean;
}>;

/** The classes behind the completion rate, with the sums of all of them. */
export async function listClasses(
	ctx: Context,
	filter: TargetsFilter,
	{ isExport = false } = {}
): Promise<Listing<ClassRow> & { whole: number; part: number }> {
	const selection = await selectTargets(ctx, filter);
	const { limit, offset } = range(filter.page, isExport);
	const grouped = sql`grouped as (
		select pt.activity_id, count(*)::int as whole, count(*) filter (where ${completedBy(selection)})::int as part
		from participation pt where ${summonedCondition(selection, filter)} group by pt.activity_id)`;
	const [[sums], rows] = await Promise.all([
		ctx.db.execute<{ total: number; whole: number; part: number }>(sql`with ${grouped}
			select count(*)::int as total, coalesce(sum(whole), 0)::int as whole, coalesce(sum(part), 0)::int as part from grouped`),
		ctx.db.execute<ClassRow>(sql`with ${grouped}
			select a.id as "activityId", a.title, v.name as organiser, a.mode, a.status, a.starts_on::text as "startsOn",
				a.ended_on::text as "endedOn", g.whole, g.part, ${mayOpen(ctx)} as "isClassOpen"
			from grouped g join training_activity a on a.id = g.activity_id join unit u on u.id = a.organiser_unit_id
			${namedOn(selection.window.to)}
			order by a.starts_on desc, a.id limit ${limit} offset ${offset}`)
	]);
	const { total = 0, whole = 0, part = 0 } = sums ?? {};
	return { ...pageOf(selection, [...rows], total, filter.page), whole, part };
}

/** One person's part in one class, for the completion rate. */
export type ParticipationRow = Readonly<{
	participationId: string;
	personId: string;
	fullName: string;
	unitName: string;
	activityId: string;
	activityTitle: string;
	summonedOn: string;
	completedOn: string | null;
	isClassOpen: boolean;
	/** The person still belongs to the reader's units. */
	isPersonOpen?: boolean;
}>;

/**
 * The summoned behind the completion rate, of all classes or one.
 * @throws {DomainError} `forbidden` for who may read figures only
 */
export async function listSummoned(
	ctx: Context,
	filter: TargetsFilter,
	{ isExport = false } = {}
): Promise<Listing<ParticipationRow>> {
	const selection = await selectWithPeople(ctx, filter);
	const { limit, offset } = range(filter.page, isExport);
	const conditions = [summonedCondition(selection, filter)];
	if (filter.activity) conditions.push(sql`pt.activity_id = ${filter.activity}::uuid`);
	if (filter.outcome === 'completed') conditions.push(completedBy(selection));
	if (filter.outcome === 'open') conditions.push(sql`${completedBy(selection)} is not true`);
	const where = sql.join(conditions, sql` and `);
	const [[count], rows] = await Promise.all([
		ctx.db.execute<{ total: number }>(sql`select count(*)::int as total from participation pt where ${where}`),
		ctx.db.execute<ParticipationRow>(sql`
			select pt.id as "participationId", p.id as "personId", p.full_name as "fullName", v.name as "unitName", a.id as "activityId",
				a.title as "activityTitle", pt.summoned_on::text as "summonedOn",
				(case when ${completedBy(selection)} then pt.completed_on end)::text as "completedOn",
				${mayOpen(ctx)} as "isClassOpen"
			from participation pt join person p on p.id = pt.person_id join training_activity a on a.id = pt.activity_id
			join unit u on u.id = pt.unit_id_then ${namedOn(selection.window.to)}
			where ${where}
			order by p.given_name collate "vi-x-icu", p.full_name collate "vi-x-icu", pt.id limit ${limit} offset ${offset}`)
	]);
	const ids = rows.map(({ personId }) => personId);
	const open = await peopleInScope(ctx.db, ids, authorise(ctx.actor, 'roster:read'), today(ctx));
	const linked = rows.map((row) => ({ ...row, isPersonOpen: open.has(row.personId) }));
	return pageOf(selection, linked, count?.total ?? 0, filter.page);
}
