import * as v from 'valibot';
import { expect, test } from 'vitest';
import { dueDaysOf, ReminderRuleInput } from './reminder-rules.ts';

test('a rule before the due day looks ahead, one after it looks back, one that is off looks nowhere', () => {
	const days = [7, 1];
	expect(dueDaysOf({ kind: 'report_due', days, isOn: true }, '2026-12-28')).toEqual(['2027-01-04', '2026-12-29']);
	expect(dueDaysOf({ kind: 'report_overdue', days, isOn: true }, '2026-12-01')).toEqual(['2026-11-24', '2026-11-30']);
	expect(dueDaysOf({ kind: 'report_due', days, isOn: false }, '2026-12-28')).toEqual([]);
});

test.for([
	{ typed: '1; 7 3', days: [7, 3, 1] },
	{ typed: '7, 7', days: [7] },
	{ typed: '', days: undefined },
	{ typed: '-1', days: undefined },
	{ typed: 'bảy', days: undefined },
	{ typed: '90', days: undefined }
])('"$typed" typed as days', ({ typed, days }) => {
	const read = v.safeParse(ReminderRuleInput, { kind: 'class_due', isOn: 'on', days: typed });
	expect(read.success ? read.output.days : undefined).toEqual(days);
});
