import { and, desc, eq, sql } from 'drizzle-orm';
import { authorise, can, type Permission } from '../identity/permissions.ts';
import { type Context, today } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { listAggregateRosters } from './aggregates.ts';
import { holdsOn } from './dated.ts';
import { getUnit, isPerson, listUnits, type Unit } from './queries.ts';
import { listCategories } from './reference-data.ts';
import {
	affiliations,
	categories,
	categoryMemberships,
	people,
	units,
	unitSuccessions,
	unitVersions
} from './tables.ts';

/** A unit in the tree: people who count in it, and in it with all below. */
export type UnitNode = Pick<Unit, 'id' | 'code' | 'name' | 'type' | 'givesAggregates'> & {
	own: number;
	total: number;
	children: UnitNode[];
};

/** The actor's units as trees, as they stood and with the people they had on a day (today where left out). */
export async function listUnitTree(ctx: Context, day = today(ctx)): Promise<UnitNode[]> {
	const found = await listUnits(ctx.db, authorise(ctx.actor, 'unit:read'), { day });
	const counts = await countPeopleByUnit(ctx.db, day);
	const nodes = new Map<string, UnitNode>(
		found.map(({ id, code, name, type, givesAggregates }) => {
			const own = counts.get(id) ?? 0;
			return [id, { id, code, name, type, givesAggregates, own, total: own, children: [] }];
		})
	);
	const roots: UnitNode[] = [];
	for (const { id, parentId } of found) {
		const node = nodes.get(id);
		if (node) (nodes.get(parentId ?? '')?.children ?? roots).push(node);
	}
	roots.forEach(addUp);
	return roots;
}

/** Units whose name or code holds the text, with or without marks, each with its superior's name. */
export async function findUnits(ctx: Context, text: string) {
	const scope = authorise(ctx.actor, 'unit:read');
	const found = await listUnits(ctx.db, scope, { day: today(ctx), text });
	const counts = await countPeopleByUnit(ctx.db, today(ctx));
	const all = new Map((await listUnits(ctx.db, scope, { day: today(ctx) })).map((unit) => [unit.id, unit.name]));
	return found.map(({ id, code, name, type, parentId }) => ({
		...{ id, code, name, type },
		own: counts.get(id) ?? 0,
		parentName: all.get(parentId ?? '') ?? ''
	}));
}

/** Units to choose from in a form that needs this permission, indented by their depth. */
export async function listUnitChoices(ctx: Context, permission: Permission) {
	const found = await listUnits(ctx.db, authorise(ctx.actor, permission), { day: today(ctx) });
	const least = Math.min(...found.map(({ depth }) => depth));
	const children = Map.groupBy(found, ({ parentId }) => parentId ?? '');
	const listed: { value: string; label: string; givesAggregates: boolean; path: string }[] = [];
	const walk = (unit: Unit) => {
		const indent = '\u00A0\u00A0'.repeat(unit.depth - least);
		const { id: value, name, givesAggregates, path } = unit;
		listed.push({ value, label: indent + name, givesAggregates, path });
		children.get(unit.id)?.forEach(walk);
	};
	const ids = new Set(found.map(({ id }) => id));
	found.filter(({ parentId }) => !ids.has(parentId ?? '')).forEach(walk);
	return listed;
}

/** All that a unit's page shows. */
export async function getUnitPage(ctx: Context, unitId: string) {
	const scope = authorise(ctx.actor, 'unit:read');
	const unit = await getUnit(ctx.db, scope, unitId);
	const day = today(ctx);
	const [history, headcounts, below, aggregates, targetCategories, successors, predecessors] = await Promise.all([
		listHistory(ctx.db, unitId),
		countByCategory(ctx.db, unit.path, day),
		listUnits(ctx.db, { kind: 'subtrees', paths: [unit.path] }, { day }),
		listAggregateRosters(ctx.db, unitId),
		listCategories(ctx.db, day),
		listSuccession(ctx.db, { of: unitSuccessions.fromUnitId, other: unitSuccessions.toUnitId }, unitId),
		listSuccession(ctx.db, { of: unitSuccessions.toUnitId, other: unitSuccessions.fromUnitId }, unitId)
	]);
	return {
		...{ unit, history, headcounts, aggregates, targetCategories, successors, predecessors },
		children: below.filter(({ parentId }) => parentId === unitId),
		isClosed: unit.closedOn !== null && unit.closedOn <= day,
		mayManage: can(ctx.actor, 'unit:manage'),
		mayReadRoster: can(ctx.actor, 'roster:read'),
		mayManageRoster: can(ctx.actor, 'roster:manage')
	};
}

function addUp(node: UnitNode): number {
	node.total = node.children.reduce((sum, child) => sum + addUp(child), node.own);
	return node.total;
}

async function countPeopleByUnit(db: Database, day: string): Promise<Map<string, number>> {
	const rows = await db
		.select({ unitId: affiliations.unitId, count: sql<number>`count(*)::int` })
		.from(affiliations)
		.innerJoin(people, eq(people.id, affiliations.personId))
		.where(and(isPerson, holdsOn(affiliations, day)))
		.groupBy(affiliations.unitId);
	return new Map(rows.map(({ unitId, count }) => [unitId, count]));
}

/** People of a unit and those below it, by category; a person in two categories counts once in each. */
function countByCategory(db: Database, path: string, day: string) {
	return db
		.select({
			code: categories.code,
			nameVi: categories.nameVi,
			nameEn: categories.nameEn,
			count: sql<number>`count(distinct ${people.id})::int`
		})
		.from(categoryMemberships)
		.innerJoin(categories, eq(categories.code, categoryMemberships.categoryCode))
		.innerJoin(people, and(eq(people.id, categoryMemberships.personId), isPerson))
		.innerJoin(affiliations, and(eq(affiliations.personId, people.id), holdsOn(affiliations, day)))
		.innerJoin(units, eq(units.id, affiliations.unitId))
		.where(and(holdsOn(categoryMemberships, day), sql`${units.path} <@ ${path}::ltree`))
		.groupBy(categories.code, categories.nameVi, categories.nameEn, categories.position)
		.orderBy(categories.position);
}

function listHistory(db: Database, unitId: string) {
	return db
		.select({
			id: unitVersions.id,
			name: unitVersions.name,
			type: unitVersions.type,
			validFrom: unitVersions.validFrom,
			validTo: unitVersions.validTo,
			parentName: sql<string | null>`(select p.name from unit_version p where p.unit_id = unit_version.parent_id
				order by (p.valid_from <= unit_version.valid_from) desc, p.valid_from desc limit 1)`
		})
		.from(unitVersions)
		.where(eq(unitVersions.unitId, unitId))
		.orderBy(desc(unitVersions.validFrom));
}

/** Units that this one passed to, or that passed to it, by their last names. */
function listSuccession(
	db: Database,
	{ of, other }: Record<'of' | 'other', typeof unitSuccessions.toUnitId | typeof unitSuccessions.fromUnitId>,
	unitId: string
) {
	return db
		.select({
			unitId: other,
			onDate: unitSuccessions.onDate,
			name: sql<string>`(select v.name from unit_version v where v.unit_id = ${other} order by v.valid_from desc limit 1)`
		})
		.from(unitSuccessions)
		.where(eq(of, unitId))
		.orderBy(unitSuccessions.onDate, desc(unitSuccessions.isMain));
}
