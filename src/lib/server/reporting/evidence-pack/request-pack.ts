import { and, desc, eq, gt, inArray, sql } from 'drizzle-orm';
import { recordAudit } from '../../audit/record.ts';
import { authorise } from '../../identity/permissions.ts';
import { getUnit, listUnits } from '../../organisation/queries.ts';
import { inScope } from '../../organisation/scope.ts';
import { units } from '../../organisation/tables.ts';
import { today, type Context } from '../../platform/context.ts';
import { DomainError } from '../../platform/errors.ts';
import { evidencePacks } from '../evidence-pack-tables.ts';

declare module '../../platform/queue.ts' {
	interface JobPayloads {
		'reporting.make_evidence_pack': { packId: string };
		'reporting.forget_evidence_packs': Record<string, never>;
	}
}

/** How long a pack can be fetched; it is made anew in minutes. */
export const PACK_DAYS = 14;

/**
 * Has the pack of a unit (with those below it) and a calendar year made. It holds names, so it takes the right to read
 * rosters.
 * @throws {DomainError} `not_found` outside the actor's units; `conflict` `reporting.pack_running`
 */
export async function requestPack(ctx: Context, { unitId, year }: { unitId: string; year: number }): Promise<void> {
	const unit = await getUnit(ctx.db, authorise(ctx.actor, 'roster:read'), unitId);
	await ctx.db.transaction(async (tx) => {
		await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`evidence_pack ${unit.id}`}, 0))`);
		const isRunning = and(
			eq(evidencePacks.unitId, unit.id),
			eq(evidencePacks.year, year),
			inArray(evidencePacks.state, ['waiting', 'running'])
		);
		if ((await tx.$count(evidencePacks, isRunning)) > 0) throw new DomainError('conflict', 'reporting.pack_running');
		const accountId = ctx.actor.kind === 'account' ? ctx.actor.accountId : null;
		const [pack] = await tx
			.insert(evidencePacks)
			.values({ unitId: unit.id, year, accountId })
			.returning({ id: evidencePacks.id });
		if (!pack) throw new Error('the pack was not written');
		await ctx.queue.send(tx, 'reporting.make_evidence_pack', { packId: pack.id });
		await recordAudit(ctx, tx, 'evidence_pack.requested', { objectId: pack.id, unitId: unit.id, year });
	});
}

const columns = {
	...{ id: evidencePacks.id, year: evidencePacks.year, state: evidencePacks.state, total: evidencePacks.total },
	...{ done: evidencePacks.done, sizeBytes: evidencePacks.sizeBytes, sha256: evidencePacks.sha256 },
	...{ fileCount: evidencePacks.fileCount, recordedAt: evidencePacks.recordedAt },
	hasFile: sql<boolean>`${evidencePacks.storageKey} is not null`,
	unitName: sql<string>`(select v.name from unit_version v where v.unit_id = ${evidencePacks.unitId}
		order by v.valid_from desc limit 1)`
};

/** The packs of the actor's units of the last days, newest first, and what a new one may be of. */
export async function getPacksPage(ctx: Context) {
	const scope = authorise(ctx.actor, 'roster:read');
	const since = new Date(ctx.now.getTime() - PACK_DAYS * 86_400_000);
	const [packs, choices] = await Promise.all([
		ctx.db
			.select(columns)
			.from(evidencePacks)
			.innerJoin(units, eq(units.id, evidencePacks.unitId))
			.where(and(inScope(units.path, scope), gt(evidencePacks.recordedAt, since)))
			.orderBy(desc(evidencePacks.recordedAt))
			.limit(30),
		listUnits(ctx.db, scope, { day: today(ctx) })
	]);
	const grants = ctx.actor.kind === 'account' ? ctx.actor.grants : [];
	return {
		packs,
		units: choices.map(({ id, name }) => ({ id, name })),
		ownUnitId: choices.find(({ id }) => grants.some(({ unitId }) => unitId === id))?.id ?? choices[0]?.id,
		year: Number(today(ctx).slice(0, 4))
	};
}

/** How far one pack is. @throws {DomainError} `not_found` */
export async function getPackProgress(ctx: Context, packId: string) {
	const { state, total, done } = await getPack(ctx, packId);
	return { state, total, done };
}

/**
 * An address that downloads a pack for a few minutes; fetching it is an audit event, since it holds names.
 * @throws {DomainError} `not_found` `reporting.no_pack`
 */
export async function packUrl(ctx: Context, packId: string): Promise<string> {
	const { storageKey, unitId, year } = await getPack(ctx, packId);
	if (!storageKey) throw new DomainError('not_found', 'reporting.no_pack');
	await recordAudit(ctx, ctx.db, 'evidence_pack.downloaded', { objectId: packId, unitId, year });
	return ctx.storage.signedUrl(storageKey, {
		...{ expiresInS: 300, contentType: 'application/zip', downloadName: `bo-minh-chung-${year}.zip` }
	});
}

async function getPack(ctx: Context, packId: string) {
	const [row] = await ctx.db
		.select({ pack: evidencePacks })
		.from(evidencePacks)
		.innerJoin(units, eq(units.id, evidencePacks.unitId))
		.where(and(eq(evidencePacks.id, packId), inScope(units.path, authorise(ctx.actor, 'roster:read'))));
	if (!row) throw new DomainError('not_found', 'reporting.no_pack');
	return row.pack;
}
