import { sql } from 'drizzle-orm';
import {
	bigint,
	boolean,
	check,
	date,
	foreignKey,
	index,
	integer,
	pgTable,
	primaryKey,
	real,
	smallint,
	text,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import type { Difficulty, QuestionBody, QuestionType } from '#lib/assessment/question.ts';
import type { QuestionStatus, VersionState } from '#lib/assessment/workflow.ts';
import type { FoundQuestion, Unread } from '#lib/assessment/found-question.ts';
import { units } from '../organisation/tables.ts';
import { id, instant, jsonb, recordedAt } from '../platform/columns.ts';

/** A legal document that questions rest on (văn bản pháp luật). A change of it sends every question that cites it to review. */
export const legalDocuments = pgTable(
	'legal_document',
	{
		id: id(),
		/** Số, ký hiệu: `14/2012/QH13`; free words for what has none. */
		number: text('number').notNull(),
		/** The number folded to letters and digits: how two spellings of one number meet. */
		numberKey: text('number_key').notNull().unique(),
		title: text('title').notNull().default(''),
		issuer: text('issuer').notNull().default(''),
		issuedOn: date('issued_on'),
		effectiveFrom: date('effective_from'),
		/** Last day in force; null while it is. */
		effectiveTo: date('effective_to'),
		url: text('url'),
		lockVersion: integer('lock_version').notNull().default(1),
		recordedAt: recordedAt()
	},
	(table) => [index('legal_document_expiry').on(table.effectiveTo)]
);

/** Something that happened to a document: amended, replaced, expired. Never changed or deleted. */
export const legalDocumentChanges = pgTable(
	'legal_document_change',
	{
		id: id(),
		documentId: uuid('document_id')
			.notNull()
			.references(() => legalDocuments.id),
		kind: text('kind').$type<'amended' | 'replaced' | 'expired'>().notNull(),
		changedOn: date('changed_on').notNull(),
		/** By which document, in the editor's words. */
		note: text('note').notNull(),
		/** Questions that were sent to review by it. */
		flagged: integer('flagged').notNull(),
		recordedBy: uuid('recorded_by'),
		recordedAt: recordedAt()
	},
	(table) => [index('legal_document_change_document').on(table.documentId)]
);

/** What questions are about; random parts of a paper draw by it. */
export const questionTopics = pgTable('question_topic', {
	id: id(),
	name: text('name').notNull(),
	/** The name folded to letters and digits: one topic however it is typed. */
	nameKey: text('name_key').notNull().unique(),
	recordedAt: recordedAt()
});

/** A question of a unit's bank; what it says stands in its versions. */
export const questions = pgTable(
	'question',
	{
		id: id(),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		/** Other units may read it and draw it too. */
		isShared: boolean('is_shared').notNull().default(false),
		topicId: uuid('topic_id')
			.notNull()
			.references(() => questionTopics.id),
		difficulty: text('difficulty').$type<Difficulty>().notNull(),
		status: text('status').$type<QuestionStatus>().notNull().default('draft'),
		newestVersion: integer('newest_version').notNull().default(1),
		/** The newest approved version: what papers draw. */
		usableVersion: integer('usable_version'),
		/** Why it must be read again, and since when. */
		flagReason: text('flag_reason'),
		flaggedAt: instant('flagged_at'),
		/** First time a paper with it was published, or it was taken into use by hand. */
		firstUsedAt: instant('first_used_at'),
		lockVersion: integer('lock_version').notNull().default(1),
		createdBy: uuid('created_by'),
		recordedAt: recordedAt()
	},
	(table) => [
		index('question_unit').on(table.unitId),
		index('question_draw')
			.on(table.topicId, table.difficulty)
			.where(sql`status in ('in_use', 'needs_review')`),
		check('question_usable', sql`status in ('draft', 'retired') or usable_version is not null`),
		check('question_flag', sql`(status = 'needs_review') = (flagged_at is not null)`)
	]
);

/** A question as written at one time. An approved version never changes; attempts keep theirs. */
export const questionVersions = pgTable(
	'question_version',
	{
		id: id(),
		questionId: uuid('question_id')
			.notNull()
			.references(() => questions.id, { onDelete: 'cascade' }),
		number: integer('number').notNull(),
		state: text('state').$type<VersionState>().notNull(),
		type: text('type').$type<QuestionType>().notNull(),
		/** Rich text, sanitised when written (rich-text.ts). */
		stem: text('stem').notNull(),
		/** What depends on the type, the key included; lib/assessment/question.ts. */
		body: jsonb('body').$type<QuestionBody>().notNull(),
		explanation: text('explanation').notNull().default(''),
		/** All its words, folded. */
		searchText: text('search_text').notNull(),
		/** SHA-256 of lib/assessment/plain-text.ts duplicateKey: the same for questions that ask the same. */
		duplicateKey: text('duplicate_key').notNull(),
		authorId: uuid('author_id'),
		savedAt: instant('saved_at').notNull(),
		submittedAt: instant('submitted_at'),
		reviewedBy: uuid('reviewed_by'),
		reviewedAt: instant('reviewed_at'),
		/** Why it was returned to its author, or what the reviewer remarked. */
		reviewNote: text('review_note')
	},
	(table) => [
		uniqueIndex('question_version_number').on(table.questionId, table.number),
		index('question_version_duplicate').on(table.duplicateKey),
		index('question_version_search').using('gin', table.searchText.op('gin_trgm_ops')),
		check('question_version_approved', sql`state <> 'approved' or reviewed_at is not null`)
	]
);

/** On which article of which document a version rests. */
export const questionCitations = pgTable(
	'question_citation',
	{
		versionId: uuid('version_id').notNull(),
		position: smallint('position').notNull(),
		documentId: uuid('document_id')
			.notNull()
			.references(() => legalDocuments.id),
		article: text('article').notNull().default(''),
		/** First and last day on which the cited rule holds, where known. */
		validFrom: date('valid_from'),
		validTo: date('valid_to')
	},
	(table) => [
		primaryKey({ columns: [table.versionId, table.position] }),
		foreignKey({ columns: [table.versionId], foreignColumns: [questionVersions.id] }).onDelete('cascade'),
		index('question_citation_document').on(table.documentId),
		index('question_citation_expiry').on(table.validTo)
	]
);

/** What happened to a question: shown beside it to its authors, who may not read the audit log. */
export const questionSteps = pgTable(
	'question_step',
	{
		id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
		questionId: uuid('question_id')
			.notNull()
			.references(() => questions.id, { onDelete: 'cascade' }),
		at: instant('at').notNull(),
		accountId: uuid('account_id'),
		step: text('step').notNull(),
		version: integer('version').notNull(),
		note: text('note')
	},
	(table) => [index('question_step_question').on(table.questionId)]
);

/**
 * A picture, sound or clip that questions show, or that was handed in. Pictures are re-encoded at once, sound and clips by
 * a job; the file as it came is never shown.
 */
export const questionMedia = pgTable(
	'question_media',
	{
		id: id(),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		kind: text('kind').$type<'image' | 'audio' | 'video'>().notNull(),
		state: text('state').$type<'ready' | 'converting' | 'failed'>().notNull(),
		name: text('name').notNull(),
		contentType: text('content_type').notNull(),
		sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
		/** Of what is shown; while converting, of the file as it came. */
		storageKey: text('storage_key').notNull(),
		durationS: real('duration_s'),
		createdBy: uuid('created_by'),
		recordedAt: recordedAt()
	},
	(table) => [index('question_media_unit').on(table.unitId)]
);

/**
 * A file of questions as it was read, looked through before anything of it enters the bank. Kept as what was imported from
 * where; one that nobody took over is removed after a while (`import-questions.ts`).
 */
export const questionImports = pgTable(
	'question_import',
	{
		/** Made by the form, so that sending it twice reads one file. */
		id: uuid('id').primaryKey(),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		isShared: boolean('is_shared').notNull(),
		fileName: text('file_name'),
		format: text('format').notNull(),
		/** lib/assessment/found-question.ts */
		found: jsonb('found').$type<readonly FoundQuestion[]>().notNull(),
		unread: jsonb('unread').$type<readonly Unread[]>().notNull(),
		createdBy: uuid('created_by'),
		recordedAt: recordedAt(),
		takenAt: instant('taken_at'),
		takenCount: integer('taken_count')
	},
	(table) => [
		index('question_import_unit').on(table.unitId, table.recordedAt),
		check('question_import_taken', sql`(taken_at is null) = (taken_count is null)`)
	]
);
