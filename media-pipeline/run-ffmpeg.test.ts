import { expect, test } from 'vitest';
import { progressReader, type EncodeProgress } from './run-ffmpeg.ts';

const BLOCKS =
	'frame=10\nout_time_us=400000\nout_time_ms=400000\nspeed=N/A\nprogress=continue\n' +
	'frame=50\nout_time_us=2000000\nout_time_ms=2000000\nspeed=1.52x\nprogress=end\n';

test.for([1, 7, 1000])('progress is read from pieces of %d characters', (size) => {
	const seen: EncodeProgress[] = [];
	const read = progressReader((progress) => seen.push(progress));
	for (let at = 0; at < BLOCKS.length; at += size) read(BLOCKS.slice(at, at + size));
	expect(seen).toEqual([
		{ outTimeS: 0.4, speed: undefined },
		{ outTimeS: 2, speed: 1.52 }
	]);
});

test('a block without a time yet, or before zero, gives no false progress', () => {
	const seen: EncodeProgress[] = [];
	const read = progressReader((progress) => seen.push(progress));
	read('out_time_us=N/A\nprogress=continue\nout_time_us=-23000\nprogress=continue\n');
	expect(seen).toEqual([{ outTimeS: 0, speed: undefined }]);
});
