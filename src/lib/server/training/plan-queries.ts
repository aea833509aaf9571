import { and, asc, eq, isNull, sql, type SQL } from 'drizzle-orm';
import { lineState, type LineState } from '#lib/training/plan.ts';
import type { UnitScope } from '../identity/permissions.ts';
import { inScope } from '../organisation/scope.ts';
import { units, unitVersions } from '../organisation/tables.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { plannedActivities, planFulfilments, yearlyPlans } from './register-tables.ts';
import { trainingActivities } from './tables.ts';

const unitName = sql<string>`(select ${unitVersions.name} from ${unitVersions}
	where ${unitVersions.unitId} = ${yearlyPlans.unitId} order by ${unitVersions.validFrom} desc limit 1)`;

/** A plan with the unit it belongs to. */
export type Plan = typeof yearlyPlans.$inferSelect & { unitName: string; unitPath: string };

/** @throws {DomainError} `not_found` for plans of units outside the scope */
export async function getPlan(db: Database, scope: UnitScope, planId: string): Promise<Plan> {
	const [row] = await db
		.select({ plan: yearlyPlans, unitName, unitPath: units.path })
		.from(yearlyPlans)
		.innerJoin(units, eq(units.id, yearlyPlans.unitId))
		.where(and(eq(yearlyPlans.id, planId), inScope(units.path, scope)));
	if (!row) throw new DomainError('not_found', 'training.no_plan');
	return { ...row.plan, unitName: row.unitName, unitPath: row.unitPath };
}

type StoredLine = typeof plannedActivities.$inferSelect;

/** A line of a plan with what has become of it. Money and people of classes that were not cancelled. */
export type PlanLine = StoredLine & {
	planUnitName: string;
	opened: number;
	held: number;
	attended: number;
	spentVnd: number;
	state: LineState;
};

const under = sql`from plan_fulfilment f join training_activity a on a.id = f.activity_id
	where f.planned_activity_id = ${plannedActivities.id} and a.status <> 'cancelled'`;

const progress = {
	planUnitName: unitName,
	opened: sql<number>`(select count(*) ${under})::int`,
	held: sql<number>`(select count(*) ${under} and a.status in ('ended', 'reported', 'locked'))::int`,
	attended: sql<number>`(select count(distinct coalesce(p.canonical_id, p.id)) from plan_fulfilment f
		join training_activity a on a.id = f.activity_id and a.status <> 'cancelled'
		join participation pt on pt.activity_id = a.id and pt.voided_at is null
			and (pt.attended_on is not null or pt.completed_on is not null)
		join person p on p.id = pt.person_id where f.planned_activity_id = ${plannedActivities.id})::int`,
	spentVnd: sql<number>`(select coalesce(sum(coalesce(a.state_budget_vnd, 0) + coalesce(a.other_funds_vnd, 0)), 0) ${under})::float8`
};

/** Lines of plans that stand, in the order in which they are due; `where` chooses the plans. */
export async function listLines(db: Database, where: SQL | undefined, day: string): Promise<PlanLine[]> {
	const rows = await db
		.select({ line: plannedActivities, ...progress })
		.from(plannedActivities)
		.innerJoin(yearlyPlans, eq(yearlyPlans.id, plannedActivities.planId))
		.innerJoin(units, eq(units.id, yearlyPlans.unitId))
		.where(and(isNull(plannedActivities.voidedAt), where))
		.orderBy(asc(plannedActivities.plannedTo), asc(plannedActivities.plannedFrom), asc(plannedActivities.id));
	return rows.map(({ line, ...more }) => ({ ...line, ...more, state: lineState({ ...line, ...more }, day) }));
}

/** @throws {DomainError} `not_found` */
export async function getLine(db: Database, planId: string, lineId: string, day: string): Promise<PlanLine> {
	const [line] = await listLines(db, and(eq(yearlyPlans.id, planId), eq(plannedActivities.id, lineId)), day);
	if (!line) throw new DomainError('not_found', 'training.no_plan_line');
	return line;
}

const classColumns = {
	activityId: trainingActivities.id,
	title: trainingActivities.title,
	startsOn: trainingActivities.startsOn,
	dueOn: trainingActivities.dueOn,
	endedOn: trainingActivities.endedOn,
	status: trainingActivities.status
};

/** Classes under a line, the oldest first. */
export function listClassesUnder(db: Database, lineId: string) {
	return db
		.select(classColumns)
		.from(planFulfilments)
		.innerJoin(trainingActivities, eq(trainingActivities.id, planFulfilments.activityId))
		.where(eq(planFulfilments.plannedActivityId, lineId))
		.orderBy(asc(trainingActivities.startsOn), asc(trainingActivities.id));
}

/** Classes of the unit in the plan's year that no line names. */
export function listClassesBeside(db: Database, { unitId, year }: { unitId: string; year: number }) {
	return db
		.select(classColumns)
		.from(trainingActivities)
		.where(
			and(
				eq(trainingActivities.organiserUnitId, unitId),
				eq(trainingActivities.source, 'own'),
				sql`${trainingActivities.status} <> 'cancelled'`,
				sql`extract(year from coalesce(${trainingActivities.endedOn}, ${trainingActivities.startsOn})) = ${year}`,
				sql`not exists (select 1 from plan_fulfilment f where f.activity_id = ${trainingActivities.id})`
			)
		)
		.orderBy(asc(trainingActivities.startsOn), asc(trainingActivities.id));
}

/** The line an activity carries out, with the plan it stands in. */
export async function findLineOf(db: Database, activityId: string) {
	const [row] = await db
		.select({ planId: plannedActivities.planId, lineId: plannedActivities.id, title: plannedActivities.title })
		.from(planFulfilments)
		.innerJoin(plannedActivities, eq(plannedActivities.id, planFulfilments.plannedActivityId))
		.where(eq(planFulfilments.activityId, activityId));
	return row;
}
