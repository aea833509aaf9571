import { and, eq, inArray, sql } from 'drizzle-orm';
import { recordAudit } from '../audit/record.ts';
import { today, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { dayPlus } from '../platform/seed-values.ts';
import { issueCertificates, lockCompletions, putToWait, type Completion } from './issue.ts';
import { ensurePdf } from './pdf.ts';
import { ruleOf } from './policy.ts';
import { revoke } from './revoke.ts';
import { certificates } from './tables.ts';

/**
 * Completions entered longer after the day they happened than this get no certificate by themselves: whoever records the
 * classes of past years must not send thousands of letters. They can be issued from the class's page.
 */
const AUTOMATIC_DAYS = 60;

/**
 * Acts on completions that came about: issues, or lets wait for approval, as the organiser has set. Safe to run twice and
 * beside itself: a completion has at most one live certificate.
 */
export async function certifyCompletions(ctx: Context, participationIds: readonly string[]): Promise<void> {
	const issued = await ctx.db.transaction(async (tx) => {
		const earliest = dayPlus(today(ctx), -AUTOMATIC_DAYS);
		const completions = await lockCompletions(tx, participationIds);
		const byClass = Map.groupBy(
			completions.filter(({ completedOn }) => completedOn >= earliest),
			({ activityId }) => activityId
		);
		const created: string[] = [];
		for (const [activityId, ofClass] of byClass) created.push(...(await certifyClass(ctx, tx, activityId, ofClass)));
		return created;
	});
	for (const certificateId of issued) await ensurePdf(ctx, certificateId);
}

async function certifyClass(
	ctx: Context,
	tx: Database,
	activityId: string,
	completions: Completion[]
): Promise<string[]> {
	const { policy, template } = await ruleOf(tx, activityId);
	if (policy === 'never') return [];
	if (policy === 'at_once' && template) return issueCertificates(ctx, tx, template, completions);
	await putToWait(tx, completions);
	return [];
}

/** Acts on completions that were taken back: their certificates are no longer valid. */
export async function revokeWithdrawn(ctx: Context, participationIds: readonly string[]): Promise<void> {
	await ctx.db.transaction(async (tx) => {
		const live = await tx
			.select({ id: certificates.id, state: certificates.state })
			.from(certificates)
			.where(
				and(
					sql`${certificates.participationId} = any(${sql.param(participationIds)}::uuid[])`,
					inArray(certificates.state, ['waiting', 'issued']),
					sql`not exists (select 1 from participation pt where pt.id = ${certificates.participationId}
						and pt.completed_on is not null and pt.voided_at is null)`
				)
			)
			.for('update');
		for (const { id, state } of live) {
			if (state === 'issued') await revoke(ctx, tx, id, WITHDRAWN);
			else await tx.delete(certificates).where(eq(certificates.id, id));
		}
		if (live.length > 0) {
			await recordAudit(ctx, tx, 'certificate.completion_withdrawn', { certificateIds: live.map(({ id }) => id) });
		}
	});
}

/** Printed on the holder's page and in the number book. */
const WITHDRAWN = 'Kết quả hoàn thành lớp đã được điều chỉnh';
