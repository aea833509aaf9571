import { createHmac, timingSafeEqual } from 'node:crypto';
import { desc, sql } from 'drizzle-orm';
import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/database.ts';
import { deriveKey } from '../platform/secrets.ts';
import { auditLinks } from './tables.ts';

/** Events of one step: some 10 MB at most, and a transaction of well under a second. */
const BATCH = 2000;

/** An event may commit after younger ones; so far back (in ids) the chain still looks for it. */
const LATE_BY = 100_000;

/** Serialises those who lengthen the chain. */
const LOCK = sql`select pg_advisory_xact_lock(hashtext('audit_link'))`;

/** Everything an event says, as text that is the same whenever it is read. */
const content = (row: string) =>
	sql.raw(`jsonb_build_array(${row}.id, extract(epoch from ${row}.at)::text, ${row}.actor_kind, ${row}.actor_account_id,
	${row}.action, ${row}.object_id, ${row}.unit_id, ${row}.details, ${row}.request_id, ${row}.client_address)::text`);

/** What {@link verifyChain} found. `brokenAt` is the number of the first link that does not fit. */
export type ChainState = Readonly<{
	links: number;
	waiting: number;
	removed: number;
	brokenAt: number | null;
	/** Of the newest link, hexadecimal; written down elsewhere it shows that the end was cut off. */
	head: string | null;
}>;

/**
 * Links committed events to those before them: HMAC-SHA-256 over the previous link and the event's content, under a key
 * derived from SECRET_KEY, so that whoever changes rows in the database cannot make the chain fit again.
 * @returns how many events were linked
 */
export async function lengthenChain(db: Database, config: Config): Promise<number> {
	const key = deriveKey(config, 'audit-chain');
	let linked = 0;
	for (;;) {
		const count = await db.transaction((tx) => linkBatch(tx, key));
		linked += count;
		if (count < BATCH) return linked;
	}
}

async function linkBatch(tx: Database, key: Buffer): Promise<number> {
	await tx.execute(LOCK);
	const events = await tx.execute<{ id: number; content: string }>(sql`
		select e.id::float8 as id, ${content('e')} as content from audit_event e
		where e.id > coalesce((select max(event_id) from audit_link), 0) - ${LATE_BY}
			and not exists (select 1 from audit_link l where l.event_id = e.id)
		order by e.id limit ${BATCH}`);
	if (events.length === 0) return 0;
	let hash = (await newestLink(tx))?.hash ?? Buffer.alloc(0);
	const rows = events.map((event) => {
		hash = next(key, hash, event.content);
		return { eventId: event.id, hash };
	});
	await tx.insert(auditLinks).values(rows);
	return rows.length;
}

/** Walks the whole chain, in steps. Events whose keeping time is over are gone; their links stay and are counted. */
export async function verifyChain(db: Database, config: Config): Promise<ChainState> {
	const key = deriveKey(config, 'audit-chain');
	let [before, hash, links, removed] = [0, Buffer.alloc(0), 0, 0];
	for (;;) {
		const rows = await db.execute<{ no: number; hash: Buffer; content: string | null }>(sql`
			select l.no::float8 as no, l.hash, case when e.id is not null then ${content('e')} end as content
			from audit_link l left join audit_event e on e.id = l.event_id
			where l.no > ${before} order by l.no limit ${BATCH}`);
		for (const row of rows) {
			const isRemoved = row.content === null;
			// Only the oldest may be gone: a hole behind an event that is there was made by hand.
			if (isRemoved ? links > removed : !timingSafeEqual(next(key, hash, row.content ?? ''), row.hash))
				return { ...(await ends(db)), links, removed, brokenAt: row.no };
			links++;
			if (isRemoved) removed++;
			hash = Buffer.from(row.hash);
			before = row.no;
		}
		if (rows.length < BATCH) return { ...(await ends(db)), links, removed, brokenAt: null };
	}
}

async function ends(db: Database) {
	const [row] = await db.execute<{ waiting: number }>(sql`select count(*)::int as waiting from audit_event e
		where not exists (select 1 from audit_link l where l.event_id = e.id)`);
	const newest = await newestLink(db);
	return { waiting: row?.waiting ?? 0, head: newest ? Buffer.from(newest.hash).toString('hex') : null };
}

async function newestLink(db: Database) {
	const [row] = await db.select().from(auditLinks).orderBy(desc(auditLinks.no)).limit(1);
	return row;
}

function next(key: Buffer, hash: Buffer, content: string): Buffer<ArrayBuffer> {
	return createHmac('sha256', key).update(hash).update(content).digest();
}
