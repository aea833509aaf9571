import { expect, test } from 'vitest';
import { parseRange } from './range.ts';

test.for([
	{ name: 'no header', header: undefined, expected: undefined },
	{ name: 'from the start', header: 'bytes=0-9', expected: { start: 0, end: 9 } },
	{ name: 'open to the end', header: 'bytes=90-', expected: { start: 90, end: 99 } },
	{ name: 'beyond the end', header: 'bytes=90-500', expected: { start: 90, end: 99 } },
	{ name: 'the last ten', header: 'bytes=-10', expected: { start: 90, end: 99 } },
	{ name: 'more than there is, from the end', header: 'bytes=-500', expected: { start: 0, end: 99 } },
	{ name: 'nothing from the end', header: 'bytes=-0', expected: 'unsatisfiable' },
	{ name: 'after the end', header: 'bytes=100-', expected: 'unsatisfiable' },
	{ name: 'backwards', header: 'bytes=9-0', expected: undefined },
	{ name: 'several', header: 'bytes=0-1,5-6', expected: undefined },
	{ name: 'another unit', header: 'seconds=0-1', expected: undefined },
	{ name: 'no numbers', header: 'bytes=-', expected: undefined }
] as const)('$name of 100 bytes is $expected', ({ header, expected }) => {
	expect(parseRange(header, 100)).toEqual(expected);
});
