import { index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { changeSets } from '../audit/tables.ts';
import { recordedAt } from '../platform/columns.ts';

/** A table (a file or pasted lines) of units or of activities that came in at once; taken back as a whole. */
export const tableImports = pgTable(
	'table_import',
	{
		/** Given with the form, so that sending it twice imports once. */
		id: uuid('id').primaryKey(),
		kind: text('kind').$type<'units' | 'activities'>().notNull(),
		/** Empty for pasted lines. */
		fileName: text('file_name'),
		/** Rows that came in. */
		lines: integer('lines').notNull(),
		changeSetId: uuid('change_set_id')
			.notNull()
			.references(() => changeSets.id),
		recordedBy: uuid('recorded_by'),
		recordedAt: recordedAt()
	},
	(table) => [index('table_import_kind').on(table.kind, table.recordedAt)]
);
