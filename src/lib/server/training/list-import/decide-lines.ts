import { and, eq, sql } from 'drizzle-orm';
import type { DecideLinesInput } from '#lib/training/list-input.ts';
import { recordAudit } from '../../audit/record.ts';
import { authorise } from '../../identity/permissions.ts';
import { today, type Context } from '../../platform/context.ts';
import { DomainError } from '../../platform/errors.ts';
import { listImportRows } from '../list-import-tables.ts';
import { placesThen } from '../places.ts';
import { columnsOf, tellThoseSummoned, WIPED } from './bring-list.ts';
import { addCandidates, tellUnits } from './candidates.ts';
import { lockListImport } from './import-access.ts';
import { listDay, putPeople, type Put } from './put-people.ts';
import { openTarget } from './target.ts';

type Row = typeof listImportRows.$inferSelect;

/**
 * Answers questions of the review queue: this person, somebody new (who then waits for the unit's word), or nobody. Lines
 * answered meanwhile are left as they are.
 * @throws {DomainError} `conflict` `training.list_choice_gone` for a person who was not offered for the line
 */
export async function decideLines(ctx: Context, importId: string, answers: DecideLinesInput): Promise<void> {
	const scope = authorise(ctx.actor, 'training:manage');
	await ctx.db.transaction(async (tx) => {
		const list = await lockListImport(ctx, tx, importId);
		const { activityId, bridgeSiteId } = list;
		const target = await openTarget(ctx, tx, bridgeSiteId ? { siteId: bridgeSiteId } : { activityId });
		const open = await tx
			.select()
			.from(listImportRows)
			.where(and(eq(listImportRows.importId, importId), eq(listImportRows.state, 'uncertain')));
		const byRow = new Map(open.map((row) => [row.row, row]));
		const asked = answers.flatMap(({ row, choice }) => {
			const line = byRow.get(row);
			return line ? [{ line, choice }] : [];
		});
		const chosen = asked.filter(({ choice }) => choice !== 'new' && choice !== 'skip');
		for (const { line, choice } of chosen) assertOffered(line, choice);
		const personIds = chosen.map(({ choice }) => choice);
		const places = await placesThen(tx, scope, personIds, { day: listDay(ctx, target), today: today(ctx) });
		const put =
			places.length > 0 ? await putPeople(ctx, tx, { ...target, stage: list.stage }, places) : new Map<string, Put>();
		const on = await namedBefore(tx, importId, personIds);
		for (const { line, choice } of asked) {
			await tx
				.update(listImportRows)
				.set({ ...WIPED, ...settled(choice, put, on) })
				.where(and(eq(listImportRows.importId, importId), eq(listImportRows.row, line.row)));
		}
		const waiting = asked
			.filter(({ choice }) => choice === 'new')
			.map(({ line }) => ({ ...line, unitId: line.unitId ?? list.unitId }));
		await addCandidates(ctx, tx, { target, importId, rows: waiting });
		await tellUnits(ctx, tx, target, importId, waiting);
		await tellThoseSummoned(ctx, tx, target, put);
		await recordAudit(ctx, tx, 'list_import.decided', {
			...{ objectId: activityId, unitId: list.unitId, importId },
			...{ lines: asked.length, chosen: chosen.length, candidates: waiting.length }
		});
	});
}

function settled(choice: string, put: ReadonlyMap<string, Put>, named: Set<string>): Partial<Row> {
	if (choice === 'skip') return { state: 'skipped' };
	if (choice === 'new') return { state: 'candidate' };
	if (named.has(choice)) return { state: 'repeated', personId: choice, matchedBy: 'choice' };
	named.add(choice);
	return { personId: choice, matchedBy: 'choice', ...columnsOf(put.get(choice)) };
}

/** People whom another line of the list means already. */
async function namedBefore(tx: Context['db'], importId: string, personIds: readonly string[]): Promise<Set<string>> {
	const rows = await tx
		.select({ personId: listImportRows.personId })
		.from(listImportRows)
		.where(
			and(
				eq(listImportRows.importId, importId),
				sql`${listImportRows.personId} = any(${sql.param([...personIds])}::uuid[])`
			)
		);
	return new Set(rows.flatMap(({ personId }) => (personId ? [personId] : [])));
}

function assertOffered({ row, candidateIds }: Row, choice: string): void {
	if (candidateIds.includes(choice)) return;
	throw new DomainError('conflict', 'training.list_choice_gone', { row });
}
