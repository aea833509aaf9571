import { date, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { ReorganisationCounts, ReorganisationKind, ReorganisationPlan } from '#lib/organisation/reorganisation.ts';
import { changeSets } from '../audit/tables.ts';
import { id, instant, jsonb, recordedAt } from '../platform/columns.ts';

/** A decision that arranges units anew (sáp nhập, chia tách, đổi tên, chuyển, giải thể), as it was entered and carried out. */
export const reorganisations = pgTable(
	'reorganisation',
	{
		id: id(),
		kind: text('kind').$type<ReorganisationKind>().notNull(),
		/** First day of the new arrangement. */
		effectiveOn: date('effective_on').notNull(),
		documentNo: text('document_no'),
		documentDate: date('document_date'),
		plan: jsonb('plan').$type<ReorganisationPlan>().notNull(),
		/** planned: its day has not come; failed: it came and the plan no longer fitted. */
		state: text('state').$type<'planned' | 'done' | 'undone' | 'cancelled' | 'failed'>().notNull(),
		failureCode: text('failure_code'),
		counts: jsonb('counts').$type<Partial<ReorganisationCounts>>().notNull().default({}),
		/** Absent while planned, and for those that came with data from elsewhere: these cannot be undone here. */
		changeSetId: uuid('change_set_id').references(() => changeSets.id),
		recordedBy: uuid('recorded_by'),
		recordedAt: recordedAt(),
		doneAt: instant('done_at'),
		undoneAt: instant('undone_at')
	},
	(table) => [index('reorganisation_effective').on(table.effectiveOn)]
);
