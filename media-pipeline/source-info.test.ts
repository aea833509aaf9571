import { expect, test } from 'vitest';
import { notesOf } from './notes.ts';
import { sourceInfoOf, type ProbeOutput } from './source-info.ts';

const MP4 = { container: 'mp4', hasWrongExtension: false } as const;
const picture = {
	index: 0,
	codec_type: 'video',
	codec_name: 'h264',
	pix_fmt: 'yuv420p',
	width: 1920,
	height: 1080,
	avg_frame_rate: '30/1',
	r_frame_rate: '30/1',
	duration: '10.0'
};
const sound = { index: 1, codec_type: 'audio', codec_name: 'aac', channels: 2, duration: '10.02' };
const info = (probe: ProbeOutput) => sourceInfoOf(probe, MP4);

test('an ordinary lecture has both streams, the longer duration and nothing to remark', () => {
	const source = info({ format: { duration: '99' }, streams: [picture, sound] });
	expect(source).toMatchObject({ durationS: 10.02, isDurationDeclared: true, audio: { streamIndex: 1, channels: 2 } });
	expect(source.video).toMatchObject({ width: 1920, height: 1080, rotation: 0, fps: 30, isVariable: false });
	expect(notesOf(source)).toEqual([]);
});

test('a phone’s rotation swaps the sides', () => {
	const { video } = info({ streams: [{ ...picture, side_data_list: [{ rotation: -90 }] }] });
	expect(video).toMatchObject({ width: 1080, height: 1920, rotation: 270 });
});

test('pixels that are not square widen the picture', () => {
	const { video } = info({ streams: [{ ...picture, width: 720, height: 576, sample_aspect_ratio: '64:45' }] });
	expect(video).toMatchObject({ width: 1024, height: 576 });
});

test('an unknown pixel aspect is taken as square', () => {
	expect(info({ streams: [{ ...picture, sample_aspect_ratio: '0:1' }] }).video).toMatchObject({ width: 1920 });
});

test('the cover of a song is no picture', () => {
	const source = info({ streams: [{ ...picture, codec_name: 'mjpeg', disposition: { attached_pic: 1 } }, sound] });
	expect(source.video).toBeUndefined();
	expect(notesOf(source)).toEqual(['audio_only']);
});

test('a browser’s recording, which names its clock as its rate, counts as variable at 30', () => {
	const { video } = info({ streams: [{ ...picture, avg_frame_rate: '0/0', r_frame_rate: '1000/1' }] });
	expect(video).toMatchObject({ fps: 30, isVariable: true });
});

test('Matroska’s clock tags give the duration, a missing one gives 0', () => {
	const streams = [
		{ ...picture, duration: undefined, tags: { DURATION: '00:01:02.500000000' } }
	] as ProbeOutput['streams'];
	expect(info({ streams: streams! }).durationS).toBe(62.5);
	expect(info({ streams: [{ ...sound, duration: 'N/A' }] })).toMatchObject({ durationS: 0, isDurationDeclared: false });
});

test('odd sources are remarked upon', () => {
	const hevc = {
		...picture,
		codec_name: 'hevc',
		pix_fmt: 'yuv420p10le',
		width: 3840,
		height: 2160,
		avg_frame_rate: '21/1'
	};
	expect(notesOf(info({ streams: [hevc] }))).toEqual([
		'no_audio',
		'scaled_down_4k',
		'hevc_10bit',
		'variable_frame_rate'
	]);
});

test.for([
	{ name: 'no stream at all', streams: [], expected: 'no_streams' },
	{ name: 'subtitles alone', streams: [{ index: 0, codec_type: 'subtitle' }], expected: 'no_streams' },
	{ name: 'an exotic codec', streams: [{ ...picture, codec_name: 'smacker' }], expected: 'unsupported_format' },
	{ name: 'three pictures', streams: [picture, picture, picture], expected: 'unsupported_format' },
	{ name: 'a picture without a size', streams: [{ ...picture, width: 0 }], expected: 'truncated' }
])('$name is refused as $expected', ({ streams, expected }) => {
	expect(() => info({ streams })).toThrow(expect.objectContaining({ code: expected }));
});
