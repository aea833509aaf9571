import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { and, eq } from 'drizzle-orm';
import { legalFieldReader } from '#lib/organisation/legal-fields.ts';
import type { RosterField } from '#lib/organisation/roster-fields.ts';
import { NO_COUNTS, type RosterCounts, type RowProblem } from '#lib/organisation/roster-import.ts';
import { recordAudit } from '../audit/record.ts';
import { EVERYTHING, type UnitScope } from '../identity/permissions.ts';
import { type Context, today } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { openNumberVault, type NumberVault } from './personal-numbers.ts';
import { listUnits } from './queries.ts';
import { listCategories, listLegalFields } from './reference-data.ts';
import { writeErrorWorkbook, XLSX } from './roster-file/error-workbook.ts';
import { findHeader, type Heading, proposeMapping } from './roster-file/header.ts';
import type { PlacedRow } from './roster-file/match.ts';
import { type BatchPlan, KnownPeople, planBatch } from './roster-file/plan.ts';
import { readRow, type ReadOptions, type RosterRow } from './roster-file/row.ts';
import { type KnownUnit, type UnitFinder, unitFinder } from './roster-file/units.ts';
import { categoryWords } from './roster-file/words.ts';
import { readSheet, type CellValue, type Sheet, type SheetRow } from './roster-file/workbook.ts';
import { loadCandidates, writeJournaled } from './roster-store.ts';
import { headerMappings, rosterImports } from './tables.ts';

/** A file that was sent, as its row in the database tells of it. */
export type RosterImport = typeof rosterImports.$inferSelect;

/** Rows per transaction: large enough for few statements, small enough for a lively progress bar. */
const BATCH_ROWS = 500;
/** Problems kept with the import for its page; the error workbook holds all. */
const STORED_PROBLEMS = 300;

/**
 * Reads the file and works through its rows. Dry (`isWriting: false`), it only counts; else each batch is written in a
 * transaction that also moves `done_rows` on, so that a run that was killed goes on where it stopped.
 * @throws {DomainError} `invalid` for a file that cannot be read
 */
export async function runRoster(
	ctx: Context,
	job: RosterImport,
	{ isWriting, signal }: { isWriting: boolean; signal?: AbortSignal }
): Promise<void> {
	const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'roster-'));
	try {
		const source = path.join(folder, 'source.xlsx');
		await ctx.storage.getFile(job.storageKey, source, { signal });
		const sheet = await readSheet(source, signal);
		const table = await readTable(ctx, job, sheet);
		await update(ctx.db, job.id, { headings: table.samples, mapping: table.mapping, totalRows: table.rows.length });
		const { counts, problems } = await workThrough(ctx, job, table, { isWriting, signal });
		const errors = problems.filter(({ isWarning }) => !isWarning);
		const key = errors.some(({ row }) => row > 0) ? `roster-imports/${job.id}/errors-${Date.now()}.xlsx` : null;
		if (key) {
			const errorFile = path.join(folder, 'errors.xlsx');
			await writeErrorWorkbook(errorFile, { ...table, is1904: sheet.is1904, problems: errors });
			await ctx.storage.putFile(key, errorFile, { contentType: XLSX, signal });
		}
		await finish(ctx, job, { counts, problems, errorWorkbookKey: key, isWriting });
	} finally {
		await fs.rm(folder, { recursive: true, force: true });
	}
}

type Table = Readonly<{
	headings: readonly Heading[];
	samples: RosterImport['headings'];
	mapping: Record<string, RosterField>;
	rows: readonly SheetRow[];
	read: ReadOptions;
}>;

async function readTable(ctx: Context, job: RosterImport, { rows, is1904 }: Sheet): Promise<Table> {
	const remembered = new Map(
		(await ctx.db.select().from(headerMappings)).map(({ heading, field }) => [heading, field as RosterField])
	);
	const { headings, firstDataIndex } = findHeader(rows, remembered);
	const mapping = Object.keys(job.mapping).length > 0 ? job.mapping : proposeMapping(headings, remembered);
	const data = rows.slice(firstDataIndex);
	const day = today(ctx);
	const categories = categoryWords(await listCategories(ctx.db, day));
	const legalFields = legalFieldReader(await listLegalFields(ctx.db, day));
	const read = { mapping, defaults: job.defaults, is1904, today: day, categories, legalFields };
	return { headings, samples: headings.map((heading) => withSamples(heading, data)), mapping, rows: data, read };
}

function withSamples({ column, text }: Heading, rows: readonly SheetRow[]) {
	const values = rows.slice(0, 50).map(({ cells }) => cells[column]);
	return { column, text, samples: [...new Set(values.filter((value) => value !== undefined))].slice(0, 3).map(shown) };
}

/** Long numbers are personal; what is kept in the clear shows their ends only. */
function shown(value: CellValue): string {
	return hideNumbers(String(value)).slice(0, 60);
}

function hideNumbers(text: string): string {
	return text.replace(/\d{9,12}/g, (digits) => `${digits.slice(0, 3)}*****${digits.slice(-2)}`);
}

type Outcome = { counts: RosterCounts; problems: RowProblem[] };

async function workThrough(
	ctx: Context,
	job: RosterImport,
	table: Table,
	{ isWriting, signal }: { isWriting: boolean; signal?: AbortSignal }
): Promise<Outcome> {
	const missing = missingColumns(job, table.mapping);
	if (missing.length > 0) return { counts: NO_COUNTS, problems: missing };
	const scope = scopeOf(job);
	const day = today(ctx);
	const find = await finderFor(ctx, job, scope);
	const vault = openNumberVault(ctx.config);
	const known = new KnownPeople();
	let counts: RosterCounts = isWriting ? { ...NO_COUNTS, ...job.summary } : NO_COUNTS;
	const problems: RowProblem[] = [];
	for (let start = 0; start < table.rows.length; start += BATCH_ROWS) {
		signal?.throwIfAborted();
		const doneRows = Math.min(start + BATCH_ROWS, table.rows.length);
		const { placed, problems: found } = placeRows(table.rows.slice(start, doneRows), table.read, find, vault);
		known.add(await loadCandidates(ctx.db, scope, placed, day));
		const plan = planBatch(placed, known);
		const all = [...found, ...plan.problems].map(withoutNumbers).sort((a, b) => a.row - b.row);
		problems.push(...all);
		if (isWriting && doneRows <= job.doneRows) continue; // written before this run was interrupted
		counts = sum(counts, plan.counts, all);
		if (!isWriting) await update(ctx.db, job.id, { doneRows });
		else await write(ctx, job, plan, { vault, counts, from: start, doneRows });
	}
	return { counts, problems };
}

function missingColumns({ unitId }: RosterImport, mapping: Record<string, RosterField>): RowProblem[] {
	const fields = Object.values(mapping);
	const problems: RowProblem[] = [];
	if (!fields.includes('fullName') && !(fields.includes('familyName') && fields.includes('givenName'))) {
		problems.push({ row: 0, code: 'mapping_name_missing' });
	}
	if (!unitId && !fields.includes('unit')) problems.push({ row: 0, code: 'mapping_unit_missing' });
	return problems;
}

/** The units as they were the importing account's when the file was sent. */
function scopeOf({ scopePaths }: RosterImport): UnitScope {
	return scopePaths === null ? EVERYTHING : { kind: 'subtrees', paths: scopePaths };
}

async function finderFor(ctx: Context, job: RosterImport, scope: UnitScope): Promise<UnitFinder> {
	const units: KnownUnit[] = await listUnits(ctx.db, scope, { day: today(ctx) });
	const one = job.unitId ? units.find(({ id }) => id === job.unitId) : undefined;
	return job.unitId ? () => one : unitFinder(units);
}

function placeRows(rows: readonly SheetRow[], read: ReadOptions, find: UnitFinder, vault: NumberVault) {
	const placed: PlacedRow[] = [];
	const problems: RowProblem[] = [];
	for (const source of rows) {
		const result = readRow(source, read);
		if (!result) continue;
		problems.push(...result.problems);
		if (!result.row) continue;
		const unit = placeOf(result.row, find);
		if ('code' in unit) {
			problems.push(unit);
			continue;
		}
		const { personalNumber } = result.row;
		const numberHmac = personalNumber ? vault.hmac(personalNumber).toString('hex') : undefined;
		placed.push({ ...result.row, unitId: unit.unitId, numberHmac });
	}
	return { placed, problems };
}

function placeOf({ row, unit }: RosterRow, find: UnitFinder): { unitId: string } | RowProblem {
	const text = unit ?? '';
	const found = find(text);
	if (found === 'ambiguous') return { row, code: 'unit_ambiguous', params: { text } };
	if (!found) return text ? { row, code: 'unit_not_found', params: { text } } : { row, code: 'unit_missing' };
	if (found.givesAggregates) return { row, code: 'unit_gives_aggregates', params: { text: found.name } };
	return { unitId: found.id };
}

function withoutNumbers(problem: RowProblem): RowProblem {
	const { params } = problem;
	if (typeof params?.text !== 'string') return problem;
	return { ...problem, params: { ...params, text: hideNumbers(params.text) } };
}

function sum(a: RosterCounts, b: RosterCounts, problems: readonly RowProblem[]): RosterCounts {
	const failed = new Set(problems.filter(({ isWarning }) => !isWarning).map(({ row }) => row));
	const warned = new Set(problems.filter(({ row }) => !failed.has(row)).map(({ row }) => row));
	return {
		created: a.created + b.created,
		updated: a.updated + b.updated,
		unchanged: a.unchanged + b.unchanged,
		failed: a.failed + failed.size,
		warned: a.warned + warned.size
	};
}

async function write(
	ctx: Context,
	job: RosterImport,
	{ writes }: BatchPlan,
	{ vault, counts, from, doneRows }: { vault: NumberVault; counts: RosterCounts; from: number; doneRows: number }
): Promise<void> {
	await ctx.db.transaction(async (tx) => {
		const moved = await tx
			.update(rosterImports)
			.set({ doneRows, summary: counts })
			.where(and(eq(rosterImports.id, job.id), eq(rosterImports.doneRows, from)))
			.returning({ id: rosterImports.id });
		if (moved.length === 0) throw new Error('another worker has taken this import over');
		if (!job.changeSetId) throw new Error('this import was not confirmed');
		await writeJournaled(tx, job.changeSetId, writes, vault);
		const created = [...writes.people.keys()];
		const changed = [...writes.changes.keys()];
		const unitId = job.unitId ?? undefined;
		await recordAudit(ctx, tx, 'roster_import.rows_written', { objectId: job.id, unitId, created, changed });
	});
}

async function finish(
	ctx: Context,
	job: RosterImport,
	result: Outcome & { errorWorkbookKey: string | null; isWriting: boolean }
): Promise<void> {
	const { counts, problems, errorWorkbookKey, isWriting } = result;
	await ctx.db.transaction(async (tx) => {
		await update(tx, job.id, {
			state: isWriting ? 'imported' : 'checked',
			summary: counts,
			problems: problems.slice(0, STORED_PROBLEMS),
			errorWorkbookKey,
			failureCode: null,
			finishedAt: isWriting ? ctx.now : null
		});
		if (isWriting) {
			await recordAudit(ctx, tx, 'roster_import.finished', {
				objectId: job.id,
				unitId: job.unitId ?? undefined,
				...counts
			});
		}
	});
	const stale = [job.errorWorkbookKey, isWriting ? job.storageKey : null].filter((key) => key !== null);
	await ctx.storage.delete(stale); // names and numbers lie about no longer than needed
}

/** Sets columns of an import. */
export async function update(db: Database, id: string, values: Partial<RosterImport>): Promise<void> {
	await db.update(rosterImports).set(values).where(eq(rosterImports.id, id));
}
