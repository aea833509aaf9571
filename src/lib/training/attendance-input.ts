import * as v from 'valibot';
import { Required, Ticked, Upload, Uuid } from './fields.ts';

/** One note about one person: minutes there (0 = absent), or all of the sitting; and when it was noted. */
const Mark = v.object({
	participationId: v.pipe(v.string(), v.uuid()),
	minutes: v.union([v.literal('all'), v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1440))]),
	/** Milliseconds since 1970, by the clock of the device. */
	markedAt: v.pipe(v.number(), v.integer(), v.minValue(0))
});

/** Notes that a telephone made, perhaps without a network; sent again until they are answered. */
export const MarksInput = v.object({ marks: v.pipe(v.array(Mark), v.minLength(1), v.maxLength(2000)) });
export type Mark = v.InferOutput<typeof Mark>;

/** The form of the same page without JavaScript: fields `mark-<participation>` and `minutes-<participation>`. */
export const MarkFormInput = v.pipe(
	v.record(v.string(), v.unknown()),
	v.transform((form) =>
		Object.entries(form).flatMap(([name, value]) => {
			const participationId = /^mark-([0-9a-f-]{36})$/.exec(name)?.[1];
			if (!participationId || (value !== 'present' && value !== 'absent')) return [];
			const typed = String(form[`minutes-${participationId}`] ?? '').trim();
			const minutes =
				value === 'absent' ? 0 : /^\d{1,4}$/.test(typed) ? Math.min(1440, Number(typed)) : ('all' as const);
			return [{ participationId, minutes }];
		})
	),
	v.minLength(1, 'form.choose_one')
);

/** The participants' report of an online meeting. */
export const MeetingReportInput = v.object({ file: Upload });

/** Minutes of a report, each with whom of the class it means; lines that mean nobody are left out. */
export const MeetingMinutesInput = v.pipe(
	v.object({
		minutes: v.array(v.pipe(v.string(), v.regex(/^\d{1,4}$/, 'form.whole_number'), v.transform(Number))),
		whom: v.array(v.union([v.literal(''), Uuid], 'form.choice'))
	}),
	v.transform(({ minutes, whom }) => {
		const longest = new Map<string, number>();
		whom.forEach((id, i) => id && longest.set(id, Math.max(longest.get(id) ?? 0, minutes[i] ?? 0)));
		return [...longest].map(([participationId, most]) => ({ participationId, minutes: most }));
	}),
	v.minLength(1, 'form.choose_one')
);

/** For how long a sitting takes check-ins. */
export const OpenWindowInput = v.object({
	minutes: v.pipe(v.string('form.required'), v.picklist(['15', '30', '60', 'end'], 'form.choice'))
});

const Ticket = v.pipe(v.string('training.ticket_expired'), v.maxLength(200));

export const FindNameInput = v.object({
	ticket: Ticket,
	name: v.pipe(Required(120), v.minLength(2, 'form.too_short'))
});
export const CheckInInput = v.object({
	ticket: Ticket,
	participationId: Uuid,
	digits: v.pipe(v.string('form.required'), v.trim(), v.regex(/^\d{4}$/, 'training.four_digits'))
});
export const CheckInSelfInput = v.object({ ticket: Ticket });
/** Somebody who came without being on the list. */
export const WalkInInput = v.object({
	ticket: Ticket,
	fullName: v.pipe(Required(120), v.minLength(4, 'form.too_short')),
	birthYear: v.pipe(v.string('form.required'), v.regex(/^(19|20)\d\d$/, 'form.birth_year'), v.transform(Number)),
	phone: Required(20),
	unitName: Required(200),
	isAgreed: v.pipe(Ticked, v.literal(true, 'form.required'))
});
export type WalkInInput = v.InferOutput<typeof WalkInInput>;
