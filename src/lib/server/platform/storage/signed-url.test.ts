import { expect, test } from 'vitest';
import { readSignedPath, signPath } from './signed-url.ts';

const KEY = Buffer.alloc(32, 1);
const NOW = Date.parse('2026-11-20T01:00:00Z');
const name = 'Đề cương & câu hỏi?.pdf';
const signed = signPath(
	KEY,
	'documents/1/a.pdf',
	{ expiresInS: 60, downloadName: name, contentType: 'application/pdf' },
	NOW
);

test('a signed address says what to serve, under which name and type, until when', () => {
	expect(readSignedPath(KEY, signed, NOW)).toEqual({
		key: 'documents/1/a.pdf',
		downloadName: name,
		contentType: 'application/pdf',
		expiresAtS: NOW / 1000 + 60
	});
});

test.for([
	{ change: 'another object', altered: signed.replace('/a.pdf', '/b.pdf') },
	{ change: 'a later expiry', altered: signed.replace(/e=\d/, 'e=2') },
	{ change: 'another type', altered: signed.replace('application%2Fpdf', 'text%2Fhtml') },
	{ change: 'a second name', altered: signed.replace('&s=', '&n=x.exe&s=') },
	{ change: 'no signature', altered: signed.replace(/&s=.*/, '') },
	{ change: 'a signature cut short', altered: signed.slice(0, -1) },
	{ change: 'something after the signature', altered: `${signed}&n=x.exe` }
])('$change is refused', ({ altered }) => {
	expect(altered).not.toBe(signed);
	expect(readSignedPath(KEY, altered, NOW)).toBeUndefined();
});

test('another secret opens nothing', () => {
	expect(readSignedPath(Buffer.alloc(32, 2), signed, NOW)).toBeUndefined();
});

test('it ends at its expiry, at most a quarter later than asked', () => {
	expect(readSignedPath(KEY, signed, NOW + 59_000)).toBeDefined();
	expect(readSignedPath(KEY, signed, NOW + 75_000)).toBeUndefined();
});

test('the same object has the same address a moment later, so that a browser keeps what it loaded', () => {
	const sign = (now: number) => signPath(KEY, 'a.m4s', { expiresInS: 600 }, now);
	expect(sign(NOW + 1_000)).toBe(sign(NOW + 20_000));
});
