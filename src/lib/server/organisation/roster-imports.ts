import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { RosterField } from '#lib/organisation/roster-fields.ts';
import type { RosterDefaults } from '#lib/organisation/roster-import.ts';
import { matchKey } from '#lib/text/fold.ts';
import { openChangeSet } from '../audit/change-journal.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise, covers, type UnitScope } from '../identity/permissions.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { scanFile } from '../platform/files/scan.ts';
import { getUnit } from './queries.ts';
import { readArchive } from './roster-file/archive.ts';
import { XLSX } from './roster-file/error-workbook.ts';
import type { RosterImport } from './roster-run.ts';
import { headerMappings, rosterImports } from './tables.ts';

/** A file as it was sent. Without `unitId` a column of the file names each person's unit. */
export type RosterFile = Readonly<{
	fileName: string;
	bytes: Uint8Array;
	unitId?: string;
	defaults: RosterDefaults;
}>;

/**
 * Takes a roster file in and has it checked; nothing of the roster changes yet. `isQueued: false` is for a caller that does
 * the work itself (the command line).
 * @throws {DomainError} `invalid` when it is no workbook that can be read, `not_found` for a unit outside the actor's;
 * those of {@link scanFile}
 */
export async function receiveRosterFile(
	ctx: Context,
	file: RosterFile,
	{ isQueued = true } = {}
): Promise<{ importId: string }> {
	const scope = authorise(ctx.actor, 'roster:manage');
	if (file.unitId) {
		const unit = await getUnit(ctx.db, scope, file.unitId);
		if (unit.givesAggregates) throw new DomainError('conflict', 'organisation.gives_aggregates');
	}
	const importId = randomUUID();
	const storageKey = `roster-imports/${importId}/source.xlsx`;
	await scanFile(ctx.config, file.bytes);
	await checkAndStore(ctx, file.bytes, storageKey);
	await ctx.db.transaction(async (tx) => {
		await tx.insert(rosterImports).values({
			id: importId,
			unitId: file.unitId,
			scopePaths: scope.kind === 'everything' ? null : [...scope.paths],
			accountId: ctx.actor.kind === 'account' ? ctx.actor.accountId : null,
			fileName: file.fileName.normalize('NFC').slice(-200),
			storageKey,
			defaults: file.defaults,
			state: 'checking'
		});
		await recordAudit(ctx, tx, 'roster_import.received', { objectId: importId, unitId: file.unitId });
		if (isQueued) await ctx.queue.send(tx, 'organisation.check_roster', { importId });
	});
	return { importId };
}

async function checkAndStore(ctx: Context, bytes: Uint8Array, storageKey: string): Promise<void> {
	const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'roster-'));
	try {
		const file = path.join(folder, 'sent.xlsx');
		await fs.writeFile(file, bytes);
		await readArchive(file);
		await ctx.storage.putFile(storageKey, file, { contentType: XLSX });
	} finally {
		await fs.rm(folder, { recursive: true, force: true });
	}
}

/**
 * An import of the actor's own, or one that touched only units of the actor's.
 * @throws {DomainError} `not_found`
 */
export async function getRosterImport(ctx: Context, importId: string): Promise<RosterImport> {
	const scope = authorise(ctx.actor, 'roster:manage');
	const [found] = await ctx.db.select().from(rosterImports).where(eq(rosterImports.id, importId));
	if (!found || !mayRead(ctx, scope, found)) throw new DomainError('not_found', 'organisation.import_not_found');
	return found;
}

/** The actor's latest imports, newest first. */
export async function listRosterImports(ctx: Context): Promise<RosterImport[]> {
	const scope = authorise(ctx.actor, 'roster:manage');
	const rows = await ctx.db.select().from(rosterImports).orderBy(desc(rosterImports.recordedAt)).limit(100);
	return rows.filter((row) => mayRead(ctx, scope, row)).slice(0, 10);
}

function mayRead({ actor }: Context, scope: UnitScope, found: RosterImport): boolean {
	if (scope.kind === 'everything') return true;
	if (actor.kind === 'account' && found.accountId === actor.accountId) return true;
	return found.scopePaths !== null && found.scopePaths.every((one) => covers(scope, one));
}

/** Checks the file again with other meanings of its columns or other defaults. */
export async function recheckRosterImport(
	ctx: Context,
	{ importId, mapping, defaults }: { importId: string; mapping: Record<string, RosterField>; defaults: RosterDefaults }
): Promise<void> {
	const found = await getRosterImport(ctx, importId);
	const columns = new Set(found.headings.map(({ column }) => String(column)));
	const known = Object.entries(mapping).filter(([column]) => columns.has(column));
	const values = { mapping: Object.fromEntries(known), defaults, doneRows: 0, summary: {}, problems: [] };
	await ctx.db.transaction(async (tx) => {
		const changed = await tx
			.update(rosterImports)
			.set({ ...values, state: 'checking', failureCode: null })
			.where(and(eq(rosterImports.id, importId), eq(rosterImports.state, 'checked')))
			.returning({ id: rosterImports.id });
		if (changed.length === 0) throw new DomainError('conflict', 'organisation.import_busy');
		await recordAudit(ctx, tx, 'roster_import.remapped', { objectId: importId });
		await ctx.queue.send(tx, 'organisation.check_roster', { importId });
	});
}

/** Has the good rows written, and remembers what the headings meant. A second confirmation finds nothing to do. */
export async function confirmRosterImport(ctx: Context, importId: string, { isQueued = true } = {}): Promise<void> {
	const found = await getRosterImport(ctx, importId);
	await ctx.db.transaction(async (tx) => {
		const changed = await tx
			.update(rosterImports)
			.set({ state: 'importing', doneRows: 0, summary: {}, changeSetId: await openChangeSet(tx) })
			.where(and(eq(rosterImports.id, importId), eq(rosterImports.state, 'checked')))
			.returning({ id: rosterImports.id });
		if (changed.length === 0) throw new DomainError('conflict', 'organisation.import_busy');
		const headings = new Map(
			found.headings.map(({ column, text }) => [matchKey(text), found.mapping[column] ?? 'ignore'])
		);
		headings.delete('');
		if (headings.size > 0) {
			await tx
				.insert(headerMappings)
				.values([...headings].map(([heading, field]) => ({ heading, field, usedAt: ctx.now })))
				.onConflictDoUpdate({
					target: headerMappings.heading,
					set: { field: sql`excluded.field`, usedAt: sql`excluded.used_at` }
				});
		}
		await recordAudit(ctx, tx, 'roster_import.confirmed', { objectId: importId });
		if (isQueued) await ctx.queue.send(tx, 'organisation.import_roster', { importId });
	});
}

/** Takes an import for a run: undefined when there is nothing (more) for this kind of run to do. */
export async function takeRosterImport(
	ctx: Context,
	importId: string,
	state: 'checking' | 'importing'
): Promise<RosterImport | undefined> {
	const [taken] = await ctx.db
		.update(rosterImports)
		.set({ state, failureCode: null })
		.where(and(eq(rosterImports.id, importId), inArray(rosterImports.state, [state, 'failed'])))
		.returning();
	return taken;
}
