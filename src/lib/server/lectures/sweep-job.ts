import { sql } from 'drizzle-orm';
import type { Context } from '../platform/context.ts';
import { log } from '../platform/log.ts';
import { defineJob } from '../platform/queue.ts';
import { partsPrefix, type LectureTarget } from './keys.ts';
import { dropParts } from './part-state.ts';
import { findRevision } from './queries.ts';

declare module '../platform/queue.ts' {
	interface JobPayloads {
		'lectures.sweep': Record<string, never>;
	}
}

const KEYS_AT_ONCE = 500;

/** Removes objects below `lectures/` that no row speaks of, as a machine that died between both leaves them. */
export const sweepObjects = defineJob({
	name: 'lectures.sweep',
	queue: { retryLimit: 0, expireInSeconds: 60 * 60 },
	cron: '23 2 * * *',
	async run(ctx) {
		const orphans = await listOrphans(ctx);
		await ctx.storage.delete(orphans);
		if (orphans.length > 0) log.info({ count: orphans.length }, 'removed objects of no lecture');
	}
});

/** Keys below `lectures/` of revisions that are not there, and of parts that nobody works on. */
export async function listOrphans(ctx: Context): Promise<string[]> {
	const orphans: string[] = [];
	let keys: string[] = [];
	for await (const { key } of ctx.storage.list('lectures/')) {
		keys.push(key);
		if (keys.length < KEYS_AT_ONCE) continue;
		orphans.push(...(await orphansAmong(ctx, keys)));
		keys = [];
	}
	return [...orphans, ...(await orphansAmong(ctx, keys))];
}

async function orphansAmong(ctx: Context, keys: readonly string[]): Promise<string[]> {
	if (keys.length === 0) return [];
	const rows = await ctx.db.execute<{ key: string }>(sql`
		select key from unnest(${sql.param([...keys])}::text[]) as key
		where not exists (
			select from lecture_revision r
			where key like 'lectures/' || r.lecture_id || '/' || r.revision || '/%'
				and (split_part(key, '/', 4) <> 'parts' or r.plan is not null)
				and r.lecture_id = substring(key from '^lectures/([0-9a-f]{8}-[0-9a-f-]{27})/')::uuid
		)`);
	return rows.map(({ key }) => key);
}

/** What was encoded of a revision that its owner has stopped is of no use any more. */
export async function tidyIfCancelled(ctx: Context, { lectureId, revision }: LectureTarget): Promise<void> {
	const target = { lectureId, revision };
	if ((await findRevision(ctx.db, lectureId, revision))?.state !== 'cancelled') return;
	await dropParts(ctx.db, target);
	const keys: string[] = [];
	for await (const { key } of ctx.storage.list(partsPrefix(target))) keys.push(key);
	await ctx.storage.delete(keys);
}
