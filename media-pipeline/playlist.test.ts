import { expect, test } from 'vitest';
import {
	masterPlaylist,
	measuredBandwidths,
	mediaPlaylist,
	parseMediaPlaylist,
	subtitlesPlaylist
} from './playlist.ts';

/** As ffmpeg 5.1 writes it with `-hls_flags single_file`. */
const FROM_FFMPEG = `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:4
#EXT-X-MEDIA-SEQUENCE:0
#EXT-X-PLAYLIST-TYPE:VOD
#EXT-X-MAP:URI="480p.mp4",BYTERANGE="830@0"
#EXTINF:4.000000,
#EXT-X-BYTERANGE:1000@830
480p.mp4
#EXTINF:4.000000,
#EXT-X-BYTERANGE:3000@1830
480p.mp4
#EXTINF:0.400000,
#EXT-X-BYTERANGE:1000@4830
480p.mp4
#EXT-X-ENDLIST
`;
const parsed = parseMediaPlaylist(FROM_FFMPEG);
const video = {
	name: '480p',
	width: 854,
	height: 480,
	fps: 25,
	codecs: 'avc1.64001e',
	bandwidth: 600_000,
	averageBandwidth: 400_000
};
const smaller = { ...video, name: '240p', width: 426, height: 240, bandwidth: 200_000, averageBandwidth: 150_000 };
const audio = { name: 'audio', codecs: 'mp4a.40.2', channels: 2, bandwidth: 66_000, averageBandwidth: 64_000 };

test('reads the initialisation range and every segment', () => {
	expect(parsed.init).toEqual({ offset: 0, length: 830 });
	expect(parsed.segments).toEqual([
		{ durationS: 4, offset: 830, length: 1000 },
		{ durationS: 4, offset: 1830, length: 3000 },
		{ durationS: 0.4, offset: 4830, length: 1000 }
	]);
});

test('a range without an offset follows the one before it', () => {
	const text = FROM_FFMPEG.replace('3000@1830', '3000').replaceAll('\n', '\r\n');
	expect(parseMediaPlaylist(text)).toEqual(parsed);
});

test('a playlist without ranges is refused', () => {
	expect(() => parseMediaPlaylist('#EXTM3U\n#EXTINF:4,\na.m4s\n')).toThrow('EXT-X-MAP');
	expect(() => parseMediaPlaylist('#EXTM3U\n#EXT-X-MAP:URI="a",BYTERANGE="1@0"\n')).toThrow('segments');
});

test('what is written is read back the same, with a signed address in place of the name', () => {
	const uri = 'https://s3.example/lectures/1/480p.mp4?X-Amz-Signature=ab&X-Amz-Expires=900';
	const text = mediaPlaylist(parsed, uri);
	expect(parseMediaPlaylist(text)).toEqual(parsed);
	expect(text.split('\n').filter((line) => line === uri)).toHaveLength(3);
	expect(text).toContain(`#EXT-X-MAP:URI="${uri}",BYTERANGE="830@0"`);
	expect(text).toContain('#EXT-X-TARGETDURATION:4\n');
	expect(text.endsWith('#EXT-X-ENDLIST\n')).toBe(true);
});

test('the peak is measured over a whole segment, not over a last one of ten frames', () => {
	// 3000 bytes in 4 s and 4000 bytes in 4.4 s: the latter run is within 1.5 target durations and larger
	expect(measuredBandwidths(parsed)).toEqual({
		bandwidth: Math.ceil(32_000 / 4.4),
		averageBandwidth: Math.ceil(40_000 / 8.4)
	});
});

test('a clip shorter than half a segment is measured as a whole', () => {
	const { bandwidth } = measuredBandwidths({
		init: parsed.init,
		segments: [{ durationS: 0.2, offset: 0, length: 1000 }]
	});
	expect(bandwidth).toBe(40_000);
});

test('the master lists the smallest rendition first, counts the sound in, and ends with sound alone', () => {
	const text = masterPlaylist({ video: [video, smaller], audio, uri: (name) => `/hls/7/${name}.m3u8` });
	expect(text).toBe(
		[
			'#EXTM3U',
			'#EXT-X-VERSION:7',
			'#EXT-X-INDEPENDENT-SEGMENTS',
			'#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Tiếng Việt",LANGUAGE="vi",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="/hls/7/audio.m3u8"',
			'#EXT-X-STREAM-INF:BANDWIDTH=266000,AVERAGE-BANDWIDTH=214000,RESOLUTION=426x240,FRAME-RATE=25.000,CODECS="avc1.64001e,mp4a.40.2",AUDIO="audio"',
			'/hls/7/240p.m3u8',
			'#EXT-X-STREAM-INF:BANDWIDTH=666000,AVERAGE-BANDWIDTH=464000,RESOLUTION=854x480,FRAME-RATE=25.000,CODECS="avc1.64001e,mp4a.40.2",AUDIO="audio"',
			'/hls/7/480p.m3u8',
			'#EXT-X-STREAM-INF:BANDWIDTH=66000,AVERAGE-BANDWIDTH=64000,CODECS="mp4a.40.2",AUDIO="audio"',
			'/hls/7/audio.m3u8',
			''
		].join('\n')
	);
});

test('a silent lecture names no audio group, and sound alone is one plain variant', () => {
	expect(masterPlaylist({ video: [video], uri: (name) => name })).not.toMatch(/AUDIO|mp4a/);
	const soundOnly = masterPlaylist({ video: [], audio, uri: (name) => name });
	expect(soundOnly).not.toContain('EXT-X-MEDIA:');
	expect(soundOnly).toContain('CODECS="mp4a.40.2"\naudio\n');
});

test('a label typed by a person cannot break out of its quotes or its line', () => {
	const text = masterPlaylist({
		video: [video],
		subtitles: [{ name: 'Vi\n#EXT-X-ENDLIST",URI="http://x', language: 'vi', isDefault: true, uri: 'vi.m3u8' }],
		uri: (name) => name
	});
	expect(text).toContain('NAME="Vi #EXT-X-ENDLIST”,URI=”http://x"');
	expect(text.split('\n').filter((line) => line.startsWith('#EXT-X-ENDLIST'))).toEqual([]);
	expect(text).toContain('SUBTITLES="subtitles"');
});

test('a subtitles playlist is one segment as long as the lecture', () => {
	expect(subtitlesPlaylist({ uri: 'vi.vtt', durationS: 61.25 })).toContain('#EXT-X-TARGETDURATION:62\n');
	expect(subtitlesPlaylist({ uri: 'vi.vtt', durationS: 61.25 })).toContain('#EXTINF:61.250,\nvi.vtt\n');
});
