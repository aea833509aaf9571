import { sql } from 'drizzle-orm';
import { bigint, boolean, date, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { ResourceKind } from '#lib/library/input.ts';
import { units } from '../organisation/tables.ts';
import { id, instant, recordedAt } from '../platform/columns.ts';

/** A resource of the library (học liệu số). Texts of laws are linked where the national database has them, not copied. */
export const resources = pgTable(
	'learning_resource',
	{
		id: id(),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		kind: text('kind').$type<ResourceKind>().notNull(),
		title: text('title').notNull(),
		summary: text('summary'),
		author: text('author'),
		/** Codes of legal_field. */
		legalFields: text('legal_fields')
			.array()
			.notNull()
			.default(sql`'{}'`),
		/** Category codes; empty = everybody. */
		audience: text('audience')
			.array()
			.notNull()
			.default(sql`'{}'`),
		documentNo: text('document_no'),
		issuer: text('issuer'),
		issuedOn: date('issued_on'),
		sourceUrl: text('source_url'),
		/** Made with artificial intelligence; said on every page that shows it. */
		isAiGenerated: boolean('is_ai_generated').notNull(),
		/** Facts and the text of the newest file, folded (no marks, lower case). */
		searchText: text('search_text').notNull(),
		views: integer('views').notNull().default(0),
		downloads: integer('downloads').notNull().default(0),
		/** Optimistic lock: an edit must name the version it saw. */
		version: integer('version').notNull().default(1),
		withdrawnAt: instant('withdrawn_at'),
		withdrawReason: text('withdraw_reason'),
		recordedBy: uuid('recorded_by'),
		recordedAt: recordedAt()
	},
	(table) => [
		index('learning_resource_unit').on(table.unitId),
		index('learning_resource_search').using('gin', sql`${table.searchText} gin_trgm_ops`)
	]
);

/** One file of a resource; the highest number is shown, older ones stay for those who manage it. */
export const resourceFiles = pgTable(
	'learning_resource_file',
	{
		id: id(),
		resourceId: uuid('resource_id')
			.notNull()
			.references(() => resources.id, { onDelete: 'cascade' }),
		number: integer('number').notNull(),
		name: text('name').notNull(),
		contentType: text('content_type').notNull(),
		sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
		storageKey: text('storage_key').notNull(),
		note: text('note'),
		recordedBy: uuid('recorded_by'),
		recordedAt: recordedAt()
	},
	(table) => [uniqueIndex('learning_resource_file_number').on(table.resourceId, table.number)]
);
