/** A sheet of small pictures, row by row, one every `everyS` seconds. Sides in pixels. */
export type Storyboard = Readonly<{
	everyS: number;
	count: number;
	columns: number;
	rows: number;
	tileWidth: number;
	tileHeight: number;
}>;

const MOST_TILES = 100;
const COLUMNS = 10;
const LONGER_SIDE = 128;

/**
 * The sheet of a lecture: as many pictures as there are segments, at most a hundred, so that it stays some 200 KB. Pure.
 * @param segmentS distance of keyframes, seconds
 */
export function storyboardFor(
	{ width, height }: { width: number; height: number },
	durationS: number,
	segmentS: number
): Storyboard {
	const segments = Math.max(1, Math.ceil(durationS / segmentS));
	const step = Math.ceil(segments / MOST_TILES);
	const count = Math.ceil(segments / step);
	const columns = Math.min(COLUMNS, count);
	const scale = LONGER_SIDE / Math.max(width, height);
	const even = (pixels: number) => Math.max(2, Math.round((pixels * scale) / 2) * 2);
	return {
		everyS: step * segmentS,
		count,
		columns,
		rows: Math.ceil(count / columns),
		tileWidth: even(width),
		tileHeight: even(height)
	};
}

/** WebVTT of a sheet, as players read previews: each stretch of time names its part of the picture. */
export function storyboardVtt(sheet: Storyboard, durationS: number, uri: string): string {
	const cues = Array.from({ length: sheet.count }, (_, i) => {
		const x = (i % sheet.columns) * sheet.tileWidth;
		const y = Math.floor(i / sheet.columns) * sheet.tileHeight;
		const end = i === sheet.count - 1 ? durationS : (i + 1) * sheet.everyS;
		return `${time(i * sheet.everyS)} --> ${time(end)}\n${uri}#xywh=${x},${y},${sheet.tileWidth},${sheet.tileHeight}`;
	});
	return `WEBVTT\n\n${cues.join('\n\n')}\n`;
}

function time(seconds: number): string {
	return new Date(Math.round(seconds * 1000)).toISOString().slice(11, 23);
}
