import { bigint, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../platform/columns.ts';

/**
 * Who changed what, when: one row per state change, written in the transaction of that change. A trigger refuses UPDATE
 * and DELETE. `details` hold identifiers and before/after values, never names, numbers or secrets.
 */
export const auditEvents = pgTable(
	'audit_event',
	{
		id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
		at: instant('at').notNull().defaultNow(),
		actorKind: text('actor_kind').$type<'account' | 'anonymous' | 'system'>().notNull(),
		actorAccountId: uuid('actor_account_id'),
		/** `subject.verb_in_the_past`, for example `participation.summoned`. */
		action: text('action').notNull(),
		objectId: text('object_id'),
		/** The unit the change belongs to, so that a unit's admin reads the events of the own subtree. */
		unitId: uuid('unit_id'),
		details: jsonb('details').$type<Record<string, unknown>>().notNull().default({}),
		requestId: text('request_id').notNull(),
		clientAddress: text('client_address')
	},
	(table) => [
		index('audit_event_at').on(table.at),
		index('audit_event_object').on(table.objectId),
		index('audit_event_actor').on(table.actorAccountId)
	]
);
