import { and, eq, isNull, sql } from 'drizzle-orm';
import { recordAudit } from '../audit/record.ts';
import { authorise } from '../identity/permissions.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { attempts, launches } from '../scorm/runtime-tables.ts';
import { getClass } from '../training/access.ts';
import { getRegistration } from './scorm-results.ts';
import { scormRegistrations } from './scorm-tables.ts';

/**
 * Takes an attempt back: it counts for nothing any more and its learner begins anew. Its data stays for the record, and a
 * lesson that it completed stays completed. Earlier ones that it went on from, at other revisions, go with it.
 * @throws {DomainError} `not_found` outside the actor's classes, or for an attempt that was taken back before
 */
export async function resetAttempt(
	ctx: Context,
	{
		activityId,
		registrationId,
		attemptId,
		reason
	}: Readonly<Record<'activityId' | 'registrationId' | 'attemptId' | 'reason', string>>
): Promise<void> {
	const activity = await getClass(ctx.db, authorise(ctx.actor, 'scorm:manage'), activityId);
	await getRegistration(ctx, activity, registrationId);
	await ctx.db.transaction(async (tx) => {
		const [taken] = await tx
			.update(attempts)
			.set({ voidedAt: ctx.now, voidReason: reason })
			.where(and(eq(attempts.id, attemptId), eq(attempts.registrationId, registrationId), isNull(attempts.voidedAt)))
			.returning({ number: attempts.number, carriedFromId: attempts.carriedFromId });
		if (!taken) throw new DomainError('not_found', 'scorm.no_such_result');
		await tx
			.update(launches)
			.set({ endedAt: ctx.now, isSuperseded: true })
			.where(and(eq(launches.attemptId, attemptId), isNull(launches.endedAt)));
		for (let id = taken.carriedFromId; id;) {
			const [before] = await tx
				.update(attempts)
				.set({ voidedAt: ctx.now, voidReason: reason })
				.where(eq(attempts.id, id))
				.returning({ carriedFromId: attempts.carriedFromId });
			id = before?.carriedFromId ?? null;
		}
		const facts = { objectId: registrationId, unitId: activity.organiserUnitId, attempt: taken.number, reason };
		await recordAudit(ctx, tx, 'scorm.attempt_reset', facts);
	});
}

/** Lets a learner begin once more than the lesson's settings say. */
export async function grantAttempt(ctx: Context, activityId: string, registrationId: string): Promise<void> {
	const activity = await getClass(ctx.db, authorise(ctx.actor, 'scorm:manage'), activityId);
	await getRegistration(ctx, activity, registrationId);
	await ctx.db.transaction(async (tx) => {
		await tx
			.update(scormRegistrations)
			.set({ extraAttempts: sql`extra_attempts + 1` })
			.where(eq(scormRegistrations.id, registrationId));
		await recordAudit(ctx, tx, 'scorm.attempt_granted', { objectId: registrationId, unitId: activity.organiserUnitId });
	});
}
