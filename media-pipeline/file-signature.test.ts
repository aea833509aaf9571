import { expect, test } from 'vitest';
import { MediaFailure } from './failure.ts';
import { containerOf, hasWrongExtension } from './file-signature.ts';

const bytes = (text: string) => Buffer.from(text.padEnd(600, '\0'), 'latin1');
const tsPackets = (size: number, offset: number) => {
	const head = Buffer.alloc(1000);
	for (let i = 0; i < 4; i++) head[offset + i * size] = 0x47;
	return head;
};

test.for([
	{ name: 'MP4', head: bytes('\0\0\0\x20ftypisom'), expected: 'mp4' },
	{ name: 'QuickTime without ftyp', head: bytes('\0\0\0\x08wide'), expected: 'mp4' },
	{ name: 'Matroska and WebM', head: bytes('\x1a\x45\xdf\xa3'), expected: 'matroska' },
	{ name: 'AVI', head: bytes('RIFF\0\0\0\0AVI LIST'), expected: 'avi' },
	{ name: 'WAV', head: bytes('RIFF\0\0\0\0WAVEfmt '), expected: 'wav' },
	{ name: 'MPEG-TS', head: tsPackets(188, 0), expected: 'mpegts' },
	{ name: 'a camcorder’s M2TS', head: tsPackets(192, 4), expected: 'mpegts' },
	{ name: 'MP3 with a tag', head: bytes('ID3\x04'), expected: 'mp3' },
	{ name: 'MP3 without', head: bytes('\xff\xfb\x90'), expected: 'mp3' },
	{ name: 'AAC', head: bytes('\xff\xf1\x50'), expected: 'aac' },
	{ name: 'Ogg', head: bytes('OggS'), expected: 'ogg' },
	{ name: 'FLAC', head: bytes('fLaC'), expected: 'flac' }
])('$name is recognised by its first bytes', ({ head, expected }) => {
	expect(containerOf(head)).toBe(expected);
});

test.for([
	{ name: 'nothing', head: Buffer.alloc(0), expected: 'empty_file' },
	{ name: 'an HLS playlist', head: bytes('#EXTM3U\n#EXTINF:1,\nhttp://10.0.0.1/\n'), expected: 'playlist_refused' },
	{ name: 'one behind a byte order mark', head: bytes('\xef\xbb\xbf\n #EXTM3U\n'), expected: 'playlist_refused' },
	{ name: 'a concat script', head: bytes("ffconcat version 1.0\nfile '/etc/passwd'\n"), expected: 'playlist_refused' },
	{ name: 'a concat script without its header', head: bytes("file 'other.mp4'\n"), expected: 'playlist_refused' },
	{ name: 'a DASH manifest', head: bytes('<?xml version="1.0"?><MPD/>'), expected: 'playlist_refused' },
	{ name: 'a session description', head: bytes('v=0\no=- 0 0 IN IP4 127.0.0.1\n'), expected: 'playlist_refused' },
	{ name: 'a letter', head: bytes('Kính gửi Ông/Bà,'), expected: 'not_media' },
	{ name: 'a PDF', head: bytes('%PDF-1.7'), expected: 'not_media' },
	{ name: 'a spreadsheet', head: bytes('PK\x03\x04'), expected: 'not_media' },
	{ name: 'a photograph', head: bytes('\xff\xd8\xff\xe0'), expected: 'not_media' },
	{ name: 'another RIFF file', head: bytes('RIFF\0\0\0\0WEBP'), expected: 'not_media' },
	{ name: 'Windows Media', head: bytes('\x30\x26\xb2\x75\x8e\x66'), expected: 'unsupported_format' }
])('$name is refused as $expected', ({ head, expected }) => {
	expect(() => containerOf(head)).toThrow(expect.objectContaining({ constructor: MediaFailure, code: expected }));
});

test('an extension is compared with the content, and a name without one is left alone', () => {
	expect(hasWrongExtension('/up/bai-giang.MP4', 'mp4')).toBe(false);
	expect(hasWrongExtension('/up/bai-giang.avi', 'mp4')).toBe(true);
	expect(hasWrongExtension('/up/5f0c', 'matroska')).toBe(false);
});
