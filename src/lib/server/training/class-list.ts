import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { ActivityKind, ActivityStatus, DeliveryMode } from '#lib/training/activity.ts';
import type { ClassFilter, RegisterSort } from '#lib/training/register-filter.ts';
import { likeContains } from '#lib/text/fold.ts';
import { authorise, type UnitScope } from '../identity/permissions.ts';
import { getUnit } from '../organisation/queries.ts';
import { inScope } from '../organisation/scope.ts';
import { units, unitVersions } from '../organisation/tables.ts';
import { today, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { currentRule } from './counting-rule.ts';
import { funnelColumns, type Funnel } from './funnel.ts';
import { attendeeCount, onlineCondition } from './qualifying.ts';
import { trainingActivities } from './tables.ts';

/** Rows of one page of the register, and the most that a file holds. */
export const CLASSES_PER_PAGE = 25;
const FILE_ROWS = 100_000;

export type ListedClass = Funnel & {
	activityId: string;
	title: string;
	organiserName: string;
	coOrganisers: string[];
	source: 'own' | 'external';
	kind: ActivityKind;
	mode: DeliveryMode;
	topics: string[];
	legalFields: string[];
	/** As of today: a planned class is under way from its first day. */
	status: ActivityStatus;
	startsOn: string;
	dueOn: string;
	endedOn: string | null;
	documentNo: string | null;
	documentDate: string | null;
	approver: string | null;
	place: string | null;
	lecturers: string | null;
	teachingPeriods: number;
	stateBudgetVnd: number | null;
	otherFundsVnd: number | null;
	evidenceCount: number;
	/** Completions that a unit gave as a number. */
	aggregateCompleted: number;
	attendees: number;
};

/** One page of the actor's classes with how many there are and what they sum up to; the newest first unless sorted. */
export async function listClasses(ctx: Context, filter: ClassFilter) {
	const where = await whereOf(ctx, filter);
	const page = Math.max(1, filter.page ?? 1);
	const [rows, [totals]] = await Promise.all([
		rowsOf(ctx, where, filter)
			.limit(CLASSES_PER_PAGE)
			.offset((page - 1) * CLASSES_PER_PAGE),
		totalsOf(ctx.db, where)
	]);
	return { rows: rows as ListedClass[], page, total: totals?.total ?? 0, totals: totals ?? null };
}

/** All classes that the filter matches, for a file. */
export async function listAllClasses(ctx: Context, filter: ClassFilter): Promise<ListedClass[]> {
	return rowsOf(ctx, await whereOf(ctx, filter), filter).limit(FILE_ROWS);
}

async function whereOf(ctx: Context, filter: ClassFilter): Promise<SQL | undefined> {
	const scope = authorise(ctx.actor, 'training:read');
	return and(
		inScope(units.path, scope),
		...factConditions(ctx, filter),
		...(await otherConditions(ctx, scope, filter))
	);
}

/** Conditions on the row of the class itself. */
function factConditions(ctx: Context, filter: ClassFilter): (SQL | undefined)[] {
	const { text, year, mode, status, kind, topic, field, source, from, to } = filter;
	const lastDay = sql`coalesce(${trainingActivities.endedOn}, ${trainingActivities.dueOn})`;
	return [
		text
			? sql`(fold(${trainingActivities.title}) like ${likeContains(text)}
				or fold(coalesce(${trainingActivities.documentNo}, '')) like ${likeContains(text)})`
			: undefined,
		year
			? sql`extract(year from coalesce(${trainingActivities.endedOn}, ${trainingActivities.startsOn})) = ${year}`
			: undefined,
		mode && eq(trainingActivities.mode, mode),
		status && sql`${statusToday(today(ctx))} = ${status}`,
		kind && eq(trainingActivities.kind, kind),
		topic ? sql`${trainingActivities.topics} @> ${sql.param([topic])}::text[]` : undefined,
		field ? sql`${trainingActivities.legalFields} @> ${sql.param([field])}::text[]` : undefined,
		source && eq(trainingActivities.source, source),
		from ? sql`${lastDay} >= ${from}::date` : undefined,
		to ? sql`${trainingActivities.startsOn} <= ${to}::date` : undefined
	];
}

async function otherConditions(ctx: Context, scope: UnitScope, filter: ClassFilter): Promise<(SQL | undefined)[]> {
	const unit = filter.unitId ? await getUnit(ctx.db, scope, filter.unitId) : undefined;
	const counts = filter.counted ? onlineCondition(await currentRule(ctx.db)) : undefined;
	return [
		unit && sql`${units.path} <@ ${unit.path}::ltree`,
		counts && (filter.counted === 'yes' ? counts : sql`${counts} is not true`),
		filter.evidence === 'none' ? sql`${evidenceCount} = 0` : undefined
	];
}

/** SQL twin of `statusOn` in lib/training/lifecycle.ts. */
function statusToday(day: string): SQL<ActivityStatus> {
	return sql<ActivityStatus>`case when ${trainingActivities.status} = 'planned' and ${trainingActivities.startsOn} <= ${day}
		then 'ongoing' else ${trainingActivities.status} end`;
}

const ofActivity = sql`from participation join person on person.id = participation.person_id
	where participation.activity_id = ${trainingActivities.id} and participation.voided_at is null`;
const evidenceCount = sql<number>`(select count(*) from evidence_file
	where evidence_file.activity_id = ${trainingActivities.id} and evidence_file.voided_at is null)::int`;
const organiserName = sql<string>`(select ${unitVersions.name} from ${unitVersions}
	where ${unitVersions.unitId} = ${units.id} order by ${unitVersions.validFrom} desc limit 1)`;
const completed = sql<number>`(select ${funnelColumns.completed} ${ofActivity})`;

function rowsOf(ctx: Context, where: SQL | undefined, filter: ClassFilter) {
	return ctx.db
		.select({
			activityId: trainingActivities.id,
			title: trainingActivities.title,
			organiserName,
			coOrganisers: sql<string[]>`array(select name from activity_co_organiser
				where activity_co_organiser.activity_id = ${trainingActivities.id} order by activity_co_organiser.position)`,
			source: trainingActivities.source,
			kind: trainingActivities.kind,
			mode: trainingActivities.mode,
			topics: trainingActivities.topics,
			legalFields: trainingActivities.legalFields,
			status: statusToday(today(ctx)),
			startsOn: trainingActivities.startsOn,
			dueOn: trainingActivities.dueOn,
			endedOn: trainingActivities.endedOn,
			documentNo: trainingActivities.documentNo,
			documentDate: trainingActivities.documentDate,
			approver: trainingActivities.approver,
			place: trainingActivities.place,
			lecturers: trainingActivities.lecturers,
			teachingPeriods: trainingActivities.teachingPeriods,
			stateBudgetVnd: trainingActivities.stateBudgetVnd,
			otherFundsVnd: trainingActivities.otherFundsVnd,
			summoned: sql<number>`(select ${funnelColumns.summoned} ${ofActivity})`,
			attended: sql<number>`(select ${funnelColumns.attended} ${ofActivity})`,
			completed,
			summonedCompleted: sql<number>`(select ${funnelColumns.summonedCompleted} ${ofActivity})`,
			evidenceCount,
			aggregateCompleted: sql<number>`(select coalesce(sum(trained_count), 0)::int from aggregate_result
				where aggregate_result.activity_id = ${trainingActivities.id} and aggregate_result.voided_at is null)`,
			attendees: attendeeCount()
		})
		.from(trainingActivities)
		.innerJoin(units, eq(units.id, trainingActivities.organiserUnitId))
		.where(where)
		.orderBy(...orderOf(ctx, filter));
}

/** What each sortable column is sorted by. */
function orderOf(ctx: Context, { sort, direction }: ClassFilter): SQL[] {
	const time = sql`coalesce(${trainingActivities.endedOn}, ${trainingActivities.startsOn})`;
	const newest = [sql`${time} desc`, sql`${trainingActivities.id}`];
	const columns: Record<RegisterSort, SQL> = {
		title: sql`${trainingActivities.title} collate "vi-x-icu"`,
		organiser: sql`${organiserName} collate "vi-x-icu"`,
		mode: sql`${trainingActivities.mode}`,
		time: sql`${time}`,
		status: sql`${statusToday(today(ctx))}`,
		people: completed
	};
	return sort ? [sql`${columns[sort]} ${sql.raw(direction === 'desc' ? 'desc' : 'asc')}`, ...newest] : newest;
}

/** Number of classes and lượt người over all pages. */
function totalsOf(db: Database, where: SQL | undefined) {
	const live = sql`from participation where participation.activity_id = ${trainingActivities.id} and participation.voided_at is null`;
	return db
		.select({
			total: sql<number>`count(*)::int`,
			summoned: sql<number>`coalesce(sum((select count(*) ${live} and summoned_on is not null)), 0)::int`,
			completed: sql<number>`coalesce(sum((select count(*) ${live} and completed_on is not null)), 0)::int`
		})
		.from(trainingActivities)
		.innerJoin(units, eq(units.id, trainingActivities.organiserUnitId))
		.where(where);
}

/** Years that have classes within the actor's units, the newest first. */
export async function listClassYears(ctx: Context): Promise<number[]> {
	const scope = authorise(ctx.actor, 'training:read');
	const year = sql<number>`extract(year from coalesce(${trainingActivities.endedOn}, ${trainingActivities.startsOn}))::int`;
	const rows = await ctx.db
		.selectDistinct({ year })
		.from(trainingActivities)
		.innerJoin(units, eq(units.id, trainingActivities.organiserUnitId))
		.where(inScope(units.path, scope))
		.orderBy(sql`1 desc`);
	return rows.map((row) => row.year);
}

/** Titles and hours of the organiser's latest classes, to be offered while the next one is typed. */
export async function listRecentFacts(ctx: Context, organiserUnitId: string) {
	const scope = authorise(ctx.actor, 'training:manage');
	const rows = await ctx.db
		.select({
			title: trainingActivities.title,
			teachingPeriods: trainingActivities.teachingPeriods
		})
		.from(trainingActivities)
		.innerJoin(units, eq(units.id, trainingActivities.organiserUnitId))
		.where(and(eq(trainingActivities.organiserUnitId, organiserUnitId), inScope(units.path, scope)))
		.orderBy(sql`${trainingActivities.recordedAt} desc`)
		.limit(20);
	return { titles: [...new Set(rows.map((row) => row.title))].slice(0, 8), latest: rows[0] };
}
