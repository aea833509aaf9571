import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { recordAudit } from '../audit/record.ts';
import { authorise, can } from '../identity/permissions.ts';
import { BY_NAME } from '../organisation/queries.ts';
import { people } from '../organisation/tables.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { getClass } from '../training/access.ts';
import { participations } from '../training/tables.ts';
import { issueCertificates, lockCompletions } from './issue.ts';
import { ensurePdf } from './pdf.ts';
import { ruleOf } from './policy.ts';
import { certificateBatches, certificates } from './tables.ts';

declare module '../platform/queue.ts' {
	interface JobPayloads {
		'certificates.issue_batch': { batchId: string };
	}
}

/** Certificates of one transaction: short enough that a killed worker loses little, and that the book is free for others. */
const AT_ONCE = 50;

/**
 * Issues what a class still owes: to everybody who completed it and has no certificate, or to those chosen. Runs as a job
 * with progress. What waits for approval is approved by this.
 * @throws {DomainError} `not_found` outside the actor's units; `conflict` `certificates.no_template`, `certificates.not_given`
 * (conferences, classes elsewhere), `certificates.nothing_to_issue`, `certificates.batch_running`; `forbidden` where approval is asked for and the actor
 * may not give it
 */
export async function startBatch(
	ctx: Context,
	activityId: string,
	chosen: readonly string[] = []
): Promise<{ batchId: string }> {
	const activity = await getClass(ctx.db, authorise(ctx.actor, 'certificate:read'), activityId);
	const { policy, template } = await ruleOf(ctx.db, activityId);
	if (policy === 'never') throw new DomainError('conflict', 'certificates.not_given');
	if (!template) throw new DomainError('conflict', 'certificates.no_template');
	if (policy === 'after_approval' && !can(ctx.actor, 'certificate:approve'))
		authorise(ctx.actor, 'certificate:approve');
	return ctx.db.transaction(async (tx) => {
		await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`certificate_batch ${activityId}`}, 0))`);
		const [running] = await tx
			.select({ id: certificateBatches.id })
			.from(certificateBatches)
			.where(
				and(eq(certificateBatches.activityId, activityId), inArray(certificateBatches.state, ['waiting', 'running']))
			);
		if (running) throw new DomainError('conflict', 'certificates.batch_running');
		const owed = await listOwed(tx, activityId, chosen);
		if (owed.length === 0) throw new DomainError('conflict', 'certificates.nothing_to_issue');
		const [batch] = await tx
			.insert(certificateBatches)
			.values({
				activityId,
				participationIds: owed,
				accountId: ctx.actor.kind === 'account' ? ctx.actor.accountId : null,
				state: 'waiting',
				total: owed.length
			})
			.returning({ id: certificateBatches.id });
		if (!batch) throw new Error('the batch was not written');
		await ctx.queue.send(tx, 'certificates.issue_batch', { batchId: batch.id });
		await recordAudit(ctx, tx, 'certificate.batch_started', {
			objectId: activityId,
			...{ unitId: activity.organiserUnitId, batchId: batch.id, total: owed.length }
		});
		return { batchId: batch.id };
	});
}

/**
 * One run of a batch. Safe to run twice: it goes on after the last fifty that stand, and whoever got a certificate
 * meanwhile is passed over.
 */
export async function runBatch(ctx: Context, batchId: string, signal: AbortSignal): Promise<void> {
	const [batch] = await ctx.db
		.update(certificateBatches)
		.set({ state: 'running' })
		.where(and(eq(certificateBatches.id, batchId), inArray(certificateBatches.state, ['waiting', 'running'])))
		.returning();
	if (!batch) return;
	const { template } = await ruleOf(ctx.db, batch.activityId);
	const as = { ...ctx, actor: senderOf(batch.accountId) ?? ctx.actor };
	for (let at = batch.done; template && at < batch.total && !signal.aborted; at += AT_ONCE) {
		const ids = batch.participationIds.slice(at, at + AT_ONCE);
		const issued = await ctx.db.transaction(async (tx) => {
			const created = await issueCertificates(as, tx, template, await lockCompletions(tx, ids));
			await tx
				.update(certificateBatches)
				.set({ done: at + ids.length, issued: sql`${certificateBatches.issued} + ${created.length}` })
				.where(eq(certificateBatches.id, batchId));
			return created;
		});
		for (const certificateId of issued) await ensurePdf(ctx, certificateId);
	}
	if (signal.aborted) throw new Error('aborted'); // the queue gives the rest to another worker
	await ctx.db
		.update(certificateBatches)
		.set({ state: template ? 'done' : 'failed', finishedAt: ctx.now })
		.where(eq(certificateBatches.id, batchId));
}

/** How far the newest batch of a class is; undefined without one. */
export async function findBatch(ctx: Context, activityId: string) {
	await getClass(ctx.db, authorise(ctx.actor, 'certificate:read'), activityId);
	const [batch] = await ctx.db
		.select({
			state: certificateBatches.state,
			total: certificateBatches.total,
			done: certificateBatches.done,
			issued: certificateBatches.issued
		})
		.from(certificateBatches)
		.where(eq(certificateBatches.activityId, activityId))
		.orderBy(desc(certificateBatches.recordedAt))
		.limit(1);
	return batch;
}

/** Completions of a class without an issued certificate, in the order of names: the order of numbers. */
async function listOwed(tx: Context['db'], activityId: string, chosen: readonly string[]): Promise<string[]> {
	const rows = await tx
		.select({ id: participations.id })
		.from(participations)
		.innerJoin(people, eq(people.id, participations.personId))
		.where(
			and(
				eq(participations.activityId, activityId),
				sql`${participations.completedOn} is not null and ${participations.voidedAt} is null`,
				sql`not exists (select 1 from ${certificates} where ${certificates.participationId} = ${participations.id}
					and ${certificates.state} = 'issued')`,
				chosen.length > 0 ? inArray(participations.id, [...chosen]) : undefined
			)
		)
		.orderBy(...BY_NAME);
	return rows.map(({ id }) => id);
}

/** Certificates are those of the account that asked for them. */
function senderOf(accountId: string | null): Context['actor'] | undefined {
	return accountId ? { kind: 'account', accountId, displayName: '', grants: [] } : undefined;
}
