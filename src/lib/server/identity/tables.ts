import { sql } from 'drizzle-orm';
import {
	bigint,
	boolean,
	check,
	date,
	index,
	integer,
	pgTable,
	primaryKey,
	text,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import { bytea, citext, id, instant, jsonb, recordedAt } from '../platform/columns.ts';
import type { Role } from './actor.ts';

/**
 * A way to sign in. Apart from the person: the roster knows people without one, and an operator has one without being in
 * the roster. `person_id` has no foreign key since people belong to a module to the right of this one.
 */
export const accounts = pgTable(
	'account',
	{
		id: id(),
		personId: uuid('person_id').unique(),
		displayName: text('display_name').notNull(),
		username: citext('username').notNull().unique(),
		/** Normalised mobile number, digits only, where it is this account's alone. */
		phone: text('phone').unique(),
		email: citext('email').unique(),
		/** argon2id; absent until the account is activated. */
		passwordHash: text('password_hash'),
		mustChangePassword: boolean('must_change_password').notNull().default(false),
		disabledAt: instant('disabled_at'),
		activatedAt: instant('activated_at'),
		/** Version of the personal-data notice that was read (Luật 91/2025/QH15). */
		noticeVersion: integer('notice_version'),
		noticeReadAt: instant('notice_read_at'),
		isDemo: boolean('is_demo').notNull().default(false),
		/** Second step of signing in: the TOTP secret, sealed (AES-256-GCM); without a confirmation it is only proposed. */
		totpSecret: bytea('totp_secret'),
		totpConfirmedAt: instant('totp_confirmed_at'),
		/** Time step (30 s since 1970) of the last code that was accepted: a code works once (ASVS 5.0, 6.5.1). */
		totpLastStep: bigint('totp_last_step', { mode: 'number' }),
		/** Day from which the roles held demand the second step; set at the first sign-in without one. */
		twoStepDueOn: date('two_step_due_on'),
		recordedAt: recordedAt()
	},
	(table) => [index('account_person').on(table.personId)]
);

/** A signed-in browser. The cookie holds a random token; only its SHA-256 is kept. */
export const sessions = pgTable(
	'session',
	{
		/** SHA-256 of the token. */
		id: bytea('id').primaryKey(),
		accountId: uuid('account_id')
			.notNull()
			.references(() => accounts.id, { onDelete: 'cascade' }),
		createdAt: instant('created_at').notNull().defaultNow(),
		lastSeenAt: instant('last_seen_at').notNull().defaultNow(),
		/** Sliding end; moved on by use. */
		expiresAt: instant('expires_at').notNull(),
		/** End that use does not move. */
		endsAt: instant('ends_at').notNull(),
		/** How long it lives unused, seconds. */
		idleS: integer('idle_s').notNull().default(43_200),
		isSharedMachine: boolean('is_shared_machine').notNull().default(false),
		/** The password was right; the code is still owed, and until then the session opens nothing. */
		isPending: boolean('is_pending').notNull().default(false),
		/** When its owner last proved to be there: password, code or single sign-on. */
		confirmedAt: instant('confirmed_at').notNull().defaultNow(),
		userAgent: text('user_agent'),
		/** Whose account the owner looks at the product as, until when; it reads and changes nothing (docs/adr/0112). */
		viewedAccountId: uuid('viewed_account_id').references(() => accounts.id, { onDelete: 'set null' }),
		viewingUntil: instant('viewing_until')
	},
	(table) => [index('session_account').on(table.accountId), index('session_expires').on(table.expiresAt)]
);

/** A person at a provider of single sign-on (OpenID Connect `iss`, `sub`) and the account they confirmed to be theirs. */
export const signOnLinks = pgTable(
	'sign_on_link',
	{
		issuer: text('issuer').notNull(),
		subject: text('subject').notNull(),
		accountId: uuid('account_id')
			.notNull()
			.references(() => accounts.id, { onDelete: 'cascade' }),
		linkedAt: instant('linked_at').notNull()
	},
	(table) => [primaryKey({ columns: [table.issuer, table.subject] }), index('sign_on_link_account').on(table.accountId)]
);

/** Wrong passwords per account name (hashed) or address; the wait grows with them and nothing is ever locked. */
export const signInFailures = pgTable('sign_in_failure', {
	key: bytea('key').primaryKey(),
	count: integer('count').notNull(),
	lastAt: instant('last_at').notNull()
});

/** A single-use secret printed on a slip or shown as a QR: activates the account or sets a new password. */
export const accountTokens = pgTable(
	'account_token',
	{
		/** SHA-256 of the secret. */
		id: bytea('id').primaryKey(),
		accountId: uuid('account_id')
			.notNull()
			.references(() => accounts.id, { onDelete: 'cascade' }),
		purpose: text('purpose').$type<'activate' | 'reset'>().notNull(),
		createdAt: instant('created_at').notNull().defaultNow(),
		createdBy: uuid('created_by'),
		expiresAt: instant('expires_at').notNull(),
		usedAt: instant('used_at')
	},
	(table) => [index('account_token_account').on(table.accountId)]
);

/** Codes that stand in for a lost telephone, each once. Kept as keyed hashes (HMAC-SHA-256). */
export const recoveryCodes = pgTable(
	'recovery_code',
	{
		hash: bytea('hash').primaryKey(),
		accountId: uuid('account_id')
			.notNull()
			.references(() => accounts.id, { onDelete: 'cascade' }),
		usedAt: instant('used_at')
	},
	(table) => [index('recovery_code_account').on(table.accountId)]
);

/** What an administrator sets for the whole system; keys and their shapes in lib/identity/settings.ts. */
export const systemSettings = pgTable('system_setting', {
	key: text('key').primaryKey(),
	value: jsonb('value').notNull(),
	version: integer('version').notNull().default(1)
});

/** A role in a unit and all below it, from one day to another (half-open). `unit_id` belongs to organisation. */
export const roleGrants = pgTable(
	'role_grant',
	{
		id: id(),
		accountId: uuid('account_id')
			.notNull()
			.references(() => accounts.id, { onDelete: 'cascade' }),
		role: text('role').$type<Role>().notNull(),
		unitId: uuid('unit_id').notNull(),
		validFrom: date('valid_from').notNull(),
		validTo: date('valid_to'),
		grantedBy: uuid('granted_by'),
		recordedAt: recordedAt()
	},
	(table) => [
		index('role_grant_account').on(table.accountId),
		index('role_grant_unit').on(table.unitId),
		uniqueIndex('role_grant_current')
			.on(table.accountId, table.role, table.unitId)
			.where(sql`valid_to is null`),
		check('role_grant_dates', sql`valid_to is null or valid_to > valid_from`)
	]
);
