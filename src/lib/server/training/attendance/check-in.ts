import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { minutesFrom } from '#lib/training/attendance.ts';
import { isEditable } from '#lib/training/lifecycle.ts';
import { likeContains } from '#lib/text/fold.ts';
import { recordAudit } from '../../audit/record.ts';
import { claimAttempt, forgetAttempts, isAbnormalAddress } from '../../identity/sign-in-throttle.ts';
import { BY_NAME } from '../../organisation/queries.ts';
import { people, unitVersions } from '../../organisation/tables.ts';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database.ts';
import { DomainError, sqlState } from '../../platform/errors.ts';
import { sessionAttendances, checkInWindows } from '../attendance-tables.ts';
import { activitySessions } from '../register-tables.ts';
import { participations, trainingActivities } from '../tables.ts';
import { newTicket, readTicket, windowOf } from './codes.ts';
import { putAttendance } from './mark.ts';
import { settleAttendance } from './settle.ts';

/** Names shown to somebody who looks for the own one. */
const SHOWN_NAMES = 8;

/** The sitting a ticket lets one person check in at. */
export type Admission = Readonly<{
	session: typeof activitySessions.$inferSelect;
	activity: typeof trainingActivities.$inferSelect;
	ticketId: string;
}>;

/**
 * What opens when somebody scans the code on the wall: the sitting, and a ticket to check one person in. Needs no session;
 * who knows the code of this very minute is in the hall, or is shown it by somebody who is.
 * @throws {DomainError} `not_found` `training.code_expired`
 */
export async function readCode(ctx: Context, code: string) {
	const windowCode = windowOf(ctx.config, code, ctx.now);
	const [row] = windowCode
		? await ctx.db
				.select({ window: checkInWindows, session: activitySessions, title: trainingActivities.title })
				.from(checkInWindows)
				.innerJoin(activitySessions, eq(activitySessions.id, checkInWindows.sessionId))
				.innerJoin(trainingActivities, eq(trainingActivities.id, activitySessions.activityId))
				.where(and(eq(checkInWindows.code, windowCode), gt(checkInWindows.closesAt, ctx.now)))
		: [];
	if (!row || row.session.voidedAt) throw new DomainError('not_found', 'training.code_expired');
	const { startsAt, endsAt } = row.session;
	return { title: row.title, startsAt, endsAt, ticket: newTicket(ctx.config, row.window.id, ctx.now) };
}

/** People on the class whose name holds what was typed, the first few; nothing of them but name and unit. */
export async function findNames(ctx: Context, ticket: string, name: string) {
	const { activity } = await admit(ctx, ctx.db, ticket);
	return ctx.db
		.select({
			participationId: participations.id,
			fullName: people.fullName,
			unitName: sql<string>`(select ${unitVersions.name} from ${unitVersions}
				where ${unitVersions.unitId} = ${participations.unitIdThen} order by ${unitVersions.validFrom} desc limit 1)`
		})
		.from(participations)
		.innerJoin(people, eq(people.id, participations.personId))
		.where(
			and(
				eq(participations.activityId, activity.id),
				isNull(participations.voidedAt),
				sql`${people.searchName} like ${likeContains(name)}`
			)
		)
		.orderBy(...BY_NAME)
		.limit(SHOWN_NAMES);
}

/** Whose attendance was noted, for the page to greet. */
export type CheckedIn = Readonly<{ fullName: string; minutes: number }>;

/**
 * Checks somebody in by name and the last four digits of the telephone on the roster. Guessing is slowed for each name, and
 * stopped for an address that fails far more than a full hall does.
 * @throws {DomainError} `forbidden` `training.wrong_digits`; `too_many`; `conflict` `training.no_phone`,
 * `training.ticket_used`; `not_found` `training.ticket_expired`
 */
export async function checkIn(
	ctx: Context,
	{ ticket, participationId, digits }: { ticket: string; participationId: string; digits: string }
): Promise<CheckedIn> {
	const { activity } = await admit(ctx, ctx.db, ticket);
	await claimAttempt(ctx.db, `check-in:${participationId}`, ctx.now);
	const [person] = await ctx.db
		.select({ phone: people.phone })
		.from(participations)
		.innerJoin(people, eq(people.id, participations.personId))
		.where(
			and(
				eq(participations.id, participationId),
				eq(participations.activityId, activity.id),
				isNull(participations.voidedAt)
			)
		);
	if (!person) throw new DomainError('not_found', 'training.no_participation');
	if (!person.phone) throw new DomainError('conflict', 'training.no_phone');
	if (!person.phone.endsWith(digits)) {
		if (ctx.clientAddress && (await isAbnormalAddress(ctx.db, `check-in ${ctx.clientAddress}`, ctx.now)))
			throw new DomainError('too_many', 'training.too_many_check_ins');
		throw new DomainError('forbidden', 'training.wrong_digits');
	}
	await forgetAttempts(ctx.db, `check-in:${participationId}`);
	return note(ctx, ticket, participationId, 'phone');
}

/** Notes attendance of somebody whose identity is established. @throws {DomainError} `conflict` `training.ticket_used` */
export async function note(
	ctx: Context,
	ticket: string,
	participationId: string,
	source: 'account' | 'phone'
): Promise<CheckedIn> {
	return ctx.db.transaction(async (tx) => {
		const { session, activity, ticketId } = await admit(ctx, tx, ticket);
		const [before] = await tx
			.select({ minutes: sessionAttendances.minutes })
			.from(sessionAttendances)
			.where(
				and(eq(sessionAttendances.sessionId, session.id), eq(sessionAttendances.participationId, participationId))
			);
		const minutes = minutesFrom(session, ctx.now);
		// Scanning again later must not make anybody late.
		if (!before || before.minutes < minutes) {
			await takeTicket(() =>
				putAttendance(tx, [{ sessionId: session.id, participationId, minutes, source, markedAt: ctx.now, ticketId }])
			);
			await settleAttendance(ctx, tx, activity, [participationId]);
			await recordAudit(ctx, tx, 'attendance.checked_in', {
				...{ objectId: activity.id, unitId: activity.organiserUnitId, sessionId: session.id, participationId, source }
			});
		}
		const [person] = await tx
			.select({ fullName: people.fullName })
			.from(participations)
			.innerJoin(people, eq(people.id, participations.personId))
			.where(eq(participations.id, participationId));
		return { fullName: person?.fullName ?? '', minutes: Math.max(minutes, before?.minutes ?? 0) };
	});
}

/**
 * The sitting a ticket is for, its class held against changes.
 * @throws {DomainError} `not_found` `training.ticket_expired`; `conflict` once the class is reported
 */
export async function admit(ctx: Context, db: Database, ticket: string): Promise<Admission> {
	const read = readTicket(ctx.config, ticket, ctx.now);
	const [row] = read
		? await db
				.select({ session: activitySessions, activity: trainingActivities })
				.from(checkInWindows)
				.innerJoin(activitySessions, eq(activitySessions.id, checkInWindows.sessionId))
				.innerJoin(trainingActivities, eq(trainingActivities.id, activitySessions.activityId))
				.where(and(eq(checkInWindows.id, read.windowId), isNull(activitySessions.voidedAt)))
				.for('share', { of: trainingActivities })
		: [];
	if (!row || !read) throw new DomainError('not_found', 'training.ticket_expired');
	if (!isEditable(row.activity.status)) throw new DomainError('conflict', 'training.class_closed');
	return { ...row, ticketId: read.id };
}

/** One ticket checks one person in: whoever helps a neighbour scans the code again. */
async function takeTicket(write: () => Promise<void>): Promise<void> {
	try {
		await write();
	} catch (error) {
		if (sqlState(error) === '23505') throw new DomainError('conflict', 'training.ticket_used');
		throw error;
	}
}
