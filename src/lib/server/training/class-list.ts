import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { ActivityStatus, DeliveryMode } from '#lib/training/activity.ts';
import { likeContains } from '#lib/text/fold.ts';
import { authorise, type UnitScope } from '../identity/permissions.ts';
import { getUnit } from '../organisation/queries.ts';
import { inScope } from '../organisation/scope.ts';
import { units, unitVersions } from '../organisation/tables.ts';
import { today, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { funnelColumns, type Funnel } from './funnel.ts';
import { trainingActivities } from './tables.ts';

/** What the list of classes is narrowed to; everything may be left out. */
export type ClassFilter = Readonly<{
	text?: string;
	/** Calendar year in which the class ended, or else began. */
	year?: number;
	mode?: DeliveryMode;
	status?: ActivityStatus;
	/** This organiser and all units below it. */
	unitId?: string;
	page?: number;
}>;

/** Rows of one page of the list. */
export const CLASSES_PER_PAGE = 25;

export type ListedClass = Funnel & {
	activityId: string;
	title: string;
	organiserName: string;
	mode: DeliveryMode;
	/** As of today: a planned class is under way from its first day. */
	status: ActivityStatus;
	startsOn: string;
	dueOn: string;
	endedOn: string | null;
	documentNo: string | null;
	/** Completions that a unit gave as a number. */
	aggregateCompleted: number;
};

/** One page of the actor's classes, the newest first, with how many there are and what they sum up to. */
export async function listClasses(ctx: Context, filter: ClassFilter) {
	const scope = authorise(ctx.actor, 'training:read');
	const where = and(...(await conditions(ctx, scope, filter)));
	const page = Math.max(1, filter.page ?? 1);
	const [rows, [totals]] = await Promise.all([pageOf(ctx.db, where, page, today(ctx)), totalsOf(ctx.db, where)]);
	return { rows, page, total: totals?.total ?? 0, totals: totals ?? null };
}

async function conditions(ctx: Context, scope: UnitScope, filter: ClassFilter): Promise<(SQL | undefined)[]> {
	const unit = filter.unitId ? await getUnit(ctx.db, scope, filter.unitId) : undefined;
	return [
		inScope(units.path, scope),
		unit && sql`${units.path} <@ ${unit.path}::ltree`,
		filter.text
			? sql`(fold(${trainingActivities.title}) like ${likeContains(filter.text)}
				or fold(coalesce(${trainingActivities.documentNo}, '')) like ${likeContains(filter.text)})`
			: undefined,
		filter.year
			? sql`extract(year from coalesce(${trainingActivities.endedOn}, ${trainingActivities.startsOn})) = ${filter.year}`
			: undefined,
		filter.mode && eq(trainingActivities.mode, filter.mode),
		filter.status && sql`${statusToday(today(ctx))} = ${filter.status}`
	];
}

/** SQL twin of `statusOn` in lib/training/lifecycle.ts. */
function statusToday(day: string): SQL<ActivityStatus> {
	return sql<ActivityStatus>`case when ${trainingActivities.status} = 'planned' and ${trainingActivities.startsOn} <= ${day}
		then 'ongoing' else ${trainingActivities.status} end`;
}

const ofActivity = sql`from participation join person on person.id = participation.person_id
	where participation.activity_id = ${trainingActivities.id} and participation.voided_at is null`;

function pageOf(db: Database, where: SQL | undefined, page: number, day: string): Promise<ListedClass[]> {
	return db
		.select({
			activityId: trainingActivities.id,
			title: trainingActivities.title,
			organiserName: sql<string>`(select ${unitVersions.name} from ${unitVersions}
				where ${unitVersions.unitId} = ${units.id} order by ${unitVersions.validFrom} desc limit 1)`,
			mode: trainingActivities.mode,
			status: statusToday(day),
			startsOn: trainingActivities.startsOn,
			dueOn: trainingActivities.dueOn,
			endedOn: trainingActivities.endedOn,
			documentNo: trainingActivities.documentNo,
			summoned: sql<number>`(select ${funnelColumns.summoned} ${ofActivity})`,
			attended: sql<number>`(select ${funnelColumns.attended} ${ofActivity})`,
			completed: sql<number>`(select ${funnelColumns.completed} ${ofActivity})`,
			summonedCompleted: sql<number>`(select ${funnelColumns.summonedCompleted} ${ofActivity})`,
			aggregateCompleted: sql<number>`(select coalesce(sum(trained_count), 0)::int from aggregate_result
				where aggregate_result.activity_id = ${trainingActivities.id} and aggregate_result.voided_at is null)`
		})
		.from(trainingActivities)
		.innerJoin(units, eq(units.id, trainingActivities.organiserUnitId))
		.where(where)
		.orderBy(sql`coalesce(${trainingActivities.endedOn}, ${trainingActivities.startsOn}) desc`, trainingActivities.id)
		.limit(CLASSES_PER_PAGE)
		.offset((page - 1) * CLASSES_PER_PAGE);
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
