import { eq, and, isNull } from 'drizzle-orm';
import { nameAgrees } from '#lib/training/matching.ts';
import { BY_NAME } from '../../organisation/queries.ts';
import { people } from '../../organisation/tables.ts';
import type { Context } from '../../platform/context.ts';
import { DomainError } from '../../platform/errors.ts';
import { readTable } from '../list-file/read-list.ts';
import { participations } from '../tables.ts';
import { readMeetingReport, type Attendee } from './meeting-report.ts';
import { getSitting, type SittingKey } from './sitting.ts';

/** Somebody of a report and whom of the class that may be; sure where there is exactly one. */
export type MatchedAttendee = Readonly<{
	name: string;
	minutes: number;
	participationId?: string;
	isUncertain: boolean;
}>;

/**
 * Reads a meeting's report and finds its people on the class, by e-mail or by the name they took in the meeting, which
 * often carries the unit (`STP - Nguyễn Văn An`). Nothing is written.
 * @throws {DomainError} `invalid` `training.not_a_report`; `not_found` outside the actor's classes
 */
export async function matchMeetingReport(ctx: Context, key: SittingKey, file: File) {
	const { activity, session } = await getSitting(ctx, key);
	const table = await readTable(new Uint8Array(await file.arrayBuffer()));
	const attendees = readMeetingReport(table, session);
	if (attendees.length === 0) throw new DomainError('invalid', 'training.not_a_report');
	const onClass = await listOnClass(ctx, activity.id);
	const matched = attendees.map((one) => matchOne(one, onClass));
	return {
		attendees: onlyOnce(matched),
		people: onClass.map(({ participationId, fullName }) => ({ participationId, fullName }))
	};
}

type OnClass = Readonly<{ participationId: string; fullName: string; email: string | null }>;

function listOnClass(ctx: Context, activityId: string): Promise<OnClass[]> {
	return ctx.db
		.select({ participationId: participations.id, fullName: people.fullName, email: people.email })
		.from(participations)
		.innerJoin(people, eq(people.id, participations.personId))
		.where(and(eq(participations.activityId, activityId), isNull(participations.voidedAt)))
		.orderBy(...BY_NAME);
}

function matchOne({ name, email, minutes }: Attendee, onClass: readonly OnClass[]): MatchedAttendee {
	const byMail = email ? onClass.filter((one) => one.email?.toLowerCase() === email) : [];
	const parts = [name, ...name.split(/[()[\]|,_–—]|\s-\s|-/)].map((part) => part.trim()).filter(Boolean);
	const byName = onClass.filter(({ fullName }) => parts.some((part) => nameAgrees(part, fullName)));
	const found = byMail.length === 1 ? byMail : byName;
	const isSure = found.length === 1;
	return {
		name,
		minutes,
		participationId: isSure ? found[0]?.participationId : undefined,
		isUncertain: found.length > 1
	};
}

/** Two names in the meeting that mean one person (two devices) are left for a choice, save the longer stay. */
function onlyOnce(matched: readonly MatchedAttendee[]): MatchedAttendee[] {
	const best = new Map<string, MatchedAttendee>();
	for (const one of matched) {
		const other = one.participationId ? best.get(one.participationId) : undefined;
		if (one.participationId && (!other || other.minutes < one.minutes)) best.set(one.participationId, one);
	}
	return matched.map((one) =>
		one.participationId && best.get(one.participationId) !== one
			? { ...one, participationId: undefined, isUncertain: true }
			: one
	);
}
