import { and, eq, isNull, sql } from 'drizzle-orm';
import { sittingMinutes } from '#lib/training/attendance.ts';
import type { Mark } from '#lib/training/attendance-input.ts';
import { recordAudit } from '../../audit/record.ts';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database.ts';
import { DomainError } from '../../platform/errors.ts';
import { accountOf } from '../access.ts';
import { sessionAttendances } from '../attendance-tables.ts';
import { participations } from '../tables.ts';
import { settleAttendance } from './settle.ts';
import { openSitting, type SittingKey } from './sitting.ts';

/**
 * Điểm danh by hand (or from a meeting's report), perhaps noted without a network and sent later: of two notes about one person the later stands. Safe
 * to send twice.
 * @throws {DomainError} `conflict` once the class is reported, or before the doors open; `not_found` for people who are
 * not on the class
 */
export async function markAttendance(
	ctx: Context,
	key: SittingKey,
	marks: readonly Mark[],
	source: 'hand' | 'meeting' = 'hand'
): Promise<void> {
	await ctx.db.transaction(async (tx) => {
		const { activity, session } = await openSitting(ctx, tx, key);
		const latest = [
			...new Map(marks.toSorted((a, b) => a.markedAt - b.markedAt).map((one) => [one.participationId, one]))
		];
		const ids = latest.map(([participationId]) => participationId);
		await assertOnClass(tx, activity.id, ids);
		const whole = sittingMinutes(session);
		await putAttendance(
			tx,
			latest.map(([participationId, { minutes, markedAt }]) => ({
				...{ sessionId: session.id, participationId, source, recordedBy: accountOf(ctx.actor) },
				minutes: minutes === 'all' ? whole : Math.min(minutes, whole),
				// A clock that is ahead must not outvote all later notes.
				markedAt: new Date(Math.min(markedAt, ctx.now.getTime()))
			}))
		);
		await settleAttendance(ctx, tx, activity, ids);
		await recordAudit(ctx, tx, 'attendance.marked', {
			...{ objectId: activity.id, unitId: activity.organiserUnitId, sessionId: session.id },
			marks: latest.map(([participationId, { minutes }]) => ({ participationId, minutes }))
		});
	});
}

/** Writes notes, in the caller's transaction; a later one is never overwritten by an earlier. */
export async function putAttendance(
	tx: Database,
	rows: readonly (typeof sessionAttendances.$inferInsert)[]
): Promise<void> {
	for (let i = 0; i < rows.length; i += 1000) {
		await tx
			.insert(sessionAttendances)
			.values(rows.slice(i, i + 1000))
			.onConflictDoUpdate({
				target: [sessionAttendances.sessionId, sessionAttendances.participationId],
				set: {
					minutes: sql`excluded.minutes`,
					source: sql`excluded.source`,
					markedAt: sql`excluded.marked_at`,
					ticketId: sql`excluded.ticket_id`,
					recordedBy: sql`excluded.recorded_by`
				},
				setWhere: sql`${sessionAttendances.markedAt} <= excluded.marked_at`
			});
	}
}

async function assertOnClass(tx: Database, activityId: string, participationIds: readonly string[]): Promise<void> {
	const found = await tx.$count(
		participations,
		and(
			eq(participations.activityId, activityId),
			isNull(participations.voidedAt),
			sql`${participations.id} = any(${sql.param([...participationIds])}::uuid[])`
		)
	);
	if (found < participationIds.length) throw new DomainError('not_found', 'training.no_participation');
}
