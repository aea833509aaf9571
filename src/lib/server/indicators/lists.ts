import { type SQL, sql } from 'drizzle-orm';
import type { TargetsFilter } from '#lib/indicators/input.ts';
import { aggregateShares } from '#lib/indicators/aggregates.ts';
import { trainedCondition, attendeeCount } from '../training/qualifying.ts';
import { activityCtes } from './activities-sql.ts';
import { completedBy, summonedCondition } from './completion-rate.ts';
import { peopleCtes } from './people-sql.ts';
import type { Selection } from './selection.ts';
import { namedOn } from './selection.ts';
import { today, type Context } from '../platform/context.ts';
import { selectTargets, selectWithPeople } from './selection.ts';
import { authorise, can } from '../identity/permissions.ts';
import { inScope, peopleInScope } from '../organisation/scope.ts';

/** Rows on one page of a list. An export takes them all. */
const PAGE_SIZE = 50;
const EXPORT_LIMIT = 200_000;

/** A page of a list; `total` counts the whole list and equals the figure that led here. */
export type Listing<Row> = Readonly<{
	selection: Selection;
	rows: readonly Row[];
	total: number;
	page: number;
	pages: number;
}>;

/** A person of the roster with the completion that counts, if there is one in the window. */
type PersonRow = Readonly<{
	personId: string;
	fullName: string;
	unitName: string;
	unitCode: string;
	categories: readonly string[];
	completedOn: string | null;
	activityId: string | null;
	activityTitle: string | null;
	isClassOpen: boolean;
}>;

/** Numbers without names of one unit and category: which document they stand on. */
export type AggregateLine = Readonly<{
	unitId: string;
	unitName: string;
	unitCode: string;
	categoryCode: string;
	part: number;
	whole: number;
	documents: readonly string[];
}>;

/** Named people and numbers without names; `counted` is both together, the figure on the page. */
export type PeopleListing = Listing<PersonRow> & Readonly<{ aggregates: readonly AggregateLine[]; counted: number }>;

/**
 * The people behind a figure.
 * @throws {DomainError} `forbidden` for who may read figures only
 */
export async function listTargetPeople(
	ctx: Context,
	filter: TargetsFilter,
	{ isExport = false } = {}
): Promise<PeopleListing> {
	const selection = await selectWithPeople(ctx, filter);
	const where = peopleWhere(filter);
	const ctes = peopleCtes(selection, filter);
	const { limit, offset } = range(filter.page, isExport);
	const [[count], rows, aggregates] = await Promise.all([
		ctx.db.execute<{ total: number }>(sql`with ${ctes} select count(*)::int as total from base where ${where}`),
		ctx.db.execute<PersonRow>(sql`
			with ${ctes},
			listed as (
				select base.person_id, base.unit_id, base.categories, base.first_on, p.full_name, p.given_name from base join person p on p.id = base.person_id
				where ${where} order by ${byName} limit ${limit} offset ${offset}
			)
			select l.person_id as "personId", l.full_name as "fullName", v.name as "unitName", u.code as "unitCode",
				array(select t.code from target_category t where (l.categories & t.bit) > 0 order by t.bit) as categories,
				l.first_on::text as "completedOn", e.activity_id as "activityId", e.title as "activityTitle",
				coalesce(e.is_open, false) as "isClassOpen"
			from listed l join unit u on u.id = l.unit_id ${namedOn(selection.window.to)}
			left join lateral (
				select a.id as activity_id, a.title, ${mayOpen(ctx)} as is_open from participation pt join training_activity a on a.id = pt.activity_id
				join person me on me.id = pt.person_id
				where coalesce(me.canonical_id, me.id) = l.person_id and pt.completed_on = l.first_on and pt.voided_at is null
					and (me.id = l.person_id or me.canonical_id = l.person_id) and ${trainedCondition(selection.rule, sql`a`)}
				order by pt.id limit 1) e on true
			order by ${byNameOf(sql`l`)}`),
		listAggregates(ctx, selection, filter)
	]);
	const total = count?.total ?? 0;
	return {
		...pageOf(selection, [...rows], total, filter.page),
		aggregates,
		counted: total + aggregates.reduce((sum, line) => sum + partOf(line, filter), 0)
	};
}

/** How many of a line without names the list is about. */
export function partOf(
	{ part, whole }: Pick<AggregateLine, 'part' | 'whole'>,
	{ trained }: Pick<TargetsFilter, 'trained'>
) {
	if (trained === 'yes') return part;
	return trained === 'no' ? whole - part : whole;
}

const byNameOf = (alias: SQL) =>
	sql`${alias}.given_name collate "vi-x-icu", ${alias}.full_name collate "vi-x-icu", ${alias}.person_id`;
const byName = sql`p.given_name collate "vi-x-icu", p.full_name collate "vi-x-icu", base.person_id`;

function peopleWhere({ trained, category, by }: TargetsFilter): SQL {
	const conditions = [sql`true`];
	if (trained) {
		const trainedBy = by
			? sql`(base.first_on is not null and base.first_on <= ${by}::date)`
			: sql`(base.first_on is not null)`;
		conditions.push(trained === 'yes' ? trainedBy : sql`not ${trainedBy}`);
	}
	if (category) {
		conditions.push(
			sql`(base.categories & coalesce((select bit from target_category where code = ${category}), 0)) > 0`
		);
	}
	return sql.join(conditions, sql` and `);
}

type AggregateSource = {
	unitId: string;
	unitName: string;
	unitCode: string;
	categoryCode: string;
	headcount: number;
	document: string;
};
type AggregateOutcome = {
	unitId: string;
	categoryCode: string;
	trainedCount: number;
	completedOn: string;
	document: string;
};

async function listAggregates(ctx: Context, selection: Selection, filter: TargetsFilter): Promise<AggregateLine[]> {
	const { window, unit, rule } = selection;
	const within = filter.isDirect ? sql`u.path = ${unit.path}::ltree` : sql`u.path <@ ${unit.path}::ltree`;
	const category = filter.category ? sql`and s.category_code = ${filter.category}` : sql``;
	const [rosters, results] = await Promise.all([
		ctx.db.execute<AggregateSource>(sql`
			select s.unit_id as "unitId", v.name as "unitName", u.code as "unitCode", s.category_code as "categoryCode",
				s.headcount, ${documentText} as document
			from aggregate_roster s join unit u on u.id = s.unit_id ${namedOn(window.to)}
			where s.valid_from <= ${window.to}::date and (s.valid_to is null or s.valid_to > ${window.to}::date)
				and s.category_code in (select code from category where is_target) ${category} and ${within}
			order by v.name collate "vi-x-icu", s.category_code`),
		ctx.db.execute<AggregateOutcome>(sql`
			select s.unit_id as "unitId", s.category_code as "categoryCode", s.trained_count as "trainedCount",
				s.completed_on::text as "completedOn", ${documentText} as document
			from aggregate_result s join unit u on u.id = s.unit_id left join training_activity a on a.id = s.activity_id
			where s.voided_at is null and s.completed_on between ${window.from}::date and ${window.to}::date ${category}
				and (a.id is null or ${trainedCondition(rule, sql`a`)}) and ${within}`)
	]);
	return aggregateShares(rosters, results, filter.by).map((share) => {
		const is = (row: { unitId: string; categoryCode: string }) =>
			row.unitId === share.unitId && row.categoryCode === share.categoryCode;
		const source = rosters.find(is);
		return {
			unitId: share.unitId,
			unitName: source?.unitName ?? '',
			unitCode: source?.unitCode ?? '',
			categoryCode: share.categoryCode,
			part: share.part,
			whole: share.whole,
			documents: [...new Set([...rosters.filter(is), ...results.filter(is)].map(({ document }) => document))]
		};
	});
}

const documentText = sql`s.document_no || ' ngày ' || to_char(s.document_date, 'DD/MM/YYYY')`;

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

/**
 * Whether the actor may open the page of class `a`: figures count classes of other organisers too, whose pages belong to
 * those.
 */
function mayOpen({ actor }: Context): SQL {
	if (!can(actor, 'training:read')) return sql`false`;
	const scope = authorise(actor, 'training:read');
	return sql`(select ${inScope(sql`o.path`, scope)} from unit o where o.id = a.organiser_unit_id)`;
}

function range(page: number, isExport: boolean) {
	return isExport ? { limit: EXPORT_LIMIT, offset: 0 } : { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE };
}

function pageOf<Row>(selection: Selection, rows: readonly Row[], total: number, page: number): Listing<Row> {
	return { selection, rows, total, page, pages: Math.max(1, Math.ceil(total / PAGE_SIZE)) };
}
