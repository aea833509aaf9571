import { sql } from 'drizzle-orm';
import {
	type AnyPgColumn,
	boolean,
	check,
	date,
	index,
	integer,
	pgTable,
	smallint,
	text,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import type { RosterField } from '#lib/organisation/roster-fields.ts';
import type { RosterCounts, RosterDefaults, RowProblem } from '#lib/organisation/roster-import.ts';
import { changeSets } from '../audit/tables.ts';
import { bytea, id, instant, jsonb, ltree, recordedAt } from '../platform/columns.ts';

/** Kinds of units; words in lib/i18n/organisation.ts. */
export const UNIT_TYPES = [
	'province',
	'provincial_department',
	'vertical_agency',
	'armed_forces',
	'judiciary',
	'front_organisation',
	'association',
	'school',
	'media',
	'district',
	'commune',
	'commune_office'
] as const;
export type UnitType = (typeof UNIT_TYPES)[number];

/**
 * A body of the province (cơ quan, đơn vị). Its name, type and place in the tree are dated and stand in unit_version;
 * `path` is the present place, derived in the same transaction (unit-places.ts), and what authorisation reads. A unit that
 * ended stands below its main successor, so that whoever carries on its work reaches its past.
 */
export const units = pgTable(
	'unit',
	{
		id: id(),
		/** Label of this unit in ltree paths. */
		no: integer('no').notNull().unique().generatedAlwaysAsIdentity(),
		/** Stable code of reports and imports, for example `MH-STP`. */
		code: text('code').notNull().unique(),
		/** Labels from the province down to this unit, `1.14.60`. */
		path: ltree('path').notNull(),
		/** May not hand over names (công an, quân sự): gives numbers under a document instead. */
		givesAggregates: boolean('gives_aggregates').notNull().default(false),
		/** Optimistic lock: an edit must name the version it saw. */
		version: integer('version').notNull().default(1),
		recordedAt: recordedAt()
	},
	(table) => [index('unit_path_gist').using('gist', table.path)]
);

/** A unit's name, type and superior from one day to another (half-open: `valid_to` is the first day it no longer holds). */
export const unitVersions = pgTable(
	'unit_version',
	{
		id: id(),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		name: text('name').notNull(),
		shortName: text('short_name'),
		type: text('type').$type<UnitType>().notNull(),
		parentId: uuid('parent_id').references(() => units.id),
		validFrom: date('valid_from').notNull(),
		validTo: date('valid_to')
	},
	(table) => [index('unit_version_unit').on(table.unitId), index('unit_version_parent').on(table.parentId)]
);

/** One unit's functions or territory passing to another (merger, split, renaming); n:m. */
export const unitSuccessions = pgTable(
	'unit_succession',
	{
		id: id(),
		fromUnitId: uuid('from_unit_id')
			.notNull()
			.references(() => units.id),
		toUnitId: uuid('to_unit_id')
			.notNull()
			.references(() => units.id),
		onDate: date('on_date').notNull(),
		kind: text('kind').$type<'merger' | 'split' | 'renaming' | 'closure'>().notNull(),
		/** Of several successors the one that carries on the past: files, classes, figures on a later structure. */
		isMain: boolean('is_main').notNull().default(true),
		recordedAt: recordedAt()
	},
	(table) => [
		index('unit_succession_to').on(table.toUnitId),
		index('unit_succession_from').on(table.fromUnitId),
		uniqueIndex('unit_succession_main')
			.on(table.fromUnitId, table.onDate)
			.where(sql`is_main`)
	]
);

/**
 * A person of the roster, with or without an account. Two rows found to be one person are joined by `canonical_id`:
 * figures count distinct canonical people, no key is rewritten, clearing it undoes the merger.
 */
export const people = pgTable(
	'person',
	{
		id: id(),
		canonicalId: uuid('canonical_id').references((): AnyPgColumn => people.id),
		/** Họ – đệm – tên in its own order, NFC. */
		fullName: text('full_name').notNull(),
		/** The name people are sorted and addressed by; the last word unless edited. */
		givenName: text('given_name').notNull(),
		/** Folded full name (no marks, đ→d, lower case) for search and matching; written with full_name. */
		searchName: text('search_name').notNull(),
		birthDate: date('birth_date'),
		/** Known alone in many lists; equals the year of birth_date where that is known. */
		birthYear: smallint('birth_year'),
		gender: text('gender').$type<'male' | 'female' | 'other'>(),
		/** AES-256-GCM of the 12-digit số định danh cá nhân (nonce ‖ tag ‖ text). */
		personalNumberEncrypted: bytea('personal_number_encrypted'),
		/** HMAC-SHA-256 of it, for look-up: a bare hash of 12 digits can be guessed. */
		personalNumberHmac: bytea('personal_number_hmac'),
		phone: text('phone'),
		email: text('email'),
		/** law_degree | other_degree | other */
		qualification: text('qualification').$type<'law_degree' | 'other_degree' | 'other'>(),
		qualificationNote: text('qualification_note'),
		experienceYears: smallint('experience_years'),
		version: integer('version').notNull().default(1),
		recordedAt: recordedAt(),
		voidedAt: instant('voided_at'),
		voidReason: text('void_reason')
	},
	(table) => [
		uniqueIndex('person_personal_number')
			.on(table.personalNumberHmac)
			.where(sql`canonical_id is null and voided_at is null`),
		index('person_search_name').using('gin', sql`${table.searchName} gin_trgm_ops`),
		index('person_search_name_exact').on(table.searchName),
		index('person_phone').on(table.phone),
		index('person_canonical').on(table.canonicalId)
	]
);

/** The unit a person counts in, from one day to another (half-open). An exclusion constraint forbids overlaps. */
export const affiliations = pgTable(
	'affiliation',
	{
		id: id(),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		/** Chức vụ, chức danh */
		position: text('position'),
		validFrom: date('valid_from').notNull(),
		validTo: date('valid_to'),
		endReason: text('end_reason'),
		recordedAt: recordedAt()
	},
	(table) => [
		index('affiliation_person').on(table.personId),
		index('affiliation_unit').on(table.unitId),
		check('affiliation_dates', sql`valid_to is null or valid_to > valid_from`)
	]
);

/** Groups of people (nhóm đối tượng). Data, since laws change them; `is_target` ones make the denominator of the targets. */
export const categories = pgTable('category', {
	/** advising_official | legal_rapporteur | legal_propagandist | … */
	code: text('code').primaryKey(),
	nameVi: text('name_vi').notNull(),
	nameEn: text('name_en').notNull(),
	isTarget: boolean('is_target').notNull(),
	validFrom: date('valid_from'),
	validTo: date('valid_to'),
	position: smallint('position').notNull()
});

/**
 * Lĩnh vực pháp luật, as a province lists them (TT 10/2016/TT-BTP Đ.3: at least one rapporteur for each). Data: a field is
 * retired, never deleted, since records name it.
 */
export const legalFields = pgTable('legal_field', {
	code: text('code').primaryKey(),
	nameVi: text('name_vi').notNull(),
	nameEn: text('name_en').notNull(),
	position: smallint('position').notNull(),
	/** No longer offered from this day on. */
	retiredOn: date('retired_on')
});

/** A person's time in a category (half-open), with the decision that recognised it (TT 10/2016/TT-BTP Đ.3, 5, 6). */
export const categoryMemberships = pgTable(
	'category_membership',
	{
		id: id(),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		categoryCode: text('category_code')
			.notNull()
			.references(() => categories.code),
		/** central | province | commune */
		level: text('level'),
		decisionNo: text('decision_no'),
		decisionDate: date('decision_date'),
		/** Lĩnh vực pháp luật */
		legalFields: text('legal_fields')
			.array()
			.notNull()
			.default(sql`'{}'`),
		validFrom: date('valid_from').notNull(),
		validTo: date('valid_to'),
		endReason: text('end_reason'),
		recordedAt: recordedAt()
	},
	(table) => [
		index('category_membership_person').on(table.personId),
		index('category_membership_category').on(table.categoryCode),
		check('category_membership_dates', sql`valid_to is null or valid_to > valid_from`)
	]
);

/** Roster of a unit that may not hand over names: a head count per category from one day on, under a document. */
export const aggregateRosters = pgTable(
	'aggregate_roster',
	{
		id: id(),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		categoryCode: text('category_code')
			.notNull()
			.references(() => categories.code),
		headcount: integer('headcount').notNull(),
		documentNo: text('document_no').notNull(),
		documentDate: date('document_date').notNull(),
		validFrom: date('valid_from').notNull(),
		validTo: date('valid_to'),
		recordedAt: recordedAt()
	},
	(table) => [index('aggregate_roster_unit').on(table.unitId), check('aggregate_roster_headcount', sql`headcount >= 0`)]
);

/** One file of people brought in, with what each row became; the job writes progress here. */
export const rosterImports = pgTable('roster_import', {
	id: id(),
	/** All rows go to this unit; absent where a column of the file names units. */
	unitId: uuid('unit_id').references(() => units.id),
	/** The units the importing account may touch, frozen when it was sent: ltree paths, or null for everything. */
	scopePaths: text('scope_paths').array(),
	accountId: uuid('account_id'),
	fileName: text('file_name').notNull(),
	storageKey: text('storage_key').notNull(),
	/** What to take where the file is silent. */
	defaults: jsonb('defaults').$type<RosterDefaults>().notNull().default({}),
	/** Headings found in the file with examples of what stands below them; personal numbers are masked. */
	headings: jsonb('headings').$type<{ column: number; text: string; samples: string[] }[]>().notNull().default([]),
	/** Column of the file (from 0) → field of ours; empty until the first check proposes one. */
	mapping: jsonb('mapping').$type<Record<string, RosterField>>().notNull().default({}),
	state: text('state').$type<'checking' | 'checked' | 'importing' | 'imported' | 'undone' | 'failed'>().notNull(),
	/** What was written, so that it can be taken back; none before somebody confirms. */
	changeSetId: uuid('change_set_id').references(() => changeSets.id),
	failureCode: text('failure_code'),
	totalRows: integer('total_rows'),
	doneRows: integer('done_rows').notNull().default(0),
	summary: jsonb('summary').$type<Partial<RosterCounts>>().notNull().default({}),
	/** The first problems, in the order of rows; the error workbook holds all. */
	problems: jsonb('problems').$type<RowProblem[]>().notNull().default([]),
	errorWorkbookKey: text('error_workbook_key'),
	recordedAt: recordedAt(),
	finishedAt: instant('finished_at')
});

/** Headings a unit's files use, remembered from the last confirmed import. */
export const headerMappings = pgTable('header_mapping', {
	/** Folded heading text. */
	heading: text('heading').primaryKey(),
	field: text('field').notNull(),
	usedAt: instant('used_at').notNull().defaultNow()
});
