import { eq, inArray, sql } from 'drizzle-orm';
import { type Journaled, noteBefore } from '../../audit/change-journal.ts';
import { setDisabled } from '../../identity/accounts.ts';
import { accounts } from '../../identity/tables.ts';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database.ts';
import { DomainError } from '../../platform/errors.ts';
import type { MergeInput } from '#lib/organisation/merging.ts';

export const LINKED: Journaled = { table: accounts, columns: ['person_id', 'disabled_at'] };

/**
 * Ties the accounts of two people who become one to the kept row. With one account it follows the person. With two, both
 * go on (each signs in as the same person, since a session looks for the kept row), or the other one is closed.
 * @throws {DomainError} `invalid` `organisation.accounts_undecided` when there are two and nothing was chosen
 */
export async function joinAccounts(
	ctx: Context,
	tx: Database,
	{ keptId, mergedId, accounts: choice }: MergeInput,
	setId: string
): Promise<void> {
	const found = await tx
		.select({ id: accounts.id, personId: accounts.personId, disabledAt: accounts.disabledAt })
		.from(accounts)
		.where(inArray(accounts.personId, [keptId, mergedId]))
		.for('update');
	const kept = found.find(({ personId }) => personId === keptId);
	const merged = found.find(({ personId }) => personId === mergedId);
	if (!merged) return;
	await noteBefore(
		tx,
		setId,
		LINKED,
		found.map(({ id }) => id)
	);
	if (!kept) {
		await tx.update(accounts).set({ personId: keptId }).where(eq(accounts.id, merged.id));
		return;
	}
	if (!choice) throw new DomainError('invalid', 'organisation.accounts_undecided');
	if (choice === 'keep_merged') {
		// One person, one account: the places are exchanged, so that lists show the one in use.
		await tx.update(accounts).set({ personId: null }).where(eq(accounts.id, kept.id));
		await tx.update(accounts).set({ personId: keptId }).where(eq(accounts.id, merged.id));
		await tx.update(accounts).set({ personId: mergedId }).where(eq(accounts.id, kept.id));
	}
	const closed = choice === 'keep_merged' ? kept : choice === 'keep_kept' ? merged : undefined;
	if (closed && !closed.disabledAt) await setDisabled(ctx, tx, closed.id, true);
}

/** Frees the accounts' persons before they are put back: two may have to change places. */
export async function unlinkAccounts(tx: Database, accountIds: readonly string[]): Promise<void> {
	if (accountIds.length === 0) return;
	await tx.execute(sql`update account set person_id = null where id = any(${sql.param([...accountIds])}::uuid[])`);
}
