/** A point of a trend; `null` where there is no figure. */
type TrendPoint = { label: string; value: number | null };

const WIDTH = 640;
const HEIGHT = 220;
const TOP = 28;
const BASE_Y = HEIGHT - 28;
const MOST_TICKS = 6;

/**
 * Places a trend in a 640 × 220 box. Pure.
 * @param max value at the top of the chart
 * @param target value whose height is returned as `targetY`
 */
export function layOutTrend(points: readonly TrendPoint[], max: number, target?: number) {
	const step = WIDTH / Math.max(points.length, 1);
	const x = (index: number) => Math.round((index + 0.5) * step);
	const y = (value: number) => Math.round(BASE_Y - (Math.min(value, max) / max) * (BASE_Y - TOP));
	const everyNth = Math.ceil(points.length / MOST_TICKS);
	const marks = points.flatMap(({ value }, index) =>
		value === null ? [] : [{ index, x: x(index), y: y(value), short: String(Math.floor(value)) }]
	);
	return {
		width: WIDTH,
		height: HEIGHT,
		baseY: BASE_Y,
		marks,
		lines: runs(marks).map((run) => run.map((mark) => `${mark.x},${mark.y}`).join(' ')),
		ticks: points.flatMap(({ label }, index) => (index % everyNth === 0 ? [{ x: x(index), label }] : [])),
		targetY: target === undefined ? undefined : y(target)
	};
}

/** Splits marks where a point is missing between them. */
function runs<Mark extends { index: number }>(marks: readonly Mark[]): Mark[][] {
	const found: Mark[][] = [];
	for (const mark of marks) {
		const last = found.at(-1);
		if (last && last.at(-1)?.index === mark.index - 1) last.push(mark);
		else found.push([mark]);
	}
	return found;
}
