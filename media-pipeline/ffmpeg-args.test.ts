import { expect, test } from 'vitest';
import { fallbackArgs, hlsArgs, inputGuards, measureArgs, posterArgs, probeArgs } from './ffmpeg-args.ts';
import { ladderFor } from './ladder.ts';

const video = {
	streamIndex: 0,
	rungs: ladderFor({ width: 854, height: 480 }),
	frameRate: { numerator: 30000, denominator: 1001 },
	isInterlaced: false,
	crf: 23,
	preset: 'veryfast'
};
const audio = { streamIndex: 1, channels: 6, padToS: 12.5, gainDb: 3 };

/** The value that follows a flag. */
const valueOf = (args: string[], flag: string) => args[args.indexOf(flag) + 1];

test('one decode feeds every rendition, each scaled from the next larger one', () => {
	const args = hlsArgs({ input: '/in/source', container: 'mp4', video, audio });
	expect(valueOf(args, '-filter_complex')).toBe(
		'[0:0]fps=30000/1001:start_time=0,scale=854:480:flags=bicubic,setsar=1,format=yuv420p,split=2[v0][s1];' +
			'[s1]scale=640:360:flags=bicubic,split=2[v1][s2];' +
			'[s2]scale=428:240:flags=bicubic[v2]'
	);
	expect(valueOf(args, '-var_stream_map')).toBe('v:0,name:480p v:1,name:360p v:2,name:240p a:0,name:audio');
	expect(args.filter((arg) => arg === '-i')).toHaveLength(1);
});

test('keyframes stand at the segment length, rounded up, so that no segment is doubled', () => {
	const args = hlsArgs({ input: '/in/source', container: 'mp4', video, audio });
	expect(valueOf(args, '-g')).toBe('120');
	expect(valueOf(args, '-keyint_min')).toBe('120');
	expect(valueOf(args, '-sc_threshold')).toBe('0');
	const slow = hlsArgs({
		input: '/i',
		container: 'mp4',
		video: { ...video, frameRate: { numerator: 73, denominator: 10 } }
	});
	expect(valueOf(slow, '-g')).toBe('30');
});

test('sound alone has no filter graph, no video encoder and no padding', () => {
	const args = hlsArgs({ input: '/in/source', container: 'mp3', audio: { streamIndex: 0, channels: 1, gainDb: 0 } });
	expect(args).not.toContain('-filter_complex');
	expect(args).not.toContain('libx264');
	expect(valueOf(args, '-var_stream_map')).toBe('a:0,name:audio');
	expect(valueOf(args, '-af')).toBe('aresample=async=1:first_pts=0');
	expect(valueOf(args, '-ac')).toBe('1');
});

test('surround sound becomes stereo, and silence fills up to the end of the picture', () => {
	const args = hlsArgs({ input: '/in/source', container: 'mp4', video, audio });
	expect(valueOf(args, '-ac')).toBe('2');
	expect(valueOf(args, '-af')).toMatch(/volume=3\.00dB,alimiter=.*,apad=whole_dur=12\.500$/);
});

test('a silent source asks for no sound', () => {
	const args = hlsArgs({ input: '/in/source', container: 'mp4', video });
	expect(args).not.toContain('aac');
	expect(valueOf(args, '-var_stream_map')).toBe('v:0,name:480p v:1,name:360p v:2,name:240p');
});

test('an interlaced camera is deinterlaced before anything else', () => {
	const args = hlsArgs({ input: '/i', container: 'mpegts', video: { ...video, isInterlaced: true } });
	expect(valueOf(args, '-filter_complex')).toMatch(/^\[0:0\]yadif=deint=interlaced,fps=/);
});

test('every input of every command stands behind the allow lists', () => {
	const commands = [
		hlsArgs({ input: '/in/source', container: 'mp4', video, audio }),
		probeArgs('mp4', '/in/source'),
		measureArgs('mp4', '/in/source'),
		posterArgs({ input: '720p.mp4', atS: 1, output: 'poster.jpg' }),
		fallbackArgs({ inputs: ['240p.mp4', 'audio.mp4'], output: 'fallback.mp4' })
	];
	for (const args of commands) {
		const count = (flag: string) => args.filter((arg) => arg === flag).length;
		expect(count('-i')).toBeGreaterThan(0);
		expect(count('-protocol_whitelist')).toBe(count('-i'));
		expect(count('-format_whitelist')).toBe(count('-i'));
		expect(count('-max_pixels')).toBe(count('-i'));
		expect(args.indexOf('-protocol_whitelist')).toBeLessThan(args.indexOf('-i'));
	}
});

test('no allow list holds a demuxer that follows references', () => {
	for (const container of ['mp4', 'matroska', 'avi', 'mpegts', 'mp3', 'wav', 'flac', 'ogg', 'aac'] as const) {
		const [, protocols, , demuxers = ''] = inputGuards(container);
		expect(protocols).toBe('file');
		expect(demuxers.split(',').filter((name) => /hls|concat|dash|image2|tee|sdp|rtsp/.test(name))).toEqual([]);
	}
});

test('what a recording says about its maker and its place is dropped', () => {
	const args = hlsArgs({ input: '/in/source', container: 'mp4', video, audio });
	expect(valueOf(args, '-map_metadata')).toBe('-1');
	expect(valueOf(args, '-map_chapters')).toBe('-1');
	expect(args).toEqual(expect.arrayContaining(['-sn', '-dn', '-nostdin']));
});
