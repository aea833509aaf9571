import { sql } from 'drizzle-orm';
import { bigint, check, date, index, numeric, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { DeliveryMode } from '#lib/training/activity.ts';
import { people, units } from '../organisation/tables.ts';
import { id, instant, recordedAt } from '../platform/columns.ts';
import { participations } from './tables.ts';

/**
 * "Tôi đã được tập huấn ở nơi khác": a person's (or, for its people, a unit's) claim of training held by the Ministry, an
 * academy or another province, with the paper that proves it. Approved by the person's unit it becomes a participation in
 * an external activity; refused or waiting it is nothing but a claim.
 */
export const externalClaims = pgTable(
	'external_claim',
	{
		id: id(),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		/** The unit that decides: the one the person belonged to when the claim was made. */
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		title: text('title').notNull(),
		/** The body that held it (Bộ Tư pháp, Học viện Tư pháp). */
		host: text('host').notNull(),
		kind: text('kind').$type<'training' | 'refresher'>().notNull(),
		topics: text('topics').array().notNull(),
		mode: text('mode').$type<DeliveryMode>().notNull(),
		startsOn: date('starts_on').notNull(),
		endsOn: date('ends_on').notNull(),
		teachingPeriods: numeric('teaching_periods', { precision: 5, scale: 1, mode: 'number' }).notNull(),
		/** Number and day of the certificate or of the document that summoned. */
		documentNo: text('document_no'),
		documentDate: date('document_date'),
		evidenceName: text('evidence_name').notNull(),
		evidenceContentType: text('evidence_content_type').notNull(),
		evidenceSizeBytes: bigint('evidence_size_bytes', { mode: 'number' }).notNull(),
		evidenceSha256: text('evidence_sha256').notNull(),
		evidenceKey: text('evidence_key').notNull(),
		state: text('state').$type<'waiting' | 'approved' | 'refused'>().notNull().default('waiting'),
		refuseReason: text('refuse_reason'),
		participationId: uuid('participation_id').references(() => participations.id),
		claimedBy: uuid('claimed_by'),
		recordedAt: recordedAt(),
		decidedBy: uuid('decided_by'),
		decidedAt: instant('decided_at')
	},
	(table) => [
		index('external_claim_person').on(table.personId),
		index('external_claim_unit').on(table.unitId, table.state),
		check('external_claim_dates', sql`ends_on >= starts_on`)
	]
);
