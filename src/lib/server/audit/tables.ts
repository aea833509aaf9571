import { bigint, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytea, id, instant, jsonb, recordedAt } from '../platform/columns.ts';

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

/**
 * The chain over the log: one link per event, each over the one before (docs/adr/0033). A link stays when its event's
 * keeping time is over, hence no foreign key.
 */
export const auditLinks = pgTable('audit_link', {
	no: bigint('no', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
	eventId: bigint('event_id', { mode: 'number' }).notNull().unique(),
	hash: bytea('hash').notNull()
});

/** A change of many rows that may be taken back as a whole (a reorganisation of units, an import, a merger of people). */
export const changeSets = pgTable('change_set', {
	id: id(),
	recordedAt: recordedAt(),
	undoneAt: instant('undone_at')
});

/**
 * One row that a change set made or changed: what its columns held before, so that they can be put back, and a digest of
 * what they held after, so that it shows when somebody changed them since. `before` is as personal as the row itself: the
 * set goes when its purpose is over.
 */
export const changeRows = pgTable(
	'change_row',
	{
		id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
		setId: uuid('set_id')
			.notNull()
			.references(() => changeSets.id, { onDelete: 'cascade' }),
		tableName: text('table_name').notNull(),
		rowId: uuid('row_id').notNull(),
		/** Column → value; null for a row that did not exist. */
		before: jsonb('before').$type<Record<string, unknown>>(),
		/** MD5 of the same columns once the change was complete. */
		digest: text('digest')
	},
	(table) => [uniqueIndex('change_row_once').on(table.setId, table.tableName, table.rowId)]
);
