import { sql } from 'drizzle-orm';
import { bigint, index, integer, pgTable, primaryKey, real, smallint, text, uuid } from 'drizzle-orm/pg-core';
import type { Manifest, Remark } from '#lib/scorm/manifest.ts';
import { id, instant, jsonb, recordedAt } from '../platform/columns.ts';

/** A SCORM package of a unit. Its content stands in revisions: a replaced file is a new revision of the same package. */
export const packages = pgTable(
	'scorm_package',
	{
		id: id(),
		/** Owning unit (organisation.unit). */
		unitId: uuid('unit_id').notNull(),
		title: text('title').notNull(),
		/** The newest revision that can be opened; what a course that is being written shows. */
		readyRevision: integer('ready_revision'),
		createdBy: uuid('created_by'),
		recordedAt: recordedAt()
	},
	(table) => [index('scorm_package_unit').on(table.unitId)]
);

/**
 * awaiting_upload → queued → importing → ready | rejected | failed | cancelled. `rejected`: the file is at fault, and its
 * author is told why; `failed`: something of ours was.
 */
export const REVISION_STATES = [
	'awaiting_upload',
	'queued',
	'importing',
	'ready',
	'rejected',
	'failed',
	'cancelled'
] as const;
export type RevisionState = (typeof REVISION_STATES)[number];

/** One uploaded file and what became of it; never changed once it is ready. Objects live under `scorm/<package>/<revision>/`. */
export const revisions = pgTable(
	'scorm_revision',
	{
		packageId: uuid('package_id')
			.notNull()
			.references(() => packages.id, { onDelete: 'cascade' }),
		/** 1, 2, … */
		revision: integer('revision').notNull(),
		state: text('state').$type<RevisionState>().notNull(),
		sourceKey: text('source_key'),
		sourceName: text('source_name'),
		sourceSizeBytes: bigint('source_size_bytes', { mode: 'number' }),
		/** Share of the import done, 0–100; progressAt tells whether it still moves. */
		progressPercent: real('progress_percent').notNull().default(0),
		progressAt: instant('progress_at'),
		/** Code and values of the sentence that says why it was rejected or failed (lib/i18n/errors.ts). */
		failureCode: text('failure_code'),
		failureParams: jsonb('failure_params').$type<Record<string, string | number>>().notNull().default({}),
		/** What is not quite right and was let pass. */
		remarks: jsonb('remarks').$type<Remark[]>().notNull().default([]),
		manifest: jsonb('manifest').$type<Manifest>(),
		/**
		 * SHA-256 of what each item is made of, by its identifier (package/content-hashes.ts): the same in two revisions means that
		 * what content kept for itself still fits. Null for revisions of before it was kept.
		 */
		contentHashes: jsonb('content_hashes').$type<Record<string, string>>(),
		fileCount: integer('file_count'),
		/** Of all files, unpacked. */
		totalBytes: bigint('total_bytes', { mode: 'number' }),
		attempts: smallint('attempts').notNull().default(0),
		/** The run of the job that owns the row while it is being imported. */
		run: uuid('run'),
		createdBy: uuid('created_by'),
		recordedAt: recordedAt(),
		finishedAt: instant('finished_at')
	},
	(table) => [
		primaryKey({ columns: [table.packageId, table.revision] }),
		index('scorm_revision_state')
			.on(table.state)
			.where(sql`state in ('awaiting_upload', 'queued', 'importing')`)
	]
);

/** A file of a revision: the path its pages know it by, and the object that holds it. */
export const packageFiles = pgTable(
	'scorm_file',
	{
		packageId: uuid('package_id')
			.notNull()
			.references(() => packages.id, { onDelete: 'cascade' }),
		revision: integer('revision').notNull(),
		/** As in the package, byte for byte; never used as a path of ours. */
		path: text('path').notNull(),
		/** The object is `scorm/<package>/<revision>/f/<number>.bin`. */
		number: integer('number').notNull(),
		contentType: text('content_type').notNull(),
		sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull()
	},
	(table) => [primaryKey({ columns: [table.packageId, table.revision, table.path] })]
);
