import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import {
	sittingsOf,
	type EditSessionInput,
	type SessionInput,
	type SessionPatternInput
} from '#lib/training/session-input.ts';
import { isEditable } from '#lib/training/lifecycle.ts';
import { instantOf } from '#lib/text/clock.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise } from '../identity/permissions.ts';
import { dayOf, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { accountOf, decidersFor, getClass, lockClass, type TrainingClass } from './access.ts';
import { settleAttendance } from './attendance/settle.ts';
import { activitySessions } from './register-tables.ts';

export type Session = typeof activitySessions.$inferSelect;

/** Sittings of a class that stand, in the order of time. */
export function listSessions(db: Database, activityId: string): Promise<Session[]> {
	return db
		.select()
		.from(activitySessions)
		.where(and(eq(activitySessions.activityId, activityId), isNull(activitySessions.voidedAt)))
		.orderBy(asc(activitySessions.startsAt), asc(activitySessions.id));
}

/**
 * Adds a sitting to a class.
 * @throws {DomainError} `conflict` once the class is reported, or for self-paced classes; `invalid` for a day outside the
 * class or a time that another sitting takes
 */
export function addSession(ctx: Context, activityId: string, input: SessionInput): Promise<void> {
	return change(ctx, activityId, async (tx, activity) => {
		const times = await freeTimes(tx, activity, input);
		await tx.insert(activitySessions).values({ activityId, ...columnsOf(ctx, input), ...times });
		await recordAudit(ctx, tx, 'session.added', { objectId: activityId, unitId: activity.organiserUnitId, ...times });
	});
}

/** Adds the sittings of a pattern for all days of the class; times already taken are left out. */
export function addSessionsByPattern(ctx: Context, activityId: string, pattern: SessionPatternInput): Promise<void> {
	return change(ctx, activityId, async (tx, activity) => {
		const lastDay = activity.endedOn ?? activity.dueOn;
		let added = 0;
		for (const sitting of sittingsOf(pattern, activity.startsOn, lastDay)) {
			const times = timesOf(sitting);
			if (await isTaken(tx, activityId, times)) continue;
			await tx.insert(activitySessions).values({ activityId, ...columnsOf(ctx, sitting), ...times });
			added++;
		}
		if (added === 0) throw new DomainError('conflict', 'training.no_session_added');
		await recordAudit(ctx, tx, 'session.added', { objectId: activityId, unitId: activity.organiserUnitId, added });
	});
}

/** @throws {DomainError} as {@link addSession}; `not_found` */
export function editSession(ctx: Context, activityId: string, input: EditSessionInput): Promise<void> {
	return change(ctx, activityId, async (tx, activity) => {
		const times = await freeTimes(tx, activity, input, input.sessionId);
		const changed = await tx
			.update(activitySessions)
			.set({ ...columnsOf(ctx, input), ...times })
			.where(ofClass(activityId, input.sessionId))
			.returning({ id: activitySessions.id });
		if (changed.length === 0) throw new DomainError('not_found', 'training.no_session');
		await recordAudit(ctx, tx, 'session.edited', {
			objectId: activityId,
			unitId: activity.organiserUnitId,
			sessionId: input.sessionId,
			...times
		});
	});
}

/** Calls a sitting off; the row stays. */
export function voidSession(
	ctx: Context,
	activityId: string,
	{ sessionId, reason }: { sessionId: string; reason: string }
): Promise<void> {
	return change(ctx, activityId, async (tx, activity) => {
		const voided = await tx
			.update(activitySessions)
			.set({ voidedAt: ctx.now })
			.where(ofClass(activityId, sessionId))
			.returning({ id: activitySessions.id });
		if (voided.length === 0) return;
		await recordAudit(ctx, tx, 'session.voided', {
			objectId: activityId,
			unitId: activity.organiserUnitId,
			sessionId,
			reason
		});
	});
}

/** The class with its sittings, for the page that manages them. */
export async function getSessionsPage(ctx: Context, activityId: string) {
	const activity = await getClass(ctx.db, authorise(ctx.actor, 'training:read'), activityId);
	const isManager = decidersFor(ctx.actor, activity.organiserPath).includes('manage');
	return { activity, isManager, sessions: await listSessions(ctx.db, activityId) };
}

/** @throws {DomainError} `invalid` `training.dates_exclude_sessions` when a sitting lies outside the class's days */
export async function assertHoldsSessions(
	tx: Database,
	{ id, startsOn, dueOn, endedOn }: { id: string; startsOn: string; dueOn: string; endedOn: string | null }
): Promise<void> {
	const sessions = await listSessions(tx, id);
	const last = endedOn && endedOn > dueOn ? endedOn : dueOn;
	const isOutside = ({ startsAt }: Session) => dayOf(startsAt) < startsOn || dayOf(startsAt) > last;
	if (sessions.some(isOutside)) throw new DomainError('invalid', 'training.dates_exclude_sessions');
}

async function change(
	ctx: Context,
	activityId: string,
	act: (tx: Database, activity: TrainingClass) => Promise<void>
): Promise<void> {
	const scope = authorise(ctx.actor, 'training:manage');
	await ctx.db.transaction(async (tx) => {
		const activity = await lockClass(tx, scope, activityId);
		if (!isEditable(activity.status)) throw new DomainError('conflict', 'training.class_closed');
		if (activity.mode === 'online_self_paced') throw new DomainError('conflict', 'training.self_paced_no_sessions');
		await act(tx, activity);
		await settleAttendance(ctx, tx, activity); // the share of the scheduled time that people attended has moved
	});
}

type Times = Readonly<{ startsAt: Date; endsAt: Date }>;

function timesOf({ day, from, to }: SessionInput): Times {
	return { startsAt: instantOf(day, from), endsAt: instantOf(day, to) };
}

async function freeTimes(
	tx: Database,
	activity: TrainingClass,
	input: SessionInput,
	exceptId?: string
): Promise<Times> {
	const last = activity.endedOn && activity.endedOn > activity.dueOn ? activity.endedOn : activity.dueOn;
	if (input.day < activity.startsOn || input.day > last) throw new DomainError('invalid', 'training.day_outside_class');
	const times = timesOf(input);
	if (await isTaken(tx, activity.id, times, exceptId)) throw new DomainError('conflict', 'training.sessions_overlap');
	return times;
}

async function isTaken(tx: Database, activityId: string, { startsAt, endsAt }: Times, exceptId?: string) {
	const taken = and(
		eq(activitySessions.activityId, activityId),
		isNull(activitySessions.voidedAt),
		sql`${activitySessions.startsAt} < ${endsAt.toISOString()}::timestamptz`,
		sql`${activitySessions.endsAt} > ${startsAt.toISOString()}::timestamptz`,
		exceptId ? sql`${activitySessions.id} <> ${exceptId}` : undefined
	);
	return (await tx.$count(activitySessions, taken)) > 0;
}

function columnsOf(ctx: Context, { title, teachingPeriods, place, meetingUrl, lecturers }: SessionInput) {
	return { title, teachingPeriods, place, meetingUrl, lecturers, recordedBy: accountOf(ctx.actor) };
}

function ofClass(activityId: string, sessionId: string) {
	return and(
		eq(activitySessions.id, sessionId),
		eq(activitySessions.activityId, activityId),
		isNull(activitySessions.voidedAt)
	);
}
