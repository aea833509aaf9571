import { sql } from 'drizzle-orm';
import { check, date, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { ApiScope } from '#lib/sharing/scopes.ts';
import { units } from '../organisation/tables.ts';
import { bytea, id, instant, recordedAt } from '../platform/columns.ts';

/** A key of the read API: another system reads the data of one unit and all below it. Only its SHA-256 is kept. */
export const apiKeys = pgTable(
	'api_key',
	{
		id: id(),
		/** Which system, whose. */
		name: text('name').notNull(),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		scopes: text('scopes').array().$type<ApiScope[]>().notNull(),
		hash: bytea('hash').notNull().unique(),
		/** Last day on which it opens anything. */
		expiresOn: date('expires_on').notNull(),
		revokedAt: instant('revoked_at'),
		lastUsedOn: date('last_used_on'),
		/** Minute that `windowCount` requests were counted in, for every process together. */
		windowAt: instant('window_at'),
		windowCount: integer('window_count').notNull().default(0),
		createdBy: uuid('created_by'),
		recordedAt: recordedAt()
	},
	(table) => [index('api_key_unit').on(table.unitId), check('api_key_scopes', sql`cardinality(scopes) > 0`)]
);
