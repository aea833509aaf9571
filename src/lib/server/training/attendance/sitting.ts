import { and, eq, isNull } from 'drizzle-orm';
import { hasOpenedDoors } from '#lib/training/attendance.ts';
import { isEditable } from '#lib/training/lifecycle.ts';
import { authorise } from '../../identity/permissions.ts';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database.ts';
import { DomainError } from '../../platform/errors.ts';
import { getClass, lockClass, type TrainingClass } from '../access.ts';
import { activitySessions } from '../register-tables.ts';
import type { Session } from '../sessions.ts';

/** Which sitting of which class. */
export type SittingKey = Readonly<{ activityId: string; sessionId: string }>;

export type Sitting = Readonly<{ activity: TrainingClass; session: Session }>;

/** A sitting of a class the actor manages. @throws {DomainError} `not_found` */
export async function getSitting(ctx: Context, { activityId, sessionId }: SittingKey): Promise<Sitting> {
	const activity = await getClass(ctx.db, authorise(ctx.actor, 'training:manage'), activityId);
	return { activity, session: await sessionOf(ctx.db, activityId, sessionId) };
}

/**
 * As {@link getSitting}, for noting attendance: the class's facts stay as they are until the transaction ends.
 * @throws {DomainError} `conflict` once the class is reported, or before the doors open
 */
export async function openSitting(ctx: Context, tx: Database, { activityId, sessionId }: SittingKey): Promise<Sitting> {
	const activity = await lockClass(tx, authorise(ctx.actor, 'training:manage'), activityId, 'use');
	if (!isEditable(activity.status)) throw new DomainError('conflict', 'training.class_closed');
	const session = await sessionOf(tx, activityId, sessionId);
	if (!hasOpenedDoors(session, ctx.now)) throw new DomainError('conflict', 'training.sitting_not_yet');
	return { activity, session };
}

async function sessionOf(db: Database, activityId: string, sessionId: string): Promise<Session> {
	const [session] = await db
		.select()
		.from(activitySessions)
		.where(
			and(
				eq(activitySessions.id, sessionId),
				eq(activitySessions.activityId, activityId),
				isNull(activitySessions.voidedAt)
			)
		);
	if (!session) throw new DomainError('not_found', 'training.no_session');
	return session;
}
