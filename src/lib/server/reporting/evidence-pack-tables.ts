import { bigint, index, integer, pgTable, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { units } from '../organisation/tables.ts';
import { id, instant, recordedAt } from '../platform/columns.ts';

/** One "bộ minh chứng": what a unit and those below it can prove of a calendar year, as a ZIP made by a job. */
export const evidencePacks = pgTable(
	'evidence_pack',
	{
		id: id(),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		year: smallint('year').notNull(),
		state: text('state').$type<'waiting' | 'running' | 'done' | 'failed'>().notNull().default('waiting'),
		/** Activities to pack, and packed so far. */
		total: integer('total').notNull().default(0),
		done: integer('done').notNull().default(0),
		/** Empty until it is done, and again once the file is removed (personal data: kept no longer than needed). */
		storageKey: text('storage_key'),
		sizeBytes: bigint('size_bytes', { mode: 'number' }),
		/** Of the ZIP itself; those of the files stand in its index. */
		sha256: text('sha256'),
		fileCount: integer('file_count'),
		accountId: uuid('account_id'),
		recordedAt: recordedAt(),
		finishedAt: instant('finished_at')
	},
	(table) => [index('evidence_pack_unit').on(table.unitId)]
);
