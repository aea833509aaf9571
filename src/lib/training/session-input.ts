import * as v from 'valibot';
import { Clock, Day, Optional, OptionalUrl, Reason, TeachingPeriods, Uuid } from './fields.ts';

const sitting = {
	day: Day,
	from: Clock,
	to: Clock,
	teachingPeriods: TeachingPeriods,
	title: Optional(300),
	place: Optional(300),
	meetingUrl: OptionalUrl,
	lecturers: Optional(500)
};

const isInOrder = ({ from, to }: { from: string; to: string }) => to > from;

/** One sitting of a class; it begins and ends on one day. */
export const SessionInput = v.pipe(
	v.object(sitting),
	v.forward(
		v.check((input) => isInOrder(input), 'form.clock_order'),
		['to']
	)
);
export type SessionInput = v.InferOutput<typeof SessionInput>;

export const EditSessionInput = v.pipe(
	v.object({ ...sitting, sessionId: Uuid }),
	v.forward(
		v.check((input) => isInOrder(input), 'form.clock_order'),
		['to']
	)
);
export type EditSessionInput = v.InferOutput<typeof EditSessionInput>;

export const VoidSessionInput = v.object({ sessionId: Uuid, reason: Reason });

/** "Tạo nhanh": a morning and an afternoon of every day of the class, or one of the two. */
export const SessionPatternInput = v.object({
	halves: v.picklist(['both', 'morning', 'afternoon'], 'form.choice'),
	isWeekendLeftOut: v.pipe(
		v.optional(v.string(), ''),
		v.transform((value) => value !== '')
	)
});
export type SessionPatternInput = v.InferOutput<typeof SessionPatternInput>;

/** Office hours of the two halves of a day, four tiết each (Bộ luật Lao động 2019 Đ.105: eight hours a day). */
const HALVES = {
	morning: { from: '08:00', to: '11:30' },
	afternoon: { from: '13:30', to: '17:00' }
} as const;
const PERIODS_A_HALF = 4;
/** Sittings that one press may make: a fortnight of full days. */
const MOST_SITTINGS = 28;

/** The sittings that the pattern gives for the days from `firstDay` to `lastDay` (`yyyy-mm-dd`). */
export function sittingsOf(
	{ halves, isWeekendLeftOut }: SessionPatternInput,
	firstDay: string,
	lastDay: string
): SessionInput[] {
	const wanted = halves === 'both' ? (['morning', 'afternoon'] as const) : ([halves] as const);
	const made: SessionInput[] = [];
	for (let day = firstDay; day <= lastDay && made.length < MOST_SITTINGS; day = dayAfter(day)) {
		const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
		if (isWeekendLeftOut && (weekday === 0 || weekday === 6)) continue;
		for (const half of wanted) {
			const none = { title: null, place: null, meetingUrl: null, lecturers: null };
			made.push({ day, ...HALVES[half], teachingPeriods: PERIODS_A_HALF, ...none });
		}
	}
	return made;
}

function dayAfter(day: string): string {
	return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
