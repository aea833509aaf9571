import { expect, test } from 'vitest';
import { answerDueOn } from './request.ts';

test.for([
	{ from: '2026-11-24', due: '2026-11-26', why: 'a Tuesday' },
	{ from: '2026-11-26', due: '2026-11-30', why: 'a Thursday: the weekend does not count' },
	{ from: '2026-11-28', due: '2026-12-01', why: 'a Saturday' },
	{ from: '2026-12-31', due: '2027-01-05', why: 'New Year’s Day and a weekend' }
])('$why: $from is answered by $due', ({ from, due }) => {
	expect(answerDueOn(from)).toBe(due);
});
