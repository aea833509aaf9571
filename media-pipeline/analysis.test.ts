import { expect, test } from 'vitest';
import { loudnessOf } from './analysis.ts';

const said = (lufs: string) =>
	`[Parsed_ebur128_0 @ 0x1] Summary:\n\n  Integrated loudness:\n    I:         ${lufs} LUFS\n    Threshold: -33.1 LUFS\n`;

test.for([
	{ name: 'a quiet room', stderr: said('-28.4'), measuredLufs: -28.4, gainDb: 12.4 },
	{ name: 'a recording that is right already', stderr: said('-16.3'), measuredLufs: -16.3, gainDb: 0 },
	{ name: 'a loud one', stderr: said('-6.0'), measuredLufs: -6, gainDb: -10 },
	{ name: 'a whisper is raised only so far', stderr: said('-50.0'), measuredLufs: -50, gainDb: 24 },
	{ name: 'silence', stderr: said('-70.0'), measuredLufs: undefined, gainDb: 0 },
	{ name: 'nothing said', stderr: '', measuredLufs: undefined, gainDb: 0 }
])('$name', ({ stderr, measuredLufs, gainDb }) => {
	const found = loudnessOf(stderr);
	expect(found.measuredLufs).toBe(measuredLufs);
	expect(found.gainDb).toBeCloseTo(gainDb, 5);
});
