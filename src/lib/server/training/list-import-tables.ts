import { sql } from 'drizzle-orm';
import { date, index, integer, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { ListRowState, MatchedBy } from '#lib/training/list-import.ts';
import type { ListStage } from '#lib/training/site.ts';
import { people, units } from '../organisation/tables.ts';
import { bytea, id, instant, jsonb, recordedAt } from '../platform/columns.ts';
import { bridgeSites } from './site-tables.ts';
import { participations, trainingActivities } from './tables.ts';

/** One list (a file or a pasted text) brought onto a class or onto a bridge site; undone as a whole. */
export const listImports = pgTable(
	'list_import',
	{
		/** Given with the form, so that sending it twice brings one list. */
		id: uuid('id').primaryKey(),
		activityId: uuid('activity_id')
			.notNull()
			.references(() => trainingActivities.id),
		bridgeSiteId: uuid('bridge_site_id').references(() => bridgeSites.id),
		/** The unit of lines that name none: the class's organiser, or the site's unit. */
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		/** Whether its people were nominated or attended. */
		stage: text('stage').$type<ListStage>().notNull(),
		/** Name of the file; empty for a pasted text. */
		fileName: text('file_name'),
		recordedBy: uuid('recorded_by'),
		recordedAt: recordedAt(),
		undoneAt: instant('undone_at'),
		undoReason: text('undo_reason')
	},
	(table) => [index('list_import_activity').on(table.activityId)]
);

/** What a participation said before a list changed it; what undoing puts back. */
export type StagesBefore = Readonly<{
	attendedOn: string | null;
	completedOn: string | null;
	completedRecordedAt: string | null;
	outcome: string | null;
	bridgeSiteId: string | null;
}>;

/** One line of a list and what became of it. Particulars of people are wiped once the line is settled. */
export const listImportRows = pgTable(
	'list_import_row',
	{
		importId: uuid('import_id')
			.notNull()
			.references(() => listImports.id, { onDelete: 'cascade' }),
		/** Line of the file or text, from 1. */
		row: integer('row').notNull(),
		fullName: text('full_name').notNull(),
		birthDate: date('birth_date'),
		birthYear: smallint('birth_year'),
		phone: text('phone'),
		/** AES-256-GCM, as person.personal_number_encrypted. */
		personalNumberEncrypted: bytea('personal_number_encrypted'),
		position: text('position'),
		/** The unit as the line names it, where it was not found. */
		unitText: text('unit_text'),
		unitId: uuid('unit_id').references(() => units.id),
		state: text('state').$type<ListRowState>().notNull(),
		/** Code of what is wrong with an unreadable line (lib/i18n/roster-import.ts). */
		problem: text('problem'),
		matchedBy: text('matched_by').$type<MatchedBy>(),
		/** Whom an uncertain line may mean. */
		candidateIds: uuid('candidate_ids')
			.array()
			.notNull()
			.default(sql`'{}'`),
		personId: uuid('person_id').references(() => people.id),
		participationId: uuid('participation_id').references(() => participations.id),
		/** Empty where the participation came with this list. */
		before: jsonb('before').$type<StagesBefore>()
	},
	(table) => [primaryKey({ columns: [table.importId, table.row] }), index('list_import_row_person').on(table.personId)]
);

/**
 * Somebody whom a list (or a check-in) names as one of a unit's people and whom the unit's roster does not know. The unit
 * confirms; only then is there a person, and a participation that counts.
 */
export const rosterCandidates = pgTable(
	'roster_candidate',
	{
		id: id(),
		activityId: uuid('activity_id')
			.notNull()
			.references(() => trainingActivities.id),
		bridgeSiteId: uuid('bridge_site_id').references(() => bridgeSites.id),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		stage: text('stage').$type<ListStage>().notNull(),
		importId: uuid('import_id').references(() => listImports.id),
		importRow: integer('import_row'),
		/** Of a walk-in: minutes at each sitting checked in at, by the sitting's id; empty for people of lists. */
		sittings: jsonb('sittings').$type<Record<string, number>>(),
		fullName: text('full_name').notNull(),
		/** Folded, to find the same line sent twice. */
		searchName: text('search_name').notNull(),
		birthDate: date('birth_date'),
		birthYear: smallint('birth_year'),
		phone: text('phone'),
		personalNumberEncrypted: bytea('personal_number_encrypted'),
		position: text('position'),
		state: text('state').$type<'waiting' | 'confirmed' | 'refused' | 'withdrawn'>().notNull().default('waiting'),
		personId: uuid('person_id').references(() => people.id),
		/** The person came onto the roster by this confirmation. */
		personAddedAt: instant('person_added_at'),
		participationId: uuid('participation_id').references(() => participations.id),
		refuseReason: text('refuse_reason'),
		recordedBy: uuid('recorded_by'),
		recordedAt: recordedAt(),
		decidedBy: uuid('decided_by'),
		decidedAt: instant('decided_at')
	},
	(table) => [
		index('roster_candidate_activity').on(table.activityId),
		index('roster_candidate_waiting')
			.on(table.unitId)
			.where(sql`state = 'waiting'`),
		uniqueIndex('roster_candidate_once')
			.on(table.activityId, table.unitId, table.searchName, sql`coalesce(birth_year, 0)`)
			.where(sql`state = 'waiting'`)
	]
);
