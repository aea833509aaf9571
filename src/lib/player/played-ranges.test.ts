import { expect, test } from 'vitest';
import { trackPlayed, type Observation } from './played-ranges.ts';

/** Plays from `fromS` to `toS` at a speed, one observation a quarter of a media second, from `atMs` on. */
function playing(fromS: number, toS: number, { rate = 1, atMs = 0 } = {}): Observation[] {
	const steps = Math.round((toS - fromS) * 4);
	return Array.from({ length: steps + 1 }, (_, i) => ({
		kind: 'moving',
		positionS: fromS + i / 4,
		atMs: atMs + (i * 250) / rate,
		rate
	}));
}

function rangesOf(...observations: Observation[]) {
	const played = trackPlayed();
	observations.forEach((each) => played.observe(each));
	return played.take();
}

test('playing on is one range', () => {
	expect(rangesOf(...playing(0, 10))).toEqual([[0, 10]]);
});

test('double speed counts the media that was played', () => {
	expect(rangesOf(...playing(0, 20, { rate: 2 }))).toEqual([[0, 20]]);
});

test('a seek forward is never bridged, whether or not the player announced it', () => {
	expect(rangesOf(...playing(0, 5), ...playing(60, 65, { atMs: 5000 }))).toEqual([
		[0, 5],
		[60, 65]
	]);
	const jumped: Observation = { kind: 'jumped', positionS: 5.5, atMs: 5200, rate: 1 };
	expect(rangesOf(...playing(0, 5), jumped, ...playing(5.5, 8, { atMs: 5200 }))).toEqual([
		[0, 5],
		[5.5, 8]
	]);
});

test('seeking back plays the same seconds once', () => {
	const back: Observation = { kind: 'jumped', positionS: 2, atMs: 10_000, rate: 1 };
	expect(rangesOf(...playing(0, 10), back, ...playing(2, 12, { atMs: 10_000 }))).toEqual([[0, 12]]);
});

test('nothing is played while it stands still, and the range goes on after it', () => {
	const stopped: Observation = { kind: 'stopped', positionS: 5, atMs: 5000, rate: 1 };
	expect(rangesOf(...playing(0, 5), stopped, ...playing(5, 8, { atMs: 65_000 }))).toEqual([[0, 8]]);
});

test('a position moved by a script while paused earns nothing', () => {
	const stopped: Observation = { kind: 'stopped', positionS: 5, atMs: 5000, rate: 1 };
	expect(rangesOf(...playing(0, 5), stopped, ...playing(300, 302, { atMs: 600_000 }))).toEqual([
		[0, 5],
		[300, 302]
	]);
});

test('a background tab that reports once in a while is believed', () => {
	const late: Observation = { kind: 'moving', positionS: 40, atMs: 40_000, rate: 1 };
	expect(rangesOf({ kind: 'moving', positionS: 0, atMs: 0, rate: 1 }, late)).toEqual([[0, 40]]);
});

test('what was taken is not given again', () => {
	const played = trackPlayed();
	playing(0, 5).forEach((each) => played.observe(each));
	expect(played.take()).toEqual([[0, 5]]);
	expect(played.take()).toEqual([]);
	playing(5, 7, { atMs: 5000 }).forEach((each) => played.observe(each));
	expect(played.take()).toEqual([[5, 7]]);
});
