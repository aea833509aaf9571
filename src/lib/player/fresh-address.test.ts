import { expect, test } from 'vitest';
import { FRESH_FOR_MS, freshAddresses, mediaAddress } from './fresh-address.ts';

const PLAYLIST =
	'#EXTM3U\n#EXT-X-MAP:URI="x",BYTERANGE="10@0"\n#EXTINF:4,\n#EXT-X-BYTERANGE:99@10\n/media/240p.mp4?sig=2\n';
const URL_240 = 'https://hoc.example/learn/p/lessons/l/240p.m3u8';

function addresses() {
	const clock = { now: 0 };
	const read: string[] = [];
	const fresh = freshAddresses(
		async (url) => {
			read.push(url);
			return PLAYLIST;
		},
		() => clock.now
	);
	return { clock, read, fresh };
}

test('the address in a playlist is the first line that is no tag', () => {
	expect(mediaAddress(PLAYLIST, URL_240)).toBe('https://hoc.example/media/240p.mp4?sig=2');
	expect(mediaAddress('#EXTM3U\n', URL_240)).toBeUndefined();
});

test('a young address is used as it is', async () => {
	const { clock, read, fresh } = addresses();
	fresh.seen(URL_240, 'https://hoc.example/media/240p.mp4?sig=1');
	clock.now = FRESH_FOR_MS - 1;
	expect(await fresh.freshen(URL_240, 'old')).toBe('https://hoc.example/media/240p.mp4?sig=1');
	expect(read).toEqual([]);
});

test('an old address is replaced by one reading of its playlist, however many segments ask', async () => {
	const { clock, read, fresh } = addresses();
	fresh.seen(URL_240, 'https://hoc.example/media/240p.mp4?sig=1');
	clock.now = FRESH_FOR_MS + 1;
	const asked = await Promise.all([fresh.freshen(URL_240, 'old'), fresh.freshen(URL_240, 'old')]);
	expect(asked).toEqual(Array(2).fill('https://hoc.example/media/240p.mp4?sig=2'));
	expect(read).toEqual([URL_240]);
});

test('a refused address is read again at once', async () => {
	const { read, fresh } = addresses();
	fresh.seen(URL_240, 'https://hoc.example/media/240p.mp4?sig=1');
	fresh.expire();
	await fresh.freshen(URL_240, 'old');
	expect(read).toEqual([URL_240]);
});

test('a playlist not heard of before was just read: its address goes on at once, without another reading', () => {
	const { clock, read, fresh } = addresses();
	expect(fresh.freshen(URL_240, 'https://hoc.example/first')).toBe('https://hoc.example/first');
	clock.now = FRESH_FOR_MS - 1;
	expect(fresh.freshen(URL_240, 'https://hoc.example/first')).toBe('https://hoc.example/first');
	expect(read).toEqual([]);
});

test('without a network the old address is tried and the failure shows there', async () => {
	const fresh = freshAddresses(
		() => Promise.reject(new TypeError('Failed to fetch')),
		() => 0
	);
	fresh.seen(URL_240, 'https://hoc.example/old');
	fresh.expire();
	expect(await fresh.freshen(URL_240, 'https://hoc.example/old')).toBe('https://hoc.example/old');
});
