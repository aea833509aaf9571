import * as v from 'valibot';

/**
 * What reminders go out by themselves: people summoned to an online class before its last day, units whose list of attendees
 * is awaited after it, units whose report is due or overdue.
 */
export const REMINDER_KINDS = ['class_due', 'site_list', 'report_due', 'report_overdue'] as const;
export type ReminderKind = (typeof REMINDER_KINDS)[number];

/** Days before the due day, of `site_list` and `report_overdue` after it. */
export type ReminderRule = Readonly<{ kind: ReminderKind; days: readonly number[]; isOn: boolean }>;

export const DEFAULT_RULES: readonly ReminderRule[] = [
	{ kind: 'class_due', days: [7, 1], isOn: true },
	{ kind: 'site_list', days: [1, 3, 7], isOn: true },
	{ kind: 'report_due', days: [7, 1], isOn: true },
	{ kind: 'report_overdue', days: [1, 7, 14], isOn: true }
];

/** Due days that a rule is about on a day: each of them with its number of days. Days are `yyyy-mm-dd`. */
export function dueDaysOf({ kind, days, isOn }: ReminderRule, day: string): string[] {
	if (!isOn) return [];
	const isAfter = kind === 'site_list' || kind === 'report_overdue';
	return days.map((count) => addDays(day, isAfter ? -count : count));
}

/** The day some days later, or earlier. */
export function addDays(day: string, count: number): string {
	const instant = new Date(`${day}T00:00:00Z`);
	instant.setUTCDate(instant.getUTCDate() + count);
	return instant.toISOString().slice(0, 10);
}

/** One rule as an admin edits it: `7, 1`. */
export const ReminderRuleInput = v.object({
	kind: v.picklist(REMINDER_KINDS, 'form.choice'),
	isOn: v.pipe(
		v.optional(v.string(), ''),
		v.transform((text) => text === 'on')
	),
	days: v.pipe(
		v.string('form.required'),
		v.transform((text) => [...new Set(text.split(/[\s,;]+/).filter(Boolean))]),
		v.check((parts) => parts.length > 0 && parts.length <= 6, 'form.choose_one'),
		v.check((parts) => parts.every((part) => /^\d{1,2}$/.test(part) && Number(part) <= 60), 'form.whole_number'),
		v.transform((parts) => parts.map(Number).toSorted((a, b) => b - a))
	)
});
export type ReminderRuleInput = v.InferOutput<typeof ReminderRuleInput>;
