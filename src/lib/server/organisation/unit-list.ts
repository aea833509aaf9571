import { sql } from 'drizzle-orm';
import { type UnitLine, type UnitLineProblem, readUnitLines, soundLines } from '#lib/organisation/unit-lines.ts';
import type { Journaled } from '../audit/change-journal.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise } from '../identity/permissions.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError, sqlState } from '../platform/errors.ts';
import { listUnits } from './queries.ts';
import { takeTableIn } from './table-imports.ts';
import { units, unitVersions } from './tables.ts';

/** A table of units as it would come in: what is new, what exists already, and what is wrong with which lines. */
export type CheckedUnits = Readonly<{
	fresh: readonly UnitLine[];
	unchanged: number;
	problems: readonly UnitLineProblem[];
}>;

/** Reads a table against the units there are; writes nothing. */
export async function checkUnits(ctx: Context, table: readonly (readonly string[])[]): Promise<CheckedUnits> {
	const present = await listUnits(ctx.db, authorise(ctx.actor, 'unit:manage'));
	const codes = new Set(present.map(({ code }) => code));
	const read = readUnitLines(table, codes);
	const sound = soundLines(read);
	const fresh = sound.filter(({ code }) => !codes.has(code));
	return { fresh, unchanged: sound.length - fresh.length, problems: read.problems };
}

/** Where a table comes from, and from when its units exist. */
export type UnitTable = Readonly<{ id: string; fileName: string | null; validFrom: string }>;

/**
 * Adds the sound lines of a table, superiors before those below them. Codes that exist stay as they are, so the same table
 * can be sent again with more lines. The whole can be taken back (undo-unit-list.ts).
 * @param isWhole with a problem in any line nothing is written
 * @throws {DomainError} `conflict` `organisation.unit_code_taken` for a code that somebody else took meanwhile
 */
export async function importUnits(
	ctx: Context,
	table: readonly (readonly string[])[],
	{ id, fileName, validFrom }: UnitTable,
	{ isWhole = true } = {}
): Promise<{ created: number; unchanged: number; problems: readonly UnitLineProblem[] }> {
	const { fresh, unchanged, problems } = await checkUnits(ctx, table);
	if (isWhole && problems.length > 0) return { created: 0, unchanged: 0, problems };
	if (fresh.length === 0) return { created: 0, unchanged, problems };
	try {
		const created = await ctx.db.transaction(async (tx) => {
			const lines = await takeTableIn(ctx, tx, { id, kind: 'units', fileName }, () =>
				insertUnits(tx, fresh, validFrom)
			);
			if (lines) await recordAudit(ctx, tx, 'unit.list_imported', { objectId: id, lines });
			return lines ?? 0;
		});
		return { created, unchanged, problems };
	} catch (error) {
		if (sqlState(error) === '23505') throw new DomainError('conflict', 'organisation.unit_code_taken');
		throw error;
	}
}

/** What a table of units makes, for its undo. */
export const JOURNALED = {
	units: { table: units, columns: ['code', 'path', 'gives_aggregates', 'version'] },
	versions: { table: unitVersions, columns: ['name', 'short_name', 'type', 'parent_id', 'valid_from', 'valid_to'] }
} satisfies Record<string, Journaled>;

/** Three statements for each thousand units; the caller has authorised it. */
async function insertUnits(tx: Database, fresh: readonly UnitLine[], validFrom: string) {
	const present = await tx.select({ code: units.code, id: units.id, path: units.path }).from(units);
	const root = present.find(({ path }) => !path.includes('.'));
	if (!root) throw new Error('there is no province');
	const places = new Map(present.map(({ code, id, path }) => [code, { id, path }]));
	const made = { units: [] as string[], versions: [] as string[] };
	const ordered = inOrder(fresh);
	for (let i = 0; i < ordered.length; i += 1000) {
		const part = ordered.slice(i, i + 1000);
		const values = part.map(({ code, type }) => ({ code, path: root.path, givesAggregates: type === 'armed_forces' }));
		const added = await tx.insert(units).values(values).returning({ code: units.code, id: units.id, no: units.no });
		const byCode = new Map(added.map((unit) => [unit.code, unit]));
		const placed = part.flatMap(({ code, name, type, parentCode }) => {
			const unit = byCode.get(code);
			const parent = (parentCode && places.get(parentCode)) || root;
			if (!unit) return [];
			places.set(code, { id: unit.id, path: `${parent.path}.${unit.no}` });
			return [{ unitId: unit.id, path: `${parent.path}.${unit.no}`, parentId: parent.id, name, type, validFrom }];
		});
		await tx.execute(sql`update unit u set path = r.path::ltree from jsonb_to_recordset(${JSON.stringify(placed)}::jsonb)
			as r("unitId" uuid, path text) where u.id = r."unitId"`);
		const versions = placed.map(({ path: _, ...version }) => version);
		const dated = await tx.insert(unitVersions).values(versions).returning({ id: unitVersions.id });
		made.units.push(...added.map(({ id }) => id));
		made.versions.push(...dated.map(({ id }) => id));
	}
	return [[JOURNALED.units, made.units] as const, [JOURNALED.versions, made.versions] as const];
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
