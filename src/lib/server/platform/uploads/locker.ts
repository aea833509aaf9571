import { ERRORS, type Lock, type Locker, type RequestRelease } from '@tus/server';
import postgres from 'postgres';
import { setTimeout as sleep } from 'node:timers/promises';
import { reconnectAfterS } from '../database.ts';

const RETRY_MS = 200;
const GIVE_UP_MS = 20_000;
const CHANNEL = 'upload_release';
/** First key of our advisory locks, apart from other uses of them. */
const LOCK_CLASS = 766_02;

/** Locks of uploads under way in this process, with the way to ask their holder to let go. */
export type UploadLocker = Locker & Readonly<{ close(): Promise<void> }>;

/**
 * One writer per upload over all web processes, by advisory locks of PostgreSQL: a process that dies loses its connection
 * and with it the locks. A client whose connection broke comes back while the old request still holds the lock, so a
 * waiter asks the holder, through NOTIFY, to end (tus.io, resumable upload protocol 1.0.0).
 */
export async function openUploadLocker(databaseUrl: string): Promise<UploadLocker> {
	// All locks of this process live in one session, so its connection must not be recycled.
	const sql = postgres(databaseUrl, {
		max: 1,
		idle_timeout: 0,
		max_lifetime: null,
		backoff: reconnectAfterS,
		onnotice: () => {},
		connection: { application_name: 'buc-giang-uploads' }
	});
	const held = new Map<string, RequestRelease>();
	await sql.listen(CHANNEL, (id) => void held.get(id)?.());

	/** True when this request now holds the lock; the map keeps requests of this process apart, the session the others. */
	async function take(id: string, askToRelease: RequestRelease): Promise<boolean> {
		if (held.has(id)) return false;
		held.set(id, askToRelease);
		try {
			const [row] = await sql`select pg_try_advisory_lock(${LOCK_CLASS}, hashtext(${id})) as taken`;
			if (!row?.taken) held.delete(id);
			return row?.taken === true;
		} catch (error) {
			held.delete(id);
			throw error;
		}
	}

	const newLock = (id: string): Lock => ({
		async lock(signal, askToRelease) {
			for (const deadline = Date.now() + GIVE_UP_MS; ; await sleep(RETRY_MS)) {
				if (await take(id, askToRelease)) return;
				if (signal.aborted || Date.now() > deadline) throw ERRORS.ERR_LOCK_TIMEOUT;
				await sql.notify(CHANNEL, id);
			}
		},
		async unlock() {
			try {
				await sql`select pg_advisory_unlock(${LOCK_CLASS}, hashtext(${id}))`;
			} finally {
				held.delete(id);
			}
		}
	});
	return { newLock, close: () => sql.end({ timeout: 5 }) };
}
