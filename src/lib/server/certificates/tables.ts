import { sql } from 'drizzle-orm';
import {
	boolean,
	check,
	date,
	index,
	integer,
	pgTable,
	primaryKey,
	smallint,
	text,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import type { CertificateContent } from '#lib/certificates/content.ts';
import type { CertificatePolicy } from '#lib/certificates/input.ts';
import { units } from '../organisation/tables.ts';
import { id, instant, jsonb, recordedAt } from '../platform/columns.ts';
import { participations, trainingActivities } from '../training/tables.ts';
import type { Signer } from './signature.ts';

/** How a unit's certificates look and when they are issued; holds for classes of the unit and of units below without one. */
export const certificateTemplates = pgTable('certificate_template', {
	id: id(),
	unitId: uuid('unit_id')
		.notNull()
		.unique()
		.references(() => units.id),
	policy: text('policy').$type<CertificatePolicy>().notNull(),
	title: text('title').notNull(),
	governingBody: text('governing_body').notNull(),
	issuingBody: text('issuing_body').notNull(),
	place: text('place').notNull(),
	signerTitle: text('signer_title').notNull(),
	signerName: text('signer_name').notNull(),
	numberSuffix: text('number_suffix').notNull(),
	completionText: text('completion_text').notNull(),
	hasNationalHeading: boolean('has_national_heading').notNull(),
	hasSealPlace: boolean('has_seal_place').notNull(),
	logoKey: text('logo_key'),
	/** Optimistic lock: an edit must name the version it saw. */
	version: integer('version').notNull().default(1),
	recordedBy: uuid('recorded_by'),
	recordedAt: recordedAt()
});

/** One class that departs from its organiser's policy. */
export const classPolicies = pgTable('certificate_class_policy', {
	activityId: uuid('activity_id')
		.primaryKey()
		.references(() => trainingActivities.id),
	policy: text('policy').$type<CertificatePolicy>().notNull(),
	recordedBy: uuid('recorded_by'),
	recordedAt: recordedAt()
});

/**
 * The last number a unit gave in a year (sổ cấp). Its row is locked by whoever takes a number until the certificate stands
 * or the transaction is undone: numbers have neither gaps nor doubles.
 */
export const numberBooks = pgTable(
	'certificate_number_book',
	{
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		year: smallint('year').notNull(),
		lastNumber: integer('last_number').notNull()
	},
	(table) => [primaryKey({ columns: [table.unitId, table.year] })]
);

/** A certificate of one participation: waiting for approval, issued with a number of the book, or revoked. */
export const certificates = pgTable(
	'certificate',
	{
		id: id(),
		participationId: uuid('participation_id')
			.notNull()
			.references(() => participations.id),
		state: text('state').$type<'waiting' | 'issued' | 'revoked'>().notNull(),
		/** In whose book the number stands: the unit of the template. */
		unitId: uuid('unit_id').references(() => units.id),
		year: smallint('year'),
		number: integer('number'),
		/** Mã tra cứu: 12 characters of Crockford's base 32 (60 bits), so that nobody walks through them. */
		code: text('code').unique(),
		content: jsonb('content').$type<CertificateContent>(),
		/** Folded name of the holder, for search. */
		searchName: text('search_name'),
		issuedOn: date('issued_on'),
		issuedAt: instant('issued_at'),
		issuedBy: uuid('issued_by'),
		/** Of the PDF as it was made, which an agency may sign outside; absent until it has been drawn. */
		pdfSha256: text('pdf_sha256'),
		/** The same PDF with the agency's digital signature. */
		signedKey: text('signed_key'),
		signedAt: instant('signed_at'),
		signedBy: uuid('signed_by'),
		signer: jsonb('signer').$type<Signer>(),
		revokedAt: instant('revoked_at'),
		revokedBy: uuid('revoked_by'),
		revokeReason: text('revoke_reason'),
		/** The revoked one that this one stands for. */
		replacesId: uuid('replaces_id'),
		recordedAt: recordedAt()
	},
	(table) => [
		uniqueIndex('certificate_number')
			.on(table.unitId, table.year, table.number)
			.where(sql`number is not null`),
		uniqueIndex('certificate_live')
			.on(table.participationId)
			.where(sql`state <> 'revoked'`),
		index('certificate_participation').on(table.participationId),
		index('certificate_search_name').using('gin', sql`${table.searchName} gin_trgm_ops`),
		check('certificate_numbered', sql`(state = 'waiting') = (number is null) or state = 'revoked'`)
	]
);

/** A bulk issue under way: how many of how many. */
export const certificateBatches = pgTable(
	'certificate_batch',
	{
		id: id(),
		activityId: uuid('activity_id')
			.notNull()
			.references(() => trainingActivities.id),
		/** Participations asked for; those that turn out to have one, or no completion, are passed over. */
		participationIds: uuid('participation_ids').array().notNull(),
		accountId: uuid('account_id'),
		state: text('state').$type<'waiting' | 'running' | 'done' | 'failed'>().notNull(),
		total: integer('total').notNull(),
		done: integer('done').notNull().default(0),
		issued: integer('issued').notNull().default(0),
		recordedAt: recordedAt(),
		finishedAt: instant('finished_at')
	},
	(table) => [index('certificate_batch_activity').on(table.activityId, table.recordedAt)]
);
