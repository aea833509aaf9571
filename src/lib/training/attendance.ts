/**
 * How attendance became known: the person's own account (`account`) or telephone number (`phone`) with the code on the
 * wall, by `hand`, or the report of an online `meeting`.
 */
export type AttendanceSource = 'account' | 'phone' | 'hand' | 'meeting';

type Sitting = Readonly<{ startsAt: Date; endsAt: Date }>;

const MINUTE_MS = 60_000;
/** Whoever checks in this soon after the beginning was there from the beginning: a hall takes time to fill. */
const GRACE_MINUTES = 15;
/** The doors of a sitting open this long before it begins. */
const DOORS_MINUTES = 60;

/** Length of a sitting in whole minutes. */
export function sittingMinutes({ startsAt, endsAt }: Sitting): number {
	return Math.round((endsAt.getTime() - startsAt.getTime()) / MINUTE_MS);
}

/** Minutes credited to somebody who checks in at `at` and stays: all of them within the grace, else those that are left. */
export function minutesFrom(sitting: Sitting, at: Date): number {
	const late = (at.getTime() - sitting.startsAt.getTime()) / MINUTE_MS;
	if (late <= GRACE_MINUTES) return sittingMinutes(sitting);
	return Math.max(0, Math.floor((sitting.endsAt.getTime() - at.getTime()) / MINUTE_MS));
}

/** True from the opening of the doors on: attendance of a sitting to come cannot be noted. */
export function hasOpenedDoors({ startsAt }: Sitting, now: Date): boolean {
	return now.getTime() >= startsAt.getTime() - DOORS_MINUTES * MINUTE_MS;
}

/** Where a participation stands before and after its sittings are added up; days are `yyyy-mm-dd`. */
export type Standing = Readonly<{
	attendedOn: string | null;
	completedOn: string | null;
	/** The completion came from attendance, not from a list or a decision by hand. */
	isByAttendance: boolean;
	outcome: string | null;
}>;

/** What the sittings say: the first day the person came, and the day enough time was reached. */
export type Sum = Readonly<{ firstDay: string | null; reachedOn: string | null }>;

/**
 * What the sittings make of a participation. Enough time completes it; a correction takes back only a completion that
 * came from attendance. Who is noted as present is not absent.
 * @returns undefined where nothing changes
 */
export function standingAfter(before: Standing, { firstDay, reachedOn }: Sum): Standing | undefined {
	const isAbsence = before.outcome === 'absent' || before.outcome === 'absent_excused';
	const attendedOn =
		firstDay === null
			? before.isByAttendance && !reachedOn
				? null
				: before.attendedOn
			: before.attendedOn && before.attendedOn < firstDay
				? before.attendedOn
				: firstDay;
	const outcome = isAbsence && firstDay ? null : before.outcome;
	const kept = { ...before, attendedOn, outcome };
	const after: Standing = !reachedOn
		? before.isByAttendance
			? { ...kept, completedOn: null, outcome: null, isByAttendance: false }
			: kept
		: before.completedOn !== null && !before.isByAttendance
			? kept
			: { attendedOn, completedOn: reachedOn, outcome: 'completed', isByAttendance: true };
	const isSame = (Object.keys(after) as (keyof Standing)[]).every((key) => after[key] === before[key]);
	return isSame ? undefined : after;
}
