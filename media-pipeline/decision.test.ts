import { expect, test } from 'vitest';
import { decide } from './decision.ts';
import { ladderFor } from './ladder.ts';

const FULL_HD = ladderFor({ width: 1920, height: 1080 });
const PIXELS = 640 * 360;
const at = (kbps: number, fps: number) => (kbps * 1000) / (PIXELS * fps);
const names = (rungs: readonly { name: string }[]) => rungs.map(({ name }) => name);

test('slides: few sizes, half the frames, and the smallest is one that can be read', () => {
	const analysis = { bitsPerPixel: at(35, 12.5), pixels: PIXELS, movingShare: 0.01 };
	const { decision, rungs, frameRate } = decide(analysis, FULL_HD, { numerator: 25, denominator: 1 });
	expect(frameRate).toEqual({ numerator: 25, denominator: 2 });
	expect(names(rungs)).toEqual(['1080p', '720p', '480p']);
	expect(decision).toMatchObject({ content: 'still', fps: 12.5, sourceFps: 25, crf: 23 });
	expect(decision.rungs.at(-1)).toMatchObject({ name: '240p', isMade: false, reason: 'lighter_not_needed' });
});

test('a filmed hall: every size pays, every frame stays', () => {
	const analysis = { bitsPerPixel: at(550, 30), pixels: PIXELS, movingShare: 1 };
	const { decision, rungs, frameRate } = decide(analysis, FULL_HD, { numerator: 30, denominator: 1 });
	expect(names(rungs)).toEqual(['1080p', '720p', '480p', '360p', '240p']);
	expect(decision).toMatchObject({ content: 'moving', preset: 'veryfast' });
	expect(frameRate).toEqual({ numerator: 30, denominator: 1 });
});

test('grain: less work for the same cap, and no Full HD that would only hold grain', () => {
	const analysis = { bitsPerPixel: at(5000, 30), pixels: PIXELS, movingShare: 1 };
	const { decision, rungs } = decide(analysis, FULL_HD, { numerator: 30, denominator: 1 });
	expect(decision).toMatchObject({ content: 'noisy', crf: 25, preset: 'superfast' });
	expect(decision.rungs[0]).toMatchObject({ name: '1080p', reason: 'too_heavy' });
	expect(names(rungs)).toEqual(['720p', '480p', '360p', '240p']);
});

test('whatever the picture, something is made, the top or the one below it among it', () => {
	for (const kbps of [0, 1, 10, 100, 1000, 10_000, 100_000]) {
		for (const height of [100, 240, 480, 720, 1080]) {
			const ladder = ladderFor({ width: Math.round((height * 16) / 9), height });
			const analysis = { bitsPerPixel: at(kbps, 25), pixels: PIXELS, movingShare: 0.5 };
			const { rungs } = decide(analysis, ladder, { numerator: 25, denominator: 1 });
			expect(rungs.length).toBeGreaterThan(0);
			expect(ladder.indexOf(rungs[0]!)).toBeLessThanOrEqual(1);
		}
	}
});
