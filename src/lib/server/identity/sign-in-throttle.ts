import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';

const MINUTE = 60 * 1000;

/** Wrong passwords of one name that cost no wait. */
const FREE_ATTEMPTS = 5;
const FIRST_WAIT_S = 5;
/** The longest wait: a stranger who keeps guessing cannot shut the owner out for longer. */
const LONGEST_WAIT_S = 300;
/** A name is left in peace after this long without a wrong password. */
const FORGET_AFTER = '30 minutes';

/** Failures from one address within a window that only an attack makes; a training room of 200 stays far below. */
const ABNORMAL_FAILURES = 300;
const ADDRESS_WINDOW_MS = 10 * MINUTE;

/** Seconds to wait after the n-th wrong password of a name: 0 for the first five, then 5, 10, 20 … 300. */
const WAIT_S = sql.raw(`case when f.count <= ${FREE_ATTEMPTS} then 0
	else least(${LONGEST_WAIT_S}, ${FIRST_WAIT_S} * 2 ^ least(f.count - ${FREE_ATTEMPTS} - 1, 20)) end`);

/**
 * Takes one attempt at a name's password, before the password is checked: fifty requests at once are then fifty attempts,
 * not one. Attempts during the wait are refused and do not lengthen it. Names that no account has are counted alike.
 * @throws {DomainError} `too_many` `identity.too_many_attempts` with `n`, the seconds left
 */
export async function claimAttempt(db: Database, name: string, now: Date): Promise<void> {
	const key = keyOf(`name:${name}`);
	const at = sql`${now.toISOString()}::timestamptz`;
	const claimed = await db.execute(sql`
		insert into sign_in_failure as f (key, count, last_at) values (${key}, 1, ${at})
		on conflict (key) do update set last_at = excluded.last_at,
			count = case when f.last_at < ${at} - interval '${sql.raw(FORGET_AFTER)}' then 1 else f.count + 1 end
		where f.last_at < ${at} - interval '${sql.raw(FORGET_AFTER)}' or f.last_at + make_interval(secs => ${WAIT_S}) <= ${at}
		returning 1`);
	if (claimed.length > 0) return;
	const [left] = await db.execute<{ seconds: number }>(sql`
		select ceil(extract(epoch from f.last_at + make_interval(secs => ${WAIT_S}) - ${at}))::int as seconds
		from sign_in_failure f where f.key = ${key}`);
	throw new DomainError('too_many', 'identity.too_many_attempts', { n: Math.max(1, left?.seconds ?? 1) });
}

/** Forgets a name's attempts, after the right password or a reset. */
export async function forgetAttempts(db: Database, name: string): Promise<void> {
	await db.execute(sql`delete from sign_in_failure where key = ${keyOf(`name:${name}`)}`);
}

/** Counts a failure against an address; returns true when that address fails far more than people do. */
export async function isAbnormalAddress(db: Database, address: string, now: Date): Promise<boolean> {
	const key = keyOf(`address:${address}:${Math.floor(now.getTime() / ADDRESS_WINDOW_MS)}`);
	const [row] = await db.execute<{ count: number }>(sql`
		insert into sign_in_failure as f (key, count, last_at) values (${key}, 1, ${now.toISOString()}::timestamptz)
		on conflict (key) do update set count = f.count + 1, last_at = excluded.last_at returning count`);
	return (row?.count ?? 0) > ABNORMAL_FAILURES;
}

/** Removes counts that no longer matter. */
export async function removeOldAttempts(db: Database, now: Date): Promise<void> {
	await db.execute(
		sql`delete from sign_in_failure where last_at < ${now.toISOString()}::timestamptz - interval '${sql.raw(FORGET_AFTER)}'`
	);
}

/** Names and addresses are kept as hashes: the table is of no use to learn who signs in from where. */
function keyOf(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
