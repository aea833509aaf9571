import { eq, inArray, sql } from 'drizzle-orm';
import type { MergeInput } from '#lib/organisation/merging.ts';
import {
	closeChangeSet,
	type Journaled,
	listChangedRows,
	noteBefore,
	openChangeSet,
	removeRows,
	restoreRows,
	sealChangeSet
} from '../../audit/change-journal.ts';
import { recordAudit } from '../../audit/record.ts';
import { authorise } from '../../identity/permissions.ts';
import { joinAccounts, LINKED, unlinkAccounts } from '../../organisation/merging/accounts.ts';
import { ADDED, takeOverTimes } from '../../organisation/merging/dated-rows.ts';
import { lockCouple, readCouple, returnFields, takeFields } from '../../organisation/merging/fields.ts';
import { personMergers } from '../../organisation/merger-tables.ts';
import { getPersonRow } from '../../organisation/people-queries.ts';
import { people } from '../../organisation/tables.ts';
import { today, type Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database.ts';
import { DomainError } from '../../platform/errors.ts';
import { accountOf } from '../access.ts';
import { recomputeFirstCompletions } from '../first-completion.ts';
import { voidDoubles, VOIDED } from './participations.ts';

const POINTERS: Journaled = { table: people, columns: ['canonical_id'] };
const JOURNALED: readonly Journaled[] = [POINTERS, ADDED.affiliations, ADDED.memberships, LINKED, VOIDED];

/**
 * Makes two people one. No key is rewritten: the merged row points to the kept one, whose history is that of both from
 * then on; what was double (a class, an account, a time in a unit) counts once.
 * @throws {DomainError} `not_found` for people outside the actor's units; `conflict` when one is merged already or their
 * personal numbers differ; `invalid` when both have accounts and nothing was chosen
 */
export async function mergePeople(ctx: Context, input: MergeInput): Promise<{ mergerId: string }> {
	const scope = authorise(ctx.actor, 'roster:manage');
	const { keptId, mergedId } = input;
	const kept = await getPersonRow(ctx.db, scope, keptId, today(ctx));
	await getPersonRow(ctx.db, scope, mergedId, today(ctx));
	return ctx.db.transaction(async (tx) => ({ mergerId: await mergeCouple(ctx, tx, input, kept.unitId ?? undefined) }));
}

/**
 * As {@link mergePeople}, in the caller's transaction. The caller has authorised it; `unitId` is told to the audit log.
 * @returns id of the merger
 */
export async function mergeCouple(ctx: Context, tx: Database, input: MergeInput, unitId?: string): Promise<string> {
	const { keptId, mergedId, takes } = input;
	const couple = await lockCouple(tx, keptId, mergedId);
	const setId = await openChangeSet(tx);
	await pointTo(tx, setId, keptId, mergedId);
	const taken = await takeFields(tx, couple, takes);
	await takeOverTimes(tx, setId, keptId, mergedId);
	await joinAccounts(ctx, tx, input, setId);
	const doubles = await voidDoubles(tx, { keptId, mergedId, setId, now: ctx.now });
	await recomputeFirstCompletions(tx, { personIds: [keptId, mergedId] });
	await sealChangeSet(tx, setId, JOURNALED);
	const [merger] = await tx
		.insert(personMergers)
		.values({ keptId, mergedId, taken, changeSetId: setId, recordedBy: accountOf(ctx.actor) })
		.returning({ id: personMergers.id });
	if (!merger) throw new Error('merger was not inserted');
	await recordAudit(ctx, tx, 'person.merged', {
		...{ objectId: mergedId, unitId, keptId, taken: Object.keys(taken), doubles, accounts: input.accounts }
	});
	return merger.id;
}

/** What an undo could not put back, since somebody changed it after the merger. */
export type UndoneMerger = Readonly<{ left: number }>;

/**
 * Makes two people of one again. What was entered for the kept person since stays with them; rows of the merger that
 * somebody changed since stay as they are, and the answer counts them.
 * @throws {DomainError} `conflict` `organisation.undo_later_merger_first` while a later merger of the kept person stands
 */
export async function undoMerger(ctx: Context, mergerId: string): Promise<UndoneMerger> {
	const scope = authorise(ctx.actor, 'roster:manage');
	const [found] = await ctx.db.select().from(personMergers).where(eq(personMergers.id, mergerId));
	if (!found) throw new DomainError('not_found', 'organisation.merger_not_found');
	const { keptId, mergedId, changeSetId: setId } = found;
	await refuseLaterMerger(ctx.db, found);
	const kept = await getPersonRow(ctx.db, scope, keptId, today(ctx));
	return ctx.db.transaction(async (tx) => {
		if (!(await closeChangeSet(tx, setId, ctx.now))) throw new DomainError('conflict', 'organisation.merger_undone');
		const couple = await readCouple(tx, keptId, mergedId);
		await refuseLaterMerger(tx, found);
		await returnFields(tx, couple, found.taken);
		const pointers = (await listChangedRows(tx, setId, POINTERS)).map(({ rowId }) => rowId);
		await restoreRows(tx, setId, POINTERS, pointers);
		let left = 0;
		for (const added of Object.values(ADDED)) {
			const rows = await listChangedRows(tx, setId, added);
			left += rows.filter(({ isTouched }) => isTouched).length;
			await removeRows(tx, added, untouched(rows));
		}
		left += await restoreParticipations(tx, setId);
		const linked = untouched(await listChangedRows(tx, setId, LINKED));
		await unlinkAccounts(tx, linked);
		await restoreRows(tx, setId, LINKED, linked);
		await recomputeFirstCompletions(tx, { personIds: [keptId, ...pointers] });
		await tx.update(personMergers).set({ undoneAt: ctx.now }).where(eq(personMergers.id, mergerId));
		await recordAudit(ctx, tx, 'person.merger_undone', {
			objectId: mergedId,
			unitId: kept.unitId ?? undefined,
			keptId,
			left
		});
		return { left };
	});
}

/** The merged row, and whatever pointed to it, points to the kept one. */
async function pointTo(tx: Database, setId: string, keptId: string, mergedId: string): Promise<void> {
	const rows = await tx
		.select({ id: people.id })
		.from(people)
		.where(sql`${people.id} = ${mergedId} or ${people.canonicalId} = ${mergedId}`)
		.for('update');
	const ids = rows.map(({ id }) => id);
	await noteBefore(tx, setId, POINTERS, ids);
	await tx.update(people).set({ canonicalId: keptId }).where(inArray(people.id, ids));
}

/** Mergers are taken back in the reverse order: a later one may have voided what this one left. */
async function refuseLaterMerger(db: Database, { id, keptId }: typeof personMergers.$inferSelect): Promise<void> {
	const later = await db.$count(
		personMergers,
		sql`${keptId} in (${personMergers.keptId}, ${personMergers.mergedId}) and ${personMergers.undoneAt} is null
			and ${personMergers.recordedAt} > (select this.recorded_at from person_merger this where this.id = ${id})`
	);
	if (later > 0) throw new DomainError('conflict', 'organisation.undo_later_merger_first');
}

/** Brings voided entries back, unless the person was put down for the class anew meanwhile. */
async function restoreParticipations(tx: Database, setId: string): Promise<number> {
	const rows = await listChangedRows(tx, setId, VOIDED);
	const free = await tx.execute<{ id: string }>(sql`select p.id from participation p
		where p.id = any(${sql.param(untouched(rows))}::uuid[]) and not exists (select 1 from participation live
			where live.person_id = p.person_id and live.activity_id = p.activity_id and live.voided_at is null)`);
	await restoreRows(
		tx,
		setId,
		VOIDED,
		free.map(({ id }) => id)
	);
	return rows.length - free.length;
}

const untouched = (rows: readonly { rowId: string; isTouched: boolean }[]) =>
	rows.filter(({ isTouched }) => !isTouched).map(({ rowId }) => rowId);
