import { expect, test } from 'vitest';
import { analyseItems, analysePaper, remarksOn, type Sheet } from './analysis.ts';

/** Rows of right (1) and wrong (0), one a person; questions are named A, B, C … */
const sheets = (rows: readonly (readonly number[])[]): Sheet[] =>
	rows.map((row) =>
		row.map((share, i) => ({
			key: String.fromCharCode(65 + i),
			marks: 1,
			share,
			chosen: [share === 1 ? 'key' : 'other'],
			seconds: (i + 1) * 10
		}))
	);

/*
 * Worked by hand. Five people, four questions:
 *        A B C D | total
 *   p1   1 1 1 1 | 4
 *   p2   1 1 1 0 | 3
 *   p3   1 1 0 0 | 2
 *   p4   1 0 0 0 | 1
 *   p5   0 0 0 0 | 0
 * p: A 4/5, B 3/5, C 2/5, D 1/5; pq: 0,16 + 0,24 + 0,24 + 0,16 = 0,80.
 * Totals: mean 2, variance (4 + 1 + 0 + 1 + 4)/5 = 2.
 * KR-20 = 4/3 × (1 − 0,80/2) = 0,8.
 * SD = √2 = 1,41421 of 4 marks = 35,3553 %; error = 35,3553 × √0,2 = 15,8114 %.
 * B with the rest (A + C + D): rests 3, 2, 1, 1, 0; mean 1,4; variance (2,56 + 0,36 + 0,16 + 0,16 + 1,96)/5 = 1,04.
 * Covariance: (0,4×1,6 + 0,4×0,6 + 0,4×−0,4 + −0,6×−0,4 + −0,6×−1,4)/5 = (0,64 + 0,24 − 0,16 + 0,24 + 0,84)/5 = 0,36.
 * r = 0,36 / √(0,24 × 1,04) = 0,36 / 0,499600 = 0,720577.
 */
const GUTTMAN = sheets([
	[1, 1, 1, 1],
	[1, 1, 1, 0],
	[1, 1, 0, 0],
	[1, 0, 0, 0],
	[0, 0, 0, 0]
]);

test('facility, point-biserial, KR-20 and the standard error are those worked out by hand', () => {
	const items = analyseItems(GUTTMAN);
	expect(items.map(({ facility }) => facility)).toEqual([0.8, 0.6, 0.4, 0.2]);
	expect(items[1]!.discrimination).toBeCloseTo(0.720577, 6);
	const paper = analysePaper(GUTTMAN);
	expect(paper.meanPercent).toBe(50);
	expect(paper.alpha).toBeCloseTo(0.8, 10);
	expect(paper.sdPercent).toBeCloseTo(35.355339, 6);
	expect(paper.errorPercent).toBeCloseTo(15.811388, 6);
	expect(items.map(({ medianS }) => medianS)).toEqual([10, 20, 30, 40]);
});

test('alpha with partial credit is the one worked out by hand', () => {
	// Shares 1, ½, 0 and 1, 0, 0: variances 1/6 and 2/9; totals 2, ½, 0: mean 5/6, variance 13/18.
	// alpha = 2 × (1 − (1/6 + 2/9)/(13/18)) = 2 × (1 − 7/13) = 12/13.
	expect(
		analysePaper(
			sheets([
				[1, 1],
				[0.5, 0],
				[0, 0]
			])
		).alpha
	).toBeCloseTo(12 / 13, 10);
});

test('upper and lower groups are 27% of the people, and options are counted in them', () => {
	// Eleven people: 27% of 11 is 2,97, three in a group. The best three chose x, a wrong option; the weakest chose y.
	const rows: Sheet[] = Array.from({ length: 11 }, (_, i) => [
		{ key: 'A', marks: 1, share: i >= 3 && i < 8 ? 1 : 0, chosen: [i < 3 ? 'x' : i < 8 ? 'k' : 'y'], seconds: null },
		{ key: 'B', marks: 10, share: 1 - i / 10, chosen: [], seconds: null }
	]);
	const [item] = analyseItems(rows);
	expect(item!.upperLower).toBe(0);
	expect(item!.options).toEqual([
		{ id: 'x', all: 3, upper: 3, lower: 0 },
		{ id: 'k', all: 5, upper: 0, lower: 0 },
		{ id: 'y', all: 3, upper: 0, lower: 3 }
	]);
	const remarks = remarksOn(item!, [
		{ id: 'x', isRight: false },
		{ id: 'k', isRight: true },
		{ id: 'y', isRight: false },
		{ id: 'z', isRight: false }
	]);
	expect(remarks).toContainEqual({ code: 'misleading', option: 'x' });
	expect(remarks).toContainEqual({ code: 'unchosen', option: 'z' });
});

test('nothing is judged from few answers, and what does not vary has no correlation', () => {
	const [item] = analyseItems(GUTTMAN);
	expect(remarksOn(item!, [])).toEqual([{ code: 'few' }]);
	const all = analyseItems(sheets(Array.from({ length: 12 }, () => [1, 1])));
	expect(all[0]).toMatchObject({ facility: 1, discrimination: null });
	expect(remarksOn(all[0]!, [])).toEqual([{ code: 'too_easy' }]);
	expect(analysePaper([]).meanPercent).toBeNull();
});

test('a paper that draws other questions for each has no alpha', () => {
	const drawn = GUTTMAN.map((sheet, i) => sheet.map((each) => ({ ...each, key: `${each.key}${i}` })));
	expect(analysePaper(drawn).alpha).toBeNull();
});
