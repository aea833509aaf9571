import { sql } from 'drizzle-orm';
import { check, index, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { HistoryClaimState } from '#lib/training/history-input.ts';
import { people, units } from '../organisation/tables.ts';
import { id, instant, recordedAt } from '../platform/columns.ts';
import { rosterCandidates } from './list-import-tables.ts';

/**
 * "Đây cũng là tôi": somebody who signs in finds a record without an account, or a line of a list that waits, to be their
 * own. The unit that the record belongs to decides; until then nothing is counted otherwise.
 */
export const historyClaims = pgTable(
	'history_claim',
	{
		id: id(),
		/** Who claims. */
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		/** The record claimed, or the line of a list that waits for its unit's word: one of the two. */
		recordId: uuid('record_id').references(() => people.id),
		candidateId: uuid('candidate_id').references(() => rosterCandidates.id),
		/** The unit that decides: where the record was last, or that the line names. */
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		state: text('state').$type<HistoryClaimState>().notNull(),
		refuseReason: text('refuse_reason'),
		recordedAt: recordedAt(),
		decidedBy: uuid('decided_by'),
		decidedAt: instant('decided_at')
	},
	(table) => [
		unique('history_claim_record').on(table.personId, table.recordId),
		unique('history_claim_candidate').on(table.personId, table.candidateId),
		index('history_claim_waiting')
			.on(table.unitId)
			.where(sql`state = 'waiting'`),
		check('history_claim_one', sql`num_nonnulls(record_id, candidate_id) = 1`)
	]
);
