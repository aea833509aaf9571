import { expect, test } from 'vitest';
import { nextPiece, openSpeedometer, PIECE, smallerPiece } from './pace.ts';

const MIB = 1024 * 1024;

test.for([
	{ name: 'a fast line grows fourfold at most', bytes: MIB, seconds: 0.1, expected: 4 * MIB },
	{ name: 'a very fast one stays at the largest', bytes: 8 * MIB, seconds: 0.1, expected: PIECE.most },
	{ name: 'a slow one sends what six seconds carry', bytes: MIB, seconds: 12, expected: MIB / 2 },
	{ name: 'the slowest sends the smallest', bytes: MIB, seconds: 600, expected: PIECE.least }
])('$name', ({ bytes, seconds, expected }) => {
	expect(nextPiece(bytes, seconds)).toBe(expected);
});

test('a piece that was cut off is followed by half of it, never by less than the smallest', () => {
	expect(smallerPiece(4 * MIB)).toBe(2 * MIB);
	expect(smallerPiece(PIECE.least)).toBe(PIECE.least);
});

test('speed is that of the last ten seconds', () => {
	const speed = openSpeedometer();
	expect(speed.add(0, 0)).toBe(0);
	expect(speed.add(1000, 100)).toBe(100);
	expect(speed.add(20_000, 5000)).toBe(0);
	expect(speed.add(21_000, 5300)).toBe(300);
});
