import { and, desc, eq, isNull } from 'drizzle-orm';
import type { CreatePlanInput, EditPlanInput, PlanLineInput } from '#lib/training/plan-input.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise, can, covers } from '../identity/permissions.ts';
import { getUnit, listUnits } from '../organisation/queries.ts';
import { inScope } from '../organisation/scope.ts';
import { units } from '../organisation/tables.ts';
import { today, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { accountOf, getClass } from './access.ts';
import { fulfil } from './plan-fulfilment.ts';
import { getLine, getPlan, listClassesBeside, listClassesUnder, listLines, type Plan } from './plan-queries.ts';
import { listTopics } from './reference-data.ts';
import { plannedActivities, planFulfilments, yearlyPlans } from './register-tables.ts';

/**
 * Begins a unit's plan of a year, or finds the one it has.
 * @throws {DomainError} `not_found` for a unit outside the actor's
 */
export async function createPlan(ctx: Context, input: CreatePlanInput): Promise<{ planId: string }> {
	const unit = await getUnit(ctx.db, authorise(ctx.actor, 'training:manage'), input.unitId);
	return ctx.db.transaction(async (tx) => {
		const [created] = await tx
			.insert(yearlyPlans)
			.values({ ...input, recordedBy: accountOf(ctx.actor) })
			.onConflictDoNothing()
			.returning({ id: yearlyPlans.id });
		if (created) {
			await recordAudit(ctx, tx, 'plan.created', { objectId: created.id, unitId: unit.id, year: input.year });
			return { planId: created.id };
		}
		const [existing] = await tx
			.select({ id: yearlyPlans.id })
			.from(yearlyPlans)
			.where(and(eq(yearlyPlans.unitId, unit.id), eq(yearlyPlans.year, input.year)));
		if (!existing) throw new Error('the plan is neither new nor there');
		return { planId: existing.id };
	});
}

/** Number and date of a plan's document. @throws {DomainError} `conflict` `form.stale` */
export async function editPlan(ctx: Context, planId: string, { version, ...document }: EditPlanInput): Promise<void> {
	await change(ctx, planId, async (tx, plan) => {
		const changed = await tx
			.update(yearlyPlans)
			.set({ ...document, version: version + 1 })
			.where(and(eq(yearlyPlans.id, planId), eq(yearlyPlans.version, version)))
			.returning({ id: yearlyPlans.id });
		if (changed.length === 0) throw new DomainError('conflict', 'form.stale');
		await recordAudit(ctx, tx, 'plan.edited', { objectId: planId, unitId: plan.unitId, ...document });
	});
}

/** @throws {DomainError} `invalid` for days outside the plan's year */
export function addLine(ctx: Context, planId: string, input: PlanLineInput): Promise<void> {
	return change(ctx, planId, async (tx, plan) => {
		assertWithinYear(plan, input);
		const [line] = await tx
			.insert(plannedActivities)
			.values({ ...input, planId, recordedBy: accountOf(ctx.actor) })
			.returning({ id: plannedActivities.id });
		await recordAudit(ctx, tx, 'plan.line_added', { objectId: planId, unitId: plan.unitId, planLineId: line?.id });
	});
}

/** @throws {DomainError} as {@link addLine}; `not_found` */
export function editLine(ctx: Context, planId: string, lineId: string, input: PlanLineInput): Promise<void> {
	return change(ctx, planId, async (tx, plan) => {
		assertWithinYear(plan, input);
		const changed = await tx
			.update(plannedActivities)
			.set(input)
			.where(ofPlan(planId, lineId))
			.returning({ id: plannedActivities.id });
		if (changed.length === 0) throw new DomainError('not_found', 'training.no_plan_line');
		await recordAudit(ctx, tx, 'plan.line_edited', { objectId: planId, unitId: plan.unitId, planLineId: lineId });
	});
}

/** Strikes a line off a plan; the row stays, classes under it stand beside the plan from then on. */
export function voidLine(
	ctx: Context,
	planId: string,
	{ lineId, reason }: { lineId: string; reason: string }
): Promise<void> {
	return change(ctx, planId, async (tx, plan) => {
		const voided = await tx
			.update(plannedActivities)
			.set({ voidedAt: ctx.now, voidReason: reason })
			.where(ofPlan(planId, lineId))
			.returning({ id: plannedActivities.id });
		if (voided.length === 0) return;
		await tx.delete(planFulfilments).where(eq(planFulfilments.plannedActivityId, lineId));
		await recordAudit(ctx, tx, 'plan.line_voided', {
			objectId: planId,
			unitId: plan.unitId,
			planLineId: lineId,
			reason
		});
	});
}

/** Says that a class carries out a line of the plan. @throws {DomainError} `not_found` */
export function tieClass(ctx: Context, planId: string, lineId: string, activityId: string): Promise<void> {
	return change(ctx, planId, async (tx) => {
		await getClass(tx, authorise(ctx.actor, 'training:manage'), activityId);
		await getLine(tx, planId, lineId, today(ctx));
		await fulfil(ctx, tx, { activityId, planLineId: lineId });
	});
}

/** Takes that back. */
export function untieClass(ctx: Context, planId: string, lineId: string, activityId: string): Promise<void> {
	return change(ctx, planId, async (tx, plan) => {
		const untied = await tx
			.delete(planFulfilments)
			.where(and(eq(planFulfilments.activityId, activityId), eq(planFulfilments.plannedActivityId, lineId)))
			.returning({ activityId: planFulfilments.activityId });
		if (untied.length === 0) return;
		await recordAudit(ctx, tx, 'plan.class_untied', { objectId: activityId, unitId: plan.unitId, planLineId: lineId });
	});
}

/** Plans of a year within the actor's units: each unit's lines by state, and the lines that are overdue. */
export async function getPlansPage(ctx: Context, asked?: number) {
	const scope = authorise(ctx.actor, 'training:read');
	const day = today(ctx);
	const year = asked ?? Number(day.slice(0, 4));
	const ofYear = and(eq(yearlyPlans.year, year), inScope(units.path, scope));
	const [lines, plans, years] = await Promise.all([
		listLines(ctx.db, ofYear, day),
		ctx.db
			.select({ id: yearlyPlans.id, unitId: yearlyPlans.unitId, documentNo: yearlyPlans.documentNo })
			.from(yearlyPlans)
			.innerJoin(units, eq(units.id, yearlyPlans.unitId))
			.where(ofYear),
		listPlanYears(ctx)
	]);
	const all = plans.length > 0 ? await listUnits(ctx.db, scope) : [];
	const nameOf = new Map(all.map(({ id, name }) => [id, name]));
	const summaries = plans
		.map((plan) => ({ ...plan, unitName: nameOf.get(plan.unitId) ?? '', ...countLines(ofPlanIn(lines, plan.id)) }))
		.toSorted((a, b) => a.unitName.localeCompare(b.unitName, 'vi'));
	return {
		...{ year, years: [...new Set([year, ...years])].toSorted((a, b) => b - a) },
		...{ summaries, totals: countLines(lines), overdue: lines.filter(({ state }) => state === 'overdue') }
	};
}

/** Topics a line may name. */
export async function listPlanTopics(ctx: Context) {
	authorise(ctx.actor, 'training:read');
	const rows = await listTopics(ctx.db, today(ctx));
	return rows.map(({ code, nameVi, nameEn }) => ({ code, nameVi, nameEn }));
}

/** Units the actor may write a plan for. */
export async function listPlanUnits(ctx: Context) {
	if (!can(ctx.actor, 'training:manage')) return [];
	const rows = await listUnits(ctx.db, authorise(ctx.actor, 'training:manage'));
	return rows.map(({ id, name }) => ({ id, name }));
}

/** A plan with its lines and how far each has come. @throws {DomainError} `not_found` */
export async function getPlanPage(ctx: Context, planId: string) {
	const plan = await getPlan(ctx.db, authorise(ctx.actor, 'training:read'), planId);
	const lines = await listLines(ctx.db, eq(yearlyPlans.id, planId), today(ctx));
	return { plan, lines, totals: countLines(lines), isEditable: mayEdit(ctx, plan) };
}

/** A line with the classes under it and those that could be put under it. @throws {DomainError} `not_found` */
export async function getLinePage(ctx: Context, planId: string, lineId: string) {
	const plan = await getPlan(ctx.db, authorise(ctx.actor, 'training:read'), planId);
	const isEditable = mayEdit(ctx, plan);
	const [line, classes, others] = await Promise.all([
		getLine(ctx.db, planId, lineId, today(ctx)),
		listClassesUnder(ctx.db, lineId),
		isEditable ? listClassesBeside(ctx.db, plan) : []
	]);
	return { plan, line, classes, others, isEditable };
}

/** A line that a class is about to be opened or recorded for, or undefined where it is none of the actor's. */
export async function findPlanLine(ctx: Context, lineId: string | null) {
	if (!lineId || !/^[0-9a-f-]{36}$/.test(lineId)) return undefined;
	const scope = authorise(ctx.actor, 'training:manage');
	const [row] = await ctx.db
		.select({ line: plannedActivities, unitId: yearlyPlans.unitId })
		.from(plannedActivities)
		.innerJoin(yearlyPlans, eq(yearlyPlans.id, plannedActivities.planId))
		.innerJoin(units, eq(units.id, yearlyPlans.unitId))
		.where(and(eq(plannedActivities.id, lineId), isNull(plannedActivities.voidedAt), inScope(units.path, scope)));
	return row && { ...row.line, unitId: row.unitId };
}

async function change(ctx: Context, planId: string, act: (tx: Database, plan: Plan) => Promise<void>): Promise<void> {
	const scope = authorise(ctx.actor, 'training:manage');
	await ctx.db.transaction(async (tx) => act(tx, await getPlan(tx, scope, planId)));
}

function mayEdit(ctx: Context, { unitPath }: Plan): boolean {
	return can(ctx.actor, 'training:manage') && covers(authorise(ctx.actor, 'training:manage'), unitPath);
}

function assertWithinYear({ year }: Plan, { plannedFrom, plannedTo }: PlanLineInput): void {
	const isIn = (day: string) => day.startsWith(`${year}-`);
	if (!isIn(plannedFrom) || !isIn(plannedTo)) throw new DomainError('invalid', 'training.outside_plan_year', { year });
}

function ofPlan(planId: string, lineId: string) {
	return and(
		eq(plannedActivities.id, lineId),
		eq(plannedActivities.planId, planId),
		isNull(plannedActivities.voidedAt)
	);
}

type Lines = Awaited<ReturnType<typeof listLines>>;
const ofPlanIn = (lines: Lines, planId: string) => lines.filter((line) => line.planId === planId);

function countLines(lines: Lines) {
	const of = (state: string) => lines.filter((line) => line.state === state).length;
	return {
		lines: lines.length,
		held: of('held'),
		opened: of('opened'),
		waiting: of('waiting'),
		overdue: of('overdue')
	};
}

async function listPlanYears(ctx: Context): Promise<number[]> {
	const rows = await ctx.db
		.selectDistinct({ year: yearlyPlans.year })
		.from(yearlyPlans)
		.innerJoin(units, eq(units.id, yearlyPlans.unitId))
		.where(inScope(units.path, authorise(ctx.actor, 'training:read')))
		.orderBy(desc(yearlyPlans.year));
	return rows.map(({ year }) => year);
}
