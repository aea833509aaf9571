import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { ReorganisationPlan, Taker } from '#lib/organisation/reorganisation.ts';
import { isWithin, type UnitScope } from '../../identity/permissions.ts';
import type { Database } from '../../platform/database.ts';
import { DomainError } from '../../platform/errors.ts';
import { getUnit } from '../queries.ts';
import type { UnitType } from '../tables.ts';

type Called = Readonly<{ name: string; shortName?: string; type: UnitType }>;

/** What a plan comes to: every kind of reorganisation is some of these changes on one day. */
export type UnitChange = {
	created: (Called & { unitId: string; code: string; parentId: string; givesAggregates: boolean })[];
	renamed: (Called & { unitId: string })[];
	moved: { unitId: string; parentId: string }[];
	ended: string[];
	/** Who carries on the work of a unit that ends: its classes and, with `takesPeople`, its people and roles. */
	heirs: { fromId: string; toId: string; takesPeople: boolean }[];
	/** People who do not go where their unit's heir is. */
	people: { personId: string; fromId: string; toId: string }[];
	successions: { fromUnitId: string; toUnitId: string; kind: 'merger' | 'split'; isMain: boolean }[];
};

type FoundUnit = Awaited<ReturnType<typeof getUnit>>;

/**
 * Works a plan out against the units as they are.
 * @param on first day of the new arrangement, `yyyy-mm-dd`
 * @throws {DomainError} `not_found` for units outside the scope; `conflict` or `invalid` with what does not fit
 */
export async function changeOf(
	db: Database,
	scope: UnitScope,
	plan: ReorganisationPlan,
	on: string
): Promise<UnitChange> {
	const change: UnitChange = {
		...{ created: [], renamed: [], moved: [], ended: [], heirs: [], people: [], successions: [] }
	};
	const find = (unitId: string) => getUnit(db, scope, unitId);
	switch (plan.kind) {
		case 'merger': {
			const sources = await Promise.all(plan.sourceIds.map(find));
			const takerId = await take(db, scope, change, plan.taker, sources, on);
			for (const source of sources) {
				end(change, source, on);
				change.heirs.push({ fromId: source.id, toId: takerId, takesPeople: true });
				change.successions.push({ fromUnitId: source.id, toUnitId: takerId, kind: 'merger', isMain: true });
			}
			if (plan.renamed) {
				const taker = await find(takerId);
				rename(change, { ...plan.renamed, type: taker.type, unitId: takerId }, taker, on);
			}
			await moveChildren(db, change, on, () => takerId);
			break;
		}
		case 'split': {
			const source = await find(plan.sourceId);
			refuseRoot(source);
			const takers: string[] = [];
			for (const taker of plan.takers) takers.push(await take(db, scope, change, taker, [source], on));
			const [main] = takers;
			if (!main) throw new DomainError('invalid', 'organisation.taker_missing');
			takers.forEach((toUnitId, i) =>
				change.successions.push({
					fromUnitId: source.id,
					toUnitId,
					kind: 'split',
					isMain: i === 0 && !plan.isSourceGoingOn
				})
			);
			for (const [personId, place] of Object.entries(plan.people)) {
				const toId = takers[place];
				if (toId) change.people.push({ personId, fromId: source.id, toId });
			}
			if (plan.isSourceGoingOn) break;
			end(change, source, on);
			change.heirs.push({ fromId: source.id, toId: main, takesPeople: true });
			await moveChildren(db, change, on, () => main);
			break;
		}
		case 'renaming': {
			const { kind: _, ...renamed } = plan;
			rename(change, renamed, await find(plan.unitId), on);
			break;
		}
		case 'move': {
			const parent = await find(plan.parentId);
			refuseClosed(parent);
			for (const unitId of plan.unitIds) {
				const unit = await find(unitId);
				refuseRoot(unit);
				refuseClosed(unit);
				if (isWithin(parent.path, unit.path)) throw new DomainError('conflict', 'organisation.unit_below_itself');
				if (on < unit.validFrom) throw new DomainError('invalid', 'organisation.before_last_change');
				change.moved.push({ unitId, parentId: parent.id });
			}
			break;
		}
		case 'closure': {
			const closing = await Promise.all(plan.unitIds.map(find));
			for (const unit of closing) end(change, unit, on);
			const parentOf = new Map(closing.map(({ id, parentId }) => [id, parentId ?? '']));
			const above = (id: string): string => (parentOf.has(id) ? above(parentOf.get(id) ?? '') : id);
			for (const { id } of closing) change.heirs.push({ fromId: id, toId: above(id), takesPeople: false });
			await moveChildren(db, change, on, above);
		}
	}
	return change;
}

/** The id of a taker, which is made where it is new. */
async function take(
	db: Database,
	scope: UnitScope,
	change: UnitChange,
	taker: Taker,
	sources: readonly FoundUnit[],
	on: string
): Promise<string> {
	const givesAggregates = sources[0]?.givesAggregates ?? false;
	const sourcePaths = sources.map(({ path }) => path);
	if (sources.some((one) => one.givesAggregates !== givesAggregates)) {
		throw new DomainError('conflict', 'organisation.names_and_numbers');
	}
	const at = await getUnit(db, scope, 'unitId' in taker ? taker.unitId : taker.parentId);
	refuseClosed(at);
	if (await beginsAfter(db, at.id, on)) throw new DomainError('conflict', 'organisation.taker_begins_later');
	if (sourcePaths.some((path) => isWithin(at.path, path))) {
		throw new DomainError('conflict', 'organisation.unit_below_itself');
	}
	if ('unitId' in taker) {
		if (at.givesAggregates !== givesAggregates) throw new DomainError('conflict', 'organisation.names_and_numbers');
		return at.id;
	}
	const unitId = randomUUID();
	change.created.push({ ...taker, unitId, givesAggregates });
	return unitId;
}

function end(change: UnitChange, unit: FoundUnit, on: string): void {
	refuseRoot(unit);
	refuseClosed(unit);
	if (on <= unit.validFrom) throw new DomainError('invalid', 'organisation.before_last_change');
	change.ended.push(unit.id);
}

function rename(change: UnitChange, renamed: Called & { unitId: string }, unit: FoundUnit, on: string): void {
	refuseClosed(unit);
	if (on < unit.validFrom) throw new DomainError('invalid', 'organisation.before_last_change');
	change.renamed.push(renamed);
}

/** Units below those that end pass to `above`, unless they end too. */
async function moveChildren(
	db: Database,
	change: UnitChange,
	on: string,
	above: (parentId: string) => string
): Promise<void> {
	const rows = await db.execute<{ unit_id: string; parent_id: string }>(sql`
		select distinct unit_id, parent_id from unit_version where (valid_to is null or valid_to > ${on}::date)
			and parent_id = any(${sql.param(change.ended)}::uuid[])`);
	for (const { unit_id: unitId, parent_id } of rows) {
		if (!change.ended.includes(unitId)) change.moved.push({ unitId, parentId: above(parent_id) });
	}
}

function refuseRoot({ parentId }: FoundUnit): void {
	if (parentId === null) throw new DomainError('conflict', 'organisation.root_stays');
}

function refuseClosed({ closedOn }: FoundUnit): void {
	if (closedOn) throw new DomainError('conflict', 'organisation.unit_closed');
}

async function beginsAfter(db: Database, unitId: string, day: string): Promise<boolean> {
	const [row] = await db.execute<{ later: boolean }>(
		sql`select min(valid_from) > ${day}::date as later from unit_version where unit_id = ${unitId}`
	);
	return row?.later ?? false;
}
