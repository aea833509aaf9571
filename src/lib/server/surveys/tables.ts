import { sql } from 'drizzle-orm';
import { check, date, index, integer, pgTable, smallint, text, uuid } from 'drizzle-orm/pg-core';
import type { Audience } from '#lib/surveys/survey.ts';
import { units } from '../organisation/tables.ts';
import { bytea, id } from '../platform/columns.ts';
import { participations, trainingActivities } from '../training/tables.ts';

/** A class whose forms are given out. */
export const classSurveys = pgTable('class_survey', {
	activityId: uuid('activity_id')
		.primaryKey()
		.references(() => trainingActivities.id),
	/** First six characters of every form's code. */
	code: text('code').notNull().unique(),
	/** Paper slips made so far, numbered from 1; their codes are derived, so a lost sheet prints again. */
	slipCount: integer('slip_count').notNull().default(0)
});

/** Who was given a form, and nothing of what came of it: neither a code nor a time leads from here to a response. */
export const surveyTickets = pgTable(
	'survey_ticket',
	{
		participationId: uuid('participation_id')
			.primaryKey()
			.references(() => participations.id),
		activityId: uuid('activity_id')
			.notNull()
			.references(() => trainingActivities.id),
		channel: text('channel').$type<'online' | 'slip'>().notNull()
	},
	(table) => [index('survey_ticket_activity').on(table.activityId)]
);

/** What one form said; holds neither person nor time, and its id tells no order. */
export const surveyResponses = pgTable(
	'survey_response',
	{
		id: id(),
		activityId: uuid('activity_id')
			.notNull()
			.references(() => trainingActivities.id),
		/** SHA-256 of the form's code, so that a form is taken once. */
		tokenHash: bytea('token_hash').notNull().unique(),
		content: smallint('content').notNull(),
		lecturer: smallint('lecturer').notNull(),
		material: smallint('material').notNull(),
		organisation: smallint('organisation').notNull(),
		overall: smallint('overall').notNull(),
		comment: text('comment')
	},
	(table) => [
		index('survey_response_activity').on(table.activityId),
		check(
			'survey_response_levels',
			sql`content between 1 and 5 and lecturer between 1 and 5 and material between 1 and 5
				and organisation between 1 and 5 and overall between 1 and 5`
		)
	]
);

/** A citizen's or a business's rating of a unit's work; kept apart from trainees. */
export const publicRatings = pgTable(
	'public_rating',
	{
		id: id(),
		ratedOn: date('rated_on').notNull(),
		audience: text('audience').$type<Audience>().notNull(),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		level: smallint('level').notNull(),
		comment: text('comment'),
		/** Keyed hash of address and day: counts the ratings of one connection on one day and tells nothing later. */
		sourceKey: bytea('source_key').notNull()
	},
	(table) => [
		index('public_rating_unit').on(table.unitId, table.ratedOn),
		index('public_rating_source').on(table.sourceKey),
		check('public_rating_level', sql`level between 1 and 5`)
	]
);
