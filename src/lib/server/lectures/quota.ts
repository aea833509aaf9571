import { eq, sql } from 'drizzle-orm';
import { formatBytes } from '#lib/i18n/format.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise, can } from '../identity/permissions.ts';
import { getUnit } from '../organisation/queries.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import type { LectureTarget } from './keys.ts';
import { isRevision } from './service.ts';
import { lectureQuotas, lectureRevisions } from './tables.ts';

/**
 * Bytes that lectures of a unit and those below it take: files as they were sent, all that was made of them, and what
 * uploads under way have announced. Earlier files of a lecture are kept and counted too.
 * @param path of the unit, as SQL
 */
const usedBelow = (path: ReturnType<typeof sql>) => sql<number>`(
	select coalesce(sum(coalesce(r.source_size_bytes, 0) + coalesce(r.sound_bytes, 0)
		+ coalesce((select sum((made ->> 'sizeBytes')::bigint) from jsonb_array_elements(r.renditions) as made), 0)), 0)::float8
	from lecture_revision r join lecture l on l.id = r.lecture_id join unit u on u.id = l.unit_id
	where u.path <@ ${path} and (r.state <> 'cancelled' or r.source_key is not null))`;

/** What lectures of a unit and those below it take, and how much they may; `maxBytes` null is without a limit. */
export async function getQuota(ctx: Context, unitId: string) {
	const unit = await getUnit(ctx.db, authorise(ctx.actor, 'unit:read'), unitId);
	const [quota] = await ctx.db.select().from(lectureQuotas).where(eq(lectureQuotas.unitId, unitId));
	const [row] = await ctx.db.execute<{ used: number }>(sql`select ${usedBelow(sql`${unit.path}::ltree`)} as used`);
	return { usedBytes: row!.used, maxBytes: quota?.maxBytes ?? null, maySet: can(ctx.actor, 'unit:manage') };
}

/** Sets how much lectures of a unit and those below it may take, bytes; null lifts the limit. Nothing stored is removed. */
export async function setQuota(ctx: Context, unitId: string, maxBytes: number | null): Promise<void> {
	await getUnit(ctx.db, authorise(ctx.actor, 'unit:manage'), unitId);
	await ctx.db.transaction(async (tx) => {
		if (maxBytes === null) await tx.delete(lectureQuotas).where(eq(lectureQuotas.unitId, unitId));
		else {
			const target = lectureQuotas.unitId;
			await tx.insert(lectureQuotas).values({ unitId, maxBytes }).onConflictDoUpdate({ target, set: { maxBytes } });
		}
		await recordAudit(ctx, tx, 'unit.quota_set', { objectId: unitId, unitId, maxBytes });
	});
}

/**
 * Counts an upload that begins against the limits of the lecture's unit and all units above it. Its announced size is
 * kept in the row, so that uploads under way count too.
 * @throws {DomainError} `invalid` `upload.quota` where one of them would be passed
 */
export async function reserveRoom(
	ctx: Context,
	{ lectureId, revision }: LectureTarget,
	sizeBytes: number
): Promise<void> {
	await ctx.db.transaction(async (tx) => {
		await tx.execute(sql`select pg_advisory_xact_lock(hashtext('lecture_quota'))`);
		await tx.update(lectureRevisions).set({ sourceSizeBytes: sizeBytes }).where(isRevision(lectureId, revision));
		const passed = await findPassed(tx, lectureId);
		if (!passed) return;
		const params = { unit: passed.name, limit: formatBytes(passed.max), size: formatBytes(sizeBytes) };
		throw new DomainError('invalid', 'upload.quota', params);
	});
}

async function findPassed(tx: Database, lectureId: string): Promise<{ name: string; max: number } | undefined> {
	const [passed] = await tx.execute<{ name: string; max: number }>(sql`
		select q.max_bytes::float8 as max,
			(select v.name from unit_version v where v.unit_id = above.id order by v.valid_from desc limit 1) as name
		from lecture l join unit own on own.id = l.unit_id
			join unit above on above.path @> own.path
			join lecture_quota q on q.unit_id = above.id
		where l.id = ${lectureId} and ${usedBelow(sql`above.path`)} > q.max_bytes
		order by nlevel(above.path) desc limit 1`);
	return passed;
}
