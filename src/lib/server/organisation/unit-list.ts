import { eq, isNull, sql } from 'drizzle-orm';
import { type UnitLine, type UnitLineProblem, readUnitLines } from '#lib/organisation/unit-lines.ts';
import { authorise, can } from '../identity/permissions.ts';
import { type Context, within } from '../platform/context.ts';
import { isPerson, listUnits } from './queries.ts';
import { people, units, unitVersions } from './tables.ts';
import { createUnit } from './units.ts';

/** Lines that were taken over, or what is wrong with them; with a problem nothing is written. */
export type UnitListResult = Readonly<{ created: number; unchanged: number; problems: readonly UnitLineProblem[] }>;

/**
 * Adds the units of a pasted or uploaded table, superiors before those below them. Codes that exist stay as they are, so
 * the same table can be sent again with more lines. All or nothing.
 */
export async function importUnits(
	ctx: Context,
	table: readonly (readonly string[])[],
	validFrom: string
): Promise<UnitListResult> {
	const scope = authorise(ctx.actor, 'unit:manage');
	const present = await listUnits(ctx.db, scope);
	const idOf = new Map(present.map(({ code, id }) => [code, id]));
	const [root] = present;
	const { lines, problems } = readUnitLines(table, new Set(idOf.keys()));
	if (problems.length > 0 || !root) return { created: 0, unchanged: 0, problems };
	const fresh = lines.filter(({ code }) => !idOf.has(code));
	await ctx.db.transaction(async (tx) => {
		for (const { code, name, type, parentCode } of inOrder(fresh)) {
			const parentId = idOf.get(parentCode ?? '') ?? root.id;
			const values = { parentId, code, name, type, shortName: undefined, givesAggregates: type === 'armed_forces' };
			const { unitId } = await createUnit(within(ctx, tx), { ...values, validFrom });
			idOf.set(code, unitId);
		}
	});
	return { created: fresh.length, unchanged: lines.length - fresh.length, problems };
}

/** Superiors first; `readUnitLines` has made sure that there is no circle. */
function inOrder(lines: readonly UnitLine[]): UnitLine[] {
	const waiting = new Map(lines.map((line) => [line.code, line]));
	const ordered: UnitLine[] = [];
	const place = (line: UnitLine) => {
		if (!waiting.delete(line.code)) return;
		const parent = waiting.get(line.parentCode ?? '');
		if (parent) place(parent);
		ordered.push(line);
	};
	lines.forEach(place);
	return ordered;
}

/** How far the installation is, for the first-run pages. */
export async function getSetupState(ctx: Context) {
	authorise(ctx.actor, 'unit:manage');
	const [root] = await ctx.db
		.select({
			id: units.id,
			name: unitVersions.name,
			version: units.version,
			validFrom: unitVersions.validFrom
		})
		.from(units)
		.innerJoin(unitVersions, eq(unitVersions.unitId, units.id))
		.where(sql`nlevel(${units.path}) = 1 and ${unitVersions.validTo} is null`);
	return {
		root,
		unitCount: await ctx.db.$count(unitVersions, isNull(unitVersions.validTo)),
		peopleCount: await ctx.db.$count(people, isPerson)
	};
}

/** True for those who can finish the first set-up while there is only the province itself, or nobody on the roster. */
export async function needsSetup(ctx: Context): Promise<boolean> {
	if (!can(ctx.actor, 'unit:manage')) return false;
	const [row] = await ctx.db.execute<{ isNew: boolean }>(sql`select not (exists (select 1 from affiliation)
		and exists (select 1 from unit where nlevel(path) > 1)) as "isNew"`);
	return row?.isNew ?? true;
}
