import { createHash, randomBytes } from 'node:crypto';
import { and, desc, eq, gt, isNull, ne, sql } from 'drizzle-orm';
import type { Sql } from 'postgres';
import { readSetting } from '#lib/identity/settings.ts';
import { twoStepState, type TwoStepState } from '#lib/identity/two-step.ts';
import { dayOf } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import type { Actor, Grant } from './actor.ts';
import { accounts, sessions } from './tables.ts';
import { mayView } from './viewing.ts';

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How long a session lives unused, and at most (ASVS 5.0, 7.3.1 and 7.3.2). "Máy dùng chung" is for shared computers,
 * `staff` for roles that sign in with a second step, `pending` for one whose second step is still owed.
 */
const LIFETIMES = {
	own: { idleMs: 12 * HOUR, wholeMs: 30 * DAY },
	shared: { idleMs: 30 * MINUTE, wholeMs: 8 * HOUR },
	staff: { idleMs: 2 * HOUR, wholeMs: 12 * HOUR },
	pending: { idleMs: 10 * MINUTE, wholeMs: 10 * MINUTE }
};

/** Use moves the end of a session at most this often, so that most requests only read. */
const TOUCH_EVERY_MS = MINUTE;

/** A new session. `token` goes into the cookie and is never seen again; `expires` is absent for a cookie of the browser session. */
export type NewSession = Readonly<{ token: string; expires?: Date; isPending: boolean }>;

/** Who sends a request, as its session tells. */
export type SignedIn = Readonly<{
	sessionId: Buffer;
	actor: Extract<Actor, { kind: 'account' }>;
	/** Version of the personal-data notice the account has read. */
	noticeVersion: number;
	mustChangePassword: boolean;
	/** When the owner last proved to be there. */
	confirmedAt: Date;
	twoStep: TwoStepState;
	/** Day from which the second step is enforced, `yyyy-mm-dd`. */
	twoStepDueOn: string | null;
	/** The owner looks at the product as somebody else: `actor` is that account, and everything here else is the owner's. */
	viewing?: Viewing;
}>;

/** Who looks, and until when. */
type Viewing = Readonly<{ owner: Extract<Actor, { kind: 'account' }>; until: Date }>;

/** SHA-256 of a token: a copy of the table opens no session. */
export function hashToken(token: string): Buffer {
	return createHash('sha256').update(token).digest();
}

type SessionToBegin = Readonly<{
	accountId: string;
	isSharedMachine: boolean;
	isStaff?: boolean;
	isPending?: boolean;
	userAgent?: string;
	now: Date;
}>;

/** Begins a session of an account; the token is 24 random bytes (ASVS 5.0, 7.2.3 asks for 16). */
export async function createSession(db: Database, session: SessionToBegin): Promise<NewSession> {
	const token = randomBytes(24).toString('base64url');
	const { accountId, isSharedMachine, isPending = false, now } = session;
	const { idleMs, wholeMs } = lifetimeOf(session);
	const endsAt = new Date(now.getTime() + wholeMs);
	await db.insert(sessions).values({
		id: hashToken(token),
		accountId,
		createdAt: now,
		lastSeenAt: now,
		expiresAt: new Date(now.getTime() + idleMs),
		endsAt,
		idleS: idleMs / 1000,
		isSharedMachine,
		isPending,
		confirmedAt: now,
		userAgent: session.userAgent?.slice(0, 300)
	});
	return { token, expires: isSharedMachine ? undefined : endsAt, isPending };
}

function lifetimeOf({ isSharedMachine, isStaff, isPending }: SessionToBegin) {
	if (isPending) return LIFETIMES.pending;
	if (isSharedMachine) return LIFETIMES.shared;
	return isStaff ? LIFETIMES.staff : LIFETIMES.own;
}

type SessionRow = {
	account_id: string;
	person_id: string | null;
	display_name: string;
	notice_version: number | null;
	must_change_password: boolean;
	idle_s: number;
	last_seen_ms: number;
	confirmed_ms: number;
	is_two_step_on: boolean;
	two_step_due_on: string | null;
	two_step_policy: unknown;
	is_demo: boolean;
	grants: Grant[];
	/** Null unless the owner looks at the product as this account. */
	seen: null | { accountId: string; personId: string | null; displayName: string; grants: Grant[] };
	viewing_until_ms: number | null;
};

/**
 * The live session of a token with its account and the roles held today: one prepared statement, since every request
 * of every page asks. It reads organisation's `unit` and `person` by name, as
 * identity stands left of that module. The account of a person who was merged into another acts as that one.
 */
export async function findSession(driver: Sql, token: string, now: Date): Promise<SignedIn | undefined> {
	const sessionId = hashToken(token);
	const [instant, day] = [now.toISOString(), dayOf(now)];
	const [row] = await driver<SessionRow[]>`
		select s.account_id, coalesce(p.canonical_id, a.person_id) as person_id, a.notice_version, a.must_change_password,
			s.idle_s, a.is_demo, coalesce(p.full_name, a.display_name) as display_name,
			(extract(epoch from s.confirmed_at) * 1000)::float8 as confirmed_ms,
			a.totp_confirmed_at is not null as is_two_step_on, a.two_step_due_on::text,
			(select value from system_setting where key = 'two_step') as two_step_policy,
			(extract(epoch from s.last_seen_at) * 1000)::float8 as last_seen_ms,
			coalesce((select json_agg(json_build_object('role', g.role, 'unitId', g.unit_id, 'unitPath', u.path::text))
				from role_grant g join unit u on u.id = g.unit_id
				where g.account_id = a.id and g.valid_from <= ${day}::date and (g.valid_to is null or g.valid_to > ${day}::date)
			), '[]'::json) as grants,
			(extract(epoch from s.viewing_until) * 1000)::float8 as viewing_until_ms,
			case when s.viewing_until > ${instant}::timestamptz then (
				select json_build_object('accountId', v.id, 'personId', coalesce(vp.canonical_id, v.person_id),
					'displayName', coalesce(vp.full_name, v.display_name), 'grants', coalesce((
						select json_agg(json_build_object('role', g.role, 'unitId', g.unit_id, 'unitPath', u.path::text))
						from role_grant g join unit u on u.id = g.unit_id
						where g.account_id = v.id and g.valid_from <= ${day}::date and (g.valid_to is null or g.valid_to > ${day}::date)
					), '[]'::json))
				from account v left join person vp on vp.id = v.person_id
				where v.id = s.viewed_account_id and v.disabled_at is null
			) end as seen
		from session s join account a on a.id = s.account_id left join person p on p.id = a.person_id
		where s.id = ${sessionId} and s.expires_at > ${instant}::timestamptz and s.ends_at > ${instant}::timestamptz
			and not s.is_pending and a.disabled_at is null`;
	if (!row) return undefined;
	if (now.getTime() - row.last_seen_ms > TOUCH_EVERY_MS) await touch(driver, sessionId, row.idle_s, now);
	const owner = toActor({
		...{ accountId: row.account_id, personId: row.person_id },
		...{ displayName: row.display_name, grants: row.grants }
	});
	const until = new Date(row.viewing_until_ms ?? 0);
	const seen = row.seen && mayView(owner, row.seen.grants) ? toActor(row.seen) : undefined;
	return {
		sessionId,
		actor: seen ?? owner,
		...(seen && { viewing: { owner, until } }),
		noticeVersion: row.notice_version ?? 0,
		mustChangePassword: row.must_change_password,
		confirmedAt: new Date(row.confirmed_ms),
		twoStepDueOn: row.two_step_due_on,
		twoStep: twoStepState({
			policy: readSetting('two_step', row.two_step_policy),
			roles: row.grants.map(({ role }) => role),
			isOn: row.is_two_step_on,
			isDemo: row.is_demo,
			dueOn: row.two_step_due_on,
			today: day
		})
	};
}

const toActor = ({ personId, ...rest }: NonNullable<SessionRow['seen']>): SignedIn['actor'] => ({
	...{ kind: 'account', ...rest, personId: personId ?? undefined }
});

async function touch(driver: Sql, sessionId: Buffer, idleS: number, now: Date): Promise<void> {
	const expiresAt = new Date(now.getTime() + idleS * 1000).toISOString();
	await driver`
		update session set last_seen_at = ${now.toISOString()}::timestamptz,
			expires_at = least(${expiresAt}::timestamptz, ends_at)
		where id = ${sessionId}`;
}

/** The session of a token whose second step is still owed, with what the step needs to know. */
export async function findPendingSession(db: Database, token: string, now: Date) {
	const [found] = await db
		.select({
			id: sessions.id,
			isSharedMachine: sessions.isSharedMachine,
			accountId: accounts.id,
			totpSecret: accounts.totpSecret
		})
		.from(sessions)
		.innerJoin(accounts, eq(accounts.id, sessions.accountId))
		.where(
			and(
				eq(sessions.id, hashToken(token)),
				eq(sessions.isPending, true),
				gt(sessions.expiresAt, now),
				isNull(accounts.disabledAt)
			)
		);
	return found;
}

/** Notes that the owner has just proved to be there. */
export async function markConfirmed(db: Database, sessionId: Buffer, now: Date): Promise<void> {
	await db.update(sessions).set({ confirmedAt: now }).where(eq(sessions.id, sessionId));
}

/** Live sessions of an account, the latest used first. */
export function listSessions(db: Database, accountId: string, now: Date) {
	return db
		.select({
			id: sessions.id,
			createdAt: sessions.createdAt,
			lastSeenAt: sessions.lastSeenAt,
			isSharedMachine: sessions.isSharedMachine,
			userAgent: sessions.userAgent
		})
		.from(sessions)
		.where(
			and(
				eq(sessions.accountId, accountId),
				eq(sessions.isPending, false),
				gt(sessions.expiresAt, now),
				gt(sessions.endsAt, now)
			)
		)
		.orderBy(desc(sessions.lastSeenAt));
}

/** Ends one session of an account; the account is named so that nobody ends another's. */
export async function endSession(db: Database, accountId: string, sessionId: Buffer): Promise<boolean> {
	const ended = await db
		.delete(sessions)
		.where(and(eq(sessions.id, sessionId), eq(sessions.accountId, accountId)))
		.returning({ id: sessions.id });
	return ended.length > 0;
}

/** Ends all sessions of an account, or all but one; returns how many. */
export async function endSessions(db: Database, accountId: string, except?: Buffer): Promise<number> {
	const ended = await db
		.delete(sessions)
		.where(and(eq(sessions.accountId, accountId), except ? ne(sessions.id, except) : undefined))
		.returning({ id: sessions.id });
	return ended.length;
}

/** Removes sessions that are over, so that the table holds what is in use. */
export async function removeEndedSessions(db: Database, now: Date): Promise<void> {
	await db.execute(sql`delete from session where expires_at < ${now.toISOString()}::timestamptz`);
}
