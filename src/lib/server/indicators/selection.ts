import { sql } from 'drizzle-orm';
import { SINCE_THE_PLAN, stageOf, windowOf, yearsOf, type Window } from '#lib/indicators/period.ts';
import type { TargetsFilter } from '#lib/indicators/input.ts';
import { authorise, covers, type UnitScope } from '../identity/permissions.ts';
import { dayOf, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { currentRule, type CountingRule } from '../training/counting-rule.ts';
import { listStages, listTargets, type StageRow, type TargetRow } from './settings.ts';

/** A unit as the targets page names it; `path` is its ltree path. */
type SelectedUnit = Readonly<{ id: string; code: string; name: string; path: string; isProvince: boolean }>;

/** What one look at the targets is about; every figure and every list is made from this one value. */
export type Selection = Readonly<{
	unit: SelectedUnit;
	/** From the province (or the top of the actor's units) down to the unit, itself included. */
	ancestors: readonly SelectedUnit[];
	stages: readonly StageRow[];
	stage: StageRow;
	/** Absent: the whole stage. */
	year?: number;
	years: readonly number[];
	isSincePlan: boolean;
	window: Window;
	targets: readonly TargetRow[];
	rule: CountingRule;
	/** The actor may see who the people are, in this unit. */
	maySeePeople: boolean;
}>;

/**
 * Authorises and turns the page's address into what is asked for.
 * @throws {DomainError} `forbidden` without a fitting role; `not_found` for a unit outside the actor's units or an unknown stage
 */
export async function selectTargets(ctx: Context, filter: TargetsFilter): Promise<Selection> {
	const scope = authorise(ctx.actor, 'indicators:read');
	const [stages, targets, rule] = await Promise.all([listStages(ctx.db), listTargets(ctx.db), currentRule(ctx.db)]);
	const today = dayOf(ctx.now);
	const stage = filter.stage ? stages.find(({ code }) => code === filter.stage) : stageOf(today, stages);
	if (!stage) throw new DomainError('not_found', 'indicators.unknown_stage');
	const years = yearsOf(stage);
	const year = filter.year !== undefined && years.includes(filter.year) ? filter.year : undefined;
	const stageWindow = windowOf(stage, year, filter.cutOff ?? today);
	const window = filter.isSincePlan ? { ...stageWindow, from: SINCE_THE_PLAN } : stageWindow;
	const ancestors = await findUnitWithAncestors(ctx.db, scope, filter.unit, window.to);
	const unit = ancestors.at(-1);
	if (!unit) throw new DomainError('not_found', 'indicators.unknown_unit');
	return {
		unit,
		ancestors,
		stages,
		stage,
		year,
		years,
		isSincePlan: filter.isSincePlan,
		window,
		targets: targets.filter(({ stageCode }) => stageCode === stage.code),
		rule,
		maySeePeople: mayRead(ctx, unit.path)
	};
}

/**
 * As {@link selectTargets}, for what shows names.
 * @throws {DomainError} `forbidden` where the actor may see figures only
 */
export async function selectWithPeople(ctx: Context, filter: TargetsFilter): Promise<Selection> {
	authorise(ctx.actor, 'indicators:people');
	const selection = await selectTargets(ctx, filter);
	if (!selection.maySeePeople) throw new DomainError('forbidden', 'identity.not_permitted');
	return selection;
}

function mayRead(ctx: Context, path: string): boolean {
	try {
		return covers(authorise(ctx.actor, 'indicators:people'), path);
	} catch {
		return false;
	}
}

/** The name and type a unit had on a day, else the nearest one known; a lateral row `v` beside the unit `u`. */
export const namedOn = (day: string) => sql`cross join lateral (
	select name, short_name, type, valid_to from unit_version where unit_id = u.id
	order by (valid_from <= ${day}::date) desc, valid_from desc limit 1) v`;

async function findUnitWithAncestors(
	db: Database,
	scope: UnitScope,
	code: string | undefined,
	day: string
): Promise<SelectedUnit[]> {
	const roots = scope.kind === 'everything' ? [] : scope.paths;
	const wanted = code
		? sql`select path from unit where code = ${code}`
		: roots[0]
			? sql`select ${roots[0]}::ltree as path`
			: sql`select path from unit order by nlevel(path), no limit 1`;
	const rows = await db.execute<SelectedUnit>(sql`
		select u.id, u.code, v.name, u.path::text as path, v.type = 'province' as "isProvince"
		from (${wanted}) w join unit u on w.path <@ u.path ${namedOn(day)}
		order by nlevel(u.path)`);
	return rows.filter(({ path }) => covers(scope, path));
}
