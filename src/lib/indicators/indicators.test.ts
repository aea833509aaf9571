import fc from 'fast-check';
import { expect, test } from 'vitest';
import { monthEnds, stageOf, windowOf, yearsOf } from './period.ts';
import { onlineSentence, trainedSentence, type ReportFigures } from './sentences.ts';
import { isTooSmall, shareText, sumOfShares, verdict, type Threshold } from './share.ts';
import { missingOnlineActivities, missingPeople } from './shortfall.ts';

const ABOVE_75: Threshold = { comparison: 'above', percent: 75 };
const ABOVE_80: Threshold = { comparison: 'above', percent: 80 };
const ABOVE_90: Threshold = { comparison: 'above', percent: 90 };
const ALL: Threshold = { comparison: 'at_least', percent: 100 };

test.for([
	{ name: '28 of 40 online', part: 28, whole: 40, target: ABOVE_75, text: '70,00%', expected: 'missed' },
	{ name: '32 of 40 with hybrid ones', part: 32, whole: 40, target: ABOVE_75, text: '80,00%', expected: 'met' },
	{ name: '30 of 40 is exactly 75%', part: 30, whole: 40, target: ABOVE_75, text: '75,00%', expected: 'missed' },
	{ name: '801 of 1.000 people', part: 801, whole: 1000, target: ABOVE_80, text: '80,10%', expected: 'met' },
	{ name: '800 of 1.000 people', part: 800, whole: 1000, target: ABOVE_80, text: '80,00%', expected: 'missed' },
	{ name: '20 of 100 people of two units', part: 20, whole: 100, target: ABOVE_80, text: '20,00%', expected: 'missed' },
	{ name: 'everybody', part: 7, whole: 7, target: ALL, text: '100,00%', expected: 'met' },
	{ name: 'all but one', part: 9999, whole: 10_000, target: ALL, text: '99,99%', expected: 'missed' },
	{
		name: '79,996% never looks like 80%',
		part: 19_999,
		whole: 25_000,
		target: ABOVE_80,
		text: '79,99%',
		expected: 'missed'
	},
	{ name: 'nothing at all', part: 0, whole: 0, target: ABOVE_80, text: 'Không phát sinh', expected: 'none' },
	{ name: 'nobody of some', part: 0, whole: 3, target: ABOVE_80, text: '0,00%', expected: 'missed' }
])('$name reads $text and is $expected', ({ part, whole, target, text, expected }) => {
	expect(shareText({ part, whole })).toBe(text);
	expect(verdict({ part, whole }, target)).toBe(expected);
});

test('a province is the sum of its units and not the mean of their percentages', () => {
	const sum = sumOfShares([
		{ part: 10, whole: 10 },
		{ part: 10, whole: 90 }
	]);
	expect(shareText(sum)).toBe('20,00%');
});

test.for([
	{ name: '640 of 1.000, trên 80%', part: 640, whole: 1000, target: ABOVE_80, expected: 161 },
	{ name: '800 of 1.000, trên 80%', part: 800, whole: 1000, target: ABOVE_80, expected: 1 },
	{ name: '801 of 1.000, trên 80%', part: 801, whole: 1000, target: ABOVE_80, expected: 0 },
	{ name: '995 of 1.000, 100%', part: 995, whole: 1000, target: ALL, expected: 5 },
	{ name: 'an empty roster', part: 0, whole: 0, target: ABOVE_80, expected: 0 },
	{
		name: 'more than all',
		part: 3,
		whole: 3,
		target: { comparison: 'above', percent: 100 } as const,
		expected: undefined
	}
])('people missing for $name: $expected', ({ part, whole, target, expected }) => {
	expect(missingPeople({ part, whole }, target)).toBe(expected);
});

test.for([
	{ name: '28 of 40, trên 75%', part: 28, whole: 40, target: ABOVE_75, expected: 9 },
	{ name: '30 of 40, trên 75%', part: 30, whole: 40, target: ABOVE_75, expected: 1 },
	{ name: '31 of 40, trên 75%', part: 31, whole: 40, target: ABOVE_75, expected: 0 },
	{ name: '0 of 1, trên 90%', part: 0, whole: 1, target: ABOVE_90, expected: 10 },
	{ name: 'nothing held', part: 0, whole: 0, target: ABOVE_75, expected: 0 },
	{ name: '5 of 6, 100%', part: 5, whole: 6, target: ALL, expected: undefined },
	{
		name: '28 of 40, at least 75%',
		part: 28,
		whole: 40,
		target: { comparison: 'at_least', percent: 75 } as const,
		expected: 8
	}
])('online classes missing for $name: $expected', ({ part, whole, target, expected }) => {
	expect(missingOnlineActivities({ part, whole }, target)).toBe(expected);
});

const shares = fc.nat(5000).chain((whole) => fc.record({ part: fc.nat(whole), whole: fc.constant(whole) }));
const thresholds = fc.record({
	comparison: fc.constantFrom('above' as const, 'at_least' as const),
	percent: fc.integer({ min: 1, max: 100 })
});

test('the missing number meets the target and one fewer does not', () => {
	fc.assert(
		fc.property(shares, thresholds, (share, target) => {
			const people = missingPeople(share, target);
			if (people !== undefined && share.whole > 0) {
				expect(verdict({ ...share, part: share.part + people }, target)).toBe('met');
				if (people > 0) expect(verdict({ ...share, part: share.part + people - 1 }, target)).toBe('missed');
			}
			const classes = missingOnlineActivities(share, target);
			if (classes !== undefined && share.whole > 0) {
				const plus = (k: number) => ({ part: share.part + k, whole: share.whole + k });
				expect(verdict(plus(classes), target)).toBe('met');
				if (classes > 0) expect(verdict(plus(classes - 1), target)).toBe('missed');
			}
		})
	);
});

test('the shown percentage is never above the true one', () => {
	fc.assert(
		fc.property(shares, ({ part, whole }) => {
			if (whole === 0) return;
			const shown = Number(shareText({ part, whole }).replace('%', '').replace('.', '').replace(',', ''));
			expect(BigInt(shown) * BigInt(whole) <= BigInt(part) * 10_000n).toBe(true);
			expect(BigInt(shown + 1) * BigInt(whole) > BigInt(part) * 10_000n).toBe(true);
		})
	);
});

const STAGES = [
	{ code: '2025-2027', startsOn: '2025-01-01', endsOn: '2027-12-31' },
	{ code: '2028-2030', startsOn: '2028-01-01', endsOn: '2030-12-31' }
];

test.for([
	{ day: '2025-01-01', code: '2025-2027' },
	{ day: '2027-12-31', code: '2025-2027' },
	{ day: '2028-01-01', code: '2028-2030' },
	{ day: '2031-05-01', code: '2028-2030' },
	{ day: '2024-05-01', code: '2025-2027' }
])('$day belongs to stage $code', ({ day, code }) => {
	expect(stageOf(day, STAGES)?.code).toBe(code);
});

test('a window runs from the stage or year to the cut-off and never leaves it', () => {
	const [stage] = STAGES as [(typeof STAGES)[number]];
	expect(yearsOf(stage)).toEqual([2025, 2026, 2027]);
	expect(windowOf(stage, undefined, '2026-11-20')).toEqual({ from: '2025-01-01', to: '2026-11-20' });
	expect(windowOf(stage, 2026, '2027-03-01')).toEqual({ from: '2026-01-01', to: '2026-12-31' });
	expect(windowOf(stage, 2026, '2025-03-01')).toEqual({ from: '2026-01-01', to: '2026-01-01' });
	expect(windowOf(stage, undefined, '2029-01-01').to).toBe('2027-12-31');
	expect(monthEnds({ from: '2025-11-01', to: '2026-02-10' })).toEqual([
		'2025-11-30',
		'2025-12-31',
		'2026-01-31',
		'2026-02-10'
	]);
});

const FIGURES: ReportFigures = {
	window: { from: '2025-01-01', to: '2026-11-20' },
	unitName: 'tỉnh Minh Họa',
	isProvince: true,
	trained: { part: 640, whole: 1000 },
	trainedTarget: { ...ABOVE_80, wording: 'trên 80% …' },
	online: { part: 28, whole: 40 },
	onlineTarget: { ...ABOVE_75, wording: 'trên 75% …' },
	hybridCount: 4,
	attendances: 2100,
	hybridRule: 'strict'
};

test('the report sentences carry the figures, the verdict and the hybrid rule', () => {
	expect(trainedSentence(FIGURES)).toBe(
		'Từ 01/01/2025 đến 20/11/2026, tỉnh Minh Họa đã có 640 người được tập huấn kiến thức và kỹ năng chuyển đổi số trong công tác PBGDPL, đạt 640/1.000 (64,00%); chưa đạt chỉ tiêu “trên 80% …”.'
	);
	expect(onlineSentence(FIGURES)).toBe(
		'Tỉnh Minh Họa đã tổ chức 40 hoạt động tập huấn với 2.100 lượt người tham dự, trong đó 28 hoạt động bằng hình thức trực tuyến, đạt 28/40 (70,00%); chưa đạt chỉ tiêu “trên 75% …”; 04 hoạt động kết hợp được thống kê riêng, không tính vào tỷ lệ trực tuyến.'
	);
});

test('a unit is set against the common level of the province, and nothing is a sentence of its own', () => {
	expect(trainedSentence({ ...FIGURES, isProvince: false, trained: { part: 9, whole: 10 } })).toContain(
		'đạt so với mức chung của tỉnh.'
	);
	expect(onlineSentence({ ...FIGURES, online: { part: 0, whole: 0 } })).toBe('Trong kỳ không phát sinh.');
});

test('fewer than five are too few for a percentage', () => {
	expect(isTooSmall({ part: 4, whole: 4 }, 5)).toBe(true);
	expect(isTooSmall({ part: 5, whole: 5 }, 5)).toBe(false);
});
