import { expect, test } from 'vitest';
import { forecast, type CumulatedPoint } from './forecast.ts';

const MONTHS = ['2026-05-31', '2026-06-30', '2026-07-31', '2026-08-31', '2026-09-30', '2026-10-31', '2026-11-30'];
const people = (parts: readonly number[]): CumulatedPoint[] =>
	parts.map((part, i) => ({ day: MONTHS[i] ?? '', share: { part, whole: 1000 } }));

test('people go on at the pace of the last six months, between the slowest and the fastest quarter', () => {
	const found = forecast(people([100, 110, 120, 130, 200, 270, 340]), '2027-05-31');
	expect(found?.expected).toEqual({ part: 579, whole: 1000 }); // 240 in 183 days, 182 days to go
	expect(found?.low).toEqual({ part: 399, whole: 1000 }); // 30 in 92 days
	expect(found?.high).toEqual({ part: 760, whole: 1000 }); // 210 in 91 days
});

test('nobody is trained twice: never more than the roster', () => {
	expect(forecast(people([0, 100, 300, 500, 700, 900, 950]), '2027-12-31')?.expected).toEqual({
		part: 1000,
		whole: 1000
	});
});

test('activities grow on both sides', () => {
	const points = [10, 20, 30, 40].map((whole, i) => ({
		day: MONTHS[i] ?? '',
		share: { part: i === 0 ? 5 : 5 + 8 * i, whole }
	}));
	const found = forecast(points, '2026-12-01');
	expect(found?.expected).toEqual({ part: 53, whole: 70 });
});

test('three months are needed, and a day that has come is not foretold', () => {
	expect(forecast(people([1, 2, 3]), '2027-12-31')).toBeUndefined();
	expect(forecast(people([1, 2, 3, 4]), '2026-08-31')).toBeUndefined();
	expect(forecast([], '2027-12-31')).toBeUndefined();
});
