import { sql } from 'drizzle-orm';
import {
	boolean,
	doublePrecision,
	foreignKey,
	index,
	integer,
	pgTable,
	primaryKey,
	text,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import type { Completion, Success } from '#lib/scorm/runtime/status.ts';
import type { ScormSettings } from '#lib/scorm/settings.ts';
import { bytea, id, instant, jsonb } from '../platform/columns.ts';
import { packages, revisions } from './tables.ts';

/** What is known of a learner in an item or an attempt; `score` is 0–1. Never gets worse. */
const standing = () => ({
	completion: text('completion').$type<Completion>().notNull().default('unknown'),
	success: text('success').$type<Success>().notNull().default('unknown'),
	score: doublePrecision('score')
});

/** One way of a learner through a package, from ab initio on; keeps the revision it was begun with. */
export const attempts = pgTable(
	'scorm_attempt',
	{
		id: id(),
		/** Whose attempt at which lesson in which class (learning.scorm_registration). */
		registrationId: uuid('registration_id').notNull(),
		/** 1, 2, … within the registration. */
		number: integer('number').notNull(),
		packageId: uuid('package_id').notNull(),
		revision: integer('revision').notNull(),
		/** Identifier of the organization that is gone through. */
		organization: text('organization').notNull(),
		/** The completed attempt at an earlier revision whose data this one began with; it uses up no attempt. */
		carriedFromId: uuid('carried_from_id'),
		...standing(),
		/** 2004 with several items: state of the sequencing engine, as the player gave it. */
		engineState: text('engine_state'),
		startedAt: instant('started_at').notNull(),
		savedAt: instant('saved_at').notNull(),
		completedAt: instant('completed_at'),
		/** Taken back by a trainer: it counts for nothing and its data stays for the record. */
		voidedAt: instant('voided_at'),
		voidReason: text('void_reason')
	},
	(table) => [
		uniqueIndex('scorm_attempt_number').on(table.registrationId, table.number),
		foreignKey({
			columns: [table.packageId, table.revision],
			foreignColumns: [revisions.packageId, revisions.revision]
		})
	]
);

/** What content has told of one item within one attempt. */
export const attemptItems = pgTable(
	'scorm_attempt_item',
	{
		attemptId: uuid('attempt_id')
			.notNull()
			.references(() => attempts.id, { onDelete: 'cascade' }),
		/** Identifier from the manifest. */
		item: text('item').notNull(),
		/**
		 * Values by element as JSON. Text and not jsonb: content packs bytes into strings, and PostgreSQL's JSON takes neither
		 * NUL nor half of a surrogate pair.
		 */
		data: text('data').notNull().default('{}'),
		...standing(),
		/** Interactions of earlier sessions that the present one does not see; its own are numbered from here. */
		interactionBase: integer('interaction_base').notNull().default(0),
		/** `cmi.exit` of the last session that ended; null while one is open or was cut off. */
		exit: text('exit'),
		/** Seconds of all sessions before the present one, and of that one as far as the clock allows. */
		earlierS: doublePrecision('earlier_s').notNull().default(0),
		sessionS: doublePrecision('session_s').notNull().default(0),
		sessionStartedAt: instant('session_started_at').notNull(),
		sessions: integer('sessions').notNull().default(1),
		savedAt: instant('saved_at').notNull()
	},
	(table) => [primaryKey({ columns: [table.attemptId, table.item] })]
);

/** How content is shown: for credit, looked at again, or tried out by an author. */
export type LaunchMode = 'normal' | 'review' | 'browse';

/** One opening of a package in one browser tab. Its token is the only key to the content host. */
export const launches = pgTable(
	'scorm_launch',
	{
		id: id(),
		/** SHA-256: a copy of the table opens nothing. */
		tokenHash: bytea('token_hash').notNull(),
		/** Null where nothing is kept: an author's look. */
		attemptId: uuid('attempt_id').references(() => attempts.id, { onDelete: 'cascade' }),
		registrationId: uuid('registration_id'),
		packageId: uuid('package_id')
			.notNull()
			.references(() => packages.id, { onDelete: 'cascade' }),
		revision: integer('revision').notNull(),
		organization: text('organization').notNull(),
		mode: text('mode').$type<LaunchMode>().notNull(),
		/** The lesson's settings when it was opened. */
		settings: jsonb('settings').$type<ScormSettings>().notNull(),
		accountId: uuid('account_id').notNull(),
		personId: uuid('person_id'),
		/** Session (identity.session) the launch belongs to; it ends with it. */
		sessionId: bytea('session_id').notNull(),
		/** The item that is open. */
		item: text('item'),
		/** Highest commit number taken. */
		sequence: integer('sequence').notNull().default(0),
		startedAt: instant('started_at').notNull(),
		lastSeenAt: instant('last_seen_at').notNull(),
		endsAt: instant('ends_at').notNull(),
		endedAt: instant('ended_at'),
		/** A newer launch took over; otherwise the learner left. */
		isSuperseded: boolean('is_superseded').notNull().default(false)
	},
	(table) => [
		uniqueIndex('scorm_launch_token').on(table.tokenHash),
		index('scorm_launch_attempt').on(table.attemptId),
		index('scorm_launch_open')
			.on(table.registrationId)
			.where(sql`ended_at is null`)
	]
);

/** The journal: every commit as it was taken. Long values are cut here; the whole ones stand in the item. */
export const commits = pgTable(
	'scorm_commit',
	{
		launchId: uuid('launch_id')
			.notNull()
			.references(() => launches.id, { onDelete: 'cascade' }),
		sequence: integer('sequence').notNull(),
		item: text('item').notNull(),
		at: instant('at').notNull(),
		/** Values that changed, JSON. */
		changes: text('changes').notNull(),
		isTerminate: boolean('is_terminate').notNull().default(false)
	},
	(table) => [primaryKey({ columns: [table.launchId, table.sequence] })]
);
