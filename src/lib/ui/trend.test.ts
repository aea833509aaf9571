import { expect, test } from 'vitest';
import { layOutTrend } from './trend.ts';

test('a missing figure breaks the line instead of drawing a zero', () => {
	const chart = layOutTrend(
		[50, 60, null, 70, 80].map((value, i) => ({ label: `T${i}`, value })),
		100,
		75
	);
	expect(chart.marks.map((mark) => mark.index)).toEqual([0, 1, 3, 4]);
	expect(chart.lines).toHaveLength(2);
});

test('the highest value stays inside the box and the target lies between', () => {
	const chart = layOutTrend([{ label: 'a', value: 250 }], 100, 50);
	expect(chart.marks[0]?.y).toBeGreaterThan(0);
	expect(chart.targetY).toBe((chart.baseY + (chart.marks[0]?.y ?? 0)) / 2);
});

test('two years of months label at most six ticks', () => {
	const points = Array.from({ length: 24 }, (_, i) => ({ label: `${i + 1}`, value: i }));
	expect(layOutTrend(points, 100).ticks.map((tick) => tick.label)).toEqual(['1', '5', '9', '13', '17', '21']);
});

test('nothing to draw gives an empty box', () => {
	expect(layOutTrend([], 100)).toMatchObject({ marks: [], lines: [], ticks: [] });
});
