import { expect, test } from 'vitest';
import { ladderFor } from './ladder.ts';
import { partsOf, type Part } from './parts.ts';

const rungs = ladderFor({ width: 640, height: 360 });
const of = (durationS: number, more = {}) =>
	partsOf({
		...{ container: 'mp4', durationS, pictureS: durationS, hasAudio: true, rungs },
		...{ frameRate: { numerator: 25, denominator: 1 }, ...more }
	});
const frames = (parts: readonly Part[], kind: string) =>
	parts.filter(({ name }) => name.startsWith(kind)).map(({ fromFrame, toFrame }) => [fromFrame, toFrame]);

test('a short lecture is one stretch and its sound', () => {
	expect(of(30).map(({ name, renditions }) => `${name} ${renditions.join()}`)).toEqual([
		'audio audio',
		'main-000 360p,240p'
	]);
});

test('a longer one has its smallest size first, in stretches that begin with a segment', () => {
	const parts = of(150);
	expect(frames(parts, 'early')).toEqual([
		[0, 1500],
		[1500, 3000],
		[3000, undefined]
	]);
	expect(frames(parts, 'main')).toEqual(frames(parts, 'early'));
	expect(parts.findIndex(({ name }) => name.startsWith('main'))).toBeGreaterThan(
		parts.findLastIndex(({ name }) => name.startsWith('early'))
	);
});

test('a tail of seconds is no stretch of its own', () => {
	expect(frames(of(125), 'main')).toHaveLength(2);
});

test('29.97 frames a second still begin each stretch with a keyframe', () => {
	const parts = of(150, { frameRate: { numerator: 30000, denominator: 1001 } });
	for (const [from = 0] of frames(parts, 'main')) expect(from % 120).toBe(0);
});

test.for([
	{ name: 'a container without an index', more: { container: 'mpegts' }, stretches: 1 },
	{ name: 'sound alone', more: { rungs: [], frameRate: undefined }, stretches: 0 }
])('$name', ({ more, stretches }) => {
	expect(frames(of(300, more), 'main')).toHaveLength(stretches);
});
