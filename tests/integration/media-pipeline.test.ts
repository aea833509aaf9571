import { execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import sharp from 'sharp';
import { SEGMENT_S } from '#media-pipeline/ffmpeg-args.ts';
import { findFfmpeg, type FfmpegTools } from '#media-pipeline/find-ffmpeg.ts';
import { parseMediaPlaylist } from '#media-pipeline/playlist.ts';
import type { TranscodeResult } from '#media-pipeline/package.ts';
import { transcode, type TranscodeProgress } from '#media-pipeline/transcode.ts';

const run = promisify(execFile);
const TEST_TIMEOUT_MS = 120_000;

let dir: string;
let ffmpeg: FfmpegTools;

beforeAll(async () => {
	dir = await mkdtemp(join(tmpdir(), 'media-pipeline-'));
	ffmpeg = await findFfmpeg();
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const PICTURE = ['-f', 'lavfi', '-i', 'testsrc2=size=1280x720:rate=25'];
const SMALL_PICTURE = ['-f', 'lavfi', '-i', 'testsrc2=size=426x240:rate=25'];
const VOICE = ['-f', 'lavfi', '-i', 'sine=frequency=300:sample_rate=44100'];
const FAST_H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];

/** Makes a source file with ffmpeg. */
async function aFile(name: string, args: string[]): Promise<string> {
	const path = join(dir, name);
	await run(ffmpeg.ffmpegPath, ['-nostdin', '-y', '-v', 'error', ...args, path], { timeout: TEST_TIMEOUT_MS });
	return path;
}

/** Transcodes into a folder of its own. */
async function transcoded(sourcePath: string): Promise<{ result: TranscodeResult; out: string }> {
	const out = join(await mkdtemp(join(dir, 'job-')), 'hls');
	return { result: await transcode({ sourcePath, outputDir: out, ffmpeg }), out };
}

async function loudnessIn(path: string): Promise<number> {
	const args = ['-hide_banner', '-nostats', '-i', path, '-af', 'ebur128=framelog=verbose', '-f', 'null', '-'];
	const { stderr } = await run(ffmpeg.ffmpegPath, args);
	return Number(/I:\s+(-?[\d.]+) LUFS/.exec(stderr.slice(stderr.lastIndexOf('Summary:')))?.[1]);
}

type Packet = { ptsS: number; isKey: boolean; sizeBytes: number };

async function packetsOf(path: string): Promise<Packet[]> {
	const { stdout } = await run(
		ffmpeg.ffprobePath,
		['-v', 'error', '-show_entries', 'packet=pts_time,size,flags', '-of', 'csv=p=0', path],
		{ maxBuffer: 1e8 }
	);
	return stdout
		.trim()
		.split('\n')
		.map((line) => line.split(','))
		.map(([ptsS, size, flags]) => ({
			ptsS: Number(ptsS),
			sizeBytes: Number(size),
			isKey: flags?.startsWith('K') === true
		}));
}

/** Decodes every frame of every stream, as strictly as ffmpeg can; returns what it complained about. */
async function complaintsOnDecoding(path: string): Promise<string> {
	const input = ['-allowed_extensions', 'ALL', '-protocol_whitelist', 'file', '-i', path];
	const { stderr } = await run(
		ffmpeg.ffmpegPath,
		[
			'-nostdin',
			'-v',
			'error',
			'-err_detect',
			'explode',
			...(path.endsWith('.m3u8') ? input : ['-i', path]),
			'-map',
			'0',
			'-f',
			'null',
			'-'
		],
		{ maxBuffer: 1e8 }
	);
	return stderr;
}

async function playlistOf(out: string, name: string) {
	return parseMediaPlaylist(await readFile(join(out, `${name}.m3u8`), 'utf8'));
}

/** Processes whose command line names the folder. */
function processesNaming(folder: string): string[] {
	return readdirSync('/proc')
		.filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid)
		.filter((pid) => {
			try {
				return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder);
			} catch {
				return false;
			}
		});
}

test(
	'slides with a voice get few sizes and half the frames, and say why',
	async () => {
		const slides = 'color=c=0xf4f6fa:s=1280x720:r=25:d=20,drawbox=x=0:y=0:w=1280:h=150:color=0x0b3d91:t=fill';
		const turning = `${slides},drawbox=x=200:y=300:w=600:h=200:color=black:t=fill:enable='gte(t,10)'`;
		const source = await aFile('slides.mp4', [
			'-f',
			'lavfi',
			'-i',
			turning,
			...VOICE,
			'-t',
			'20',
			...FAST_H264,
			'-c:a',
			'aac'
		]);
		const { result, out } = await transcoded(source);
		expect(result.renditions.map(({ name, fps }) => `${name} ${fps}`)).toEqual(['720p 12.5']);
		expect(result.decision.picture).toMatchObject({ content: 'still', sourceFps: 25, fps: 12.5 });
		expect(result.durationS).toBeCloseTo(20, 1);
		expect(await complaintsOnDecoding(join(out, 'master.m3u8'))).toBe('');
	},
	TEST_TIMEOUT_MS
);

test(
	'a lecture made in stretches has no seam: frames, segments, picture and sound are those of the source',
	async () => {
		const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=640x360:rate=5'];
		const source = await aFile('stretches.mp4', [
			...picture,
			...VOICE,
			'-t',
			'130',
			...FAST_H264,
			'-g',
			'33',
			'-c:a',
			'aac'
		]);
		const { result, out } = await transcoded(source);
		expect(result.renditions.map(({ name }) => name)).toEqual(['360p', '240p']);
		for (const { name, file } of result.renditions) {
			const packets = await packetsOf(join(out, file));
			expect(packets).toHaveLength(650);
			const times = packets.map(({ ptsS }) => ptsS).toSorted((a, b) => a - b);
			for (const [i, at] of times.entries()) expect(at - times[0]!, `${name} frame ${i}`).toBeCloseTo(i / 5, 3);
			const { segments } = parseMediaPlaylist(await readFile(join(out, `${name}.m3u8`), 'utf8'));
			expect(new Set(segments.slice(0, -1).map(({ durationS }) => durationS))).toEqual(new Set([4]));
		}
		const compared = await run(ffmpeg.ffmpegPath, [
			...[
				'-hide_banner',
				'-nostats',
				'-i',
				join(out, '360p.m3u8'),
				'-i',
				source,
				'-lavfi',
				'[0:v][1:v]ssim',
				'-f',
				'null',
				'-'
			]
		]);
		expect(Number(/All:([\d.]+)/.exec(compared.stderr)?.[1])).toBeGreaterThan(0.97);
		expect(await complaintsOnDecoding(join(out, 'master.m3u8'))).toBe('');
		expect(result.durationS).toBeCloseTo(130, 1);
	},
	TEST_TIMEOUT_MS
);

describe('an ordinary lecture of 9 s in 720p with sound', () => {
	let result: TranscodeResult;
	let out: string;
	const progress: TranscodeProgress[] = [];

	beforeAll(async () => {
		const tags = [
			'-metadata',
			'title=Nguyễn Văn A',
			'-metadata',
			'location=+21.03+105.85/',
			'-metadata',
			'comment=secret'
		];
		const source = await aFile('lecture.mp4', [
			...[
				...PICTURE,
				...VOICE,
				'-t',
				'9',
				...FAST_H264,
				'-c:a',
				'aac',
				...tags,
				'-movflags',
				'use_metadata_tags+faststart'
			]
		]);
		out = join(dir, 'lecture-hls');
		result = await transcode({ sourcePath: source, outputDir: out, ffmpeg, onProgress: (step) => progress.push(step) });
	}, TEST_TIMEOUT_MS);

	test('gives four sizes and the sound, none larger than the source, with nothing to remark', () => {
		expect(result.renditions.map(({ name }) => name)).toEqual(['720p', '480p', '360p', '240p']);
		expect(result).toMatchObject({
			hasVideo: true,
			hasAudio: true,
			notes: [],
			poster: 'poster.jpg',
			fallback: 'fallback.mp4'
		});
		expect(result.durationS).toBeCloseTo(9, 1);
		for (const { fps, codecs } of result.renditions) {
			expect(fps).toBe(25);
			expect(codecs).toMatch(/^avc1\.6400[0-9a-f]{2}$/);
		}
	});

	test('plays from its master playlist without one complaint of a strict decoder', async () => {
		expect(await complaintsOnDecoding(join(out, 'master.m3u8'))).toBe('');
	});

	test('keeps every frame in every size, with keyframes at the same moments', async () => {
		const all = await Promise.all(result.renditions.map(({ file }) => packetsOf(join(out, file))));
		const keyframes = all.map((packets) => packets.filter(({ isKey }) => isKey).map(({ ptsS }) => ptsS));
		for (const packets of all) expect(packets).toHaveLength(9 * 25);
		for (const moments of keyframes) expect(moments).toEqual(keyframes[0]);
		expect(keyframes[0]!.map((at) => at - keyframes[0]![0]!)).toEqual(
			[0, SEGMENT_S, 2 * SEGMENT_S].map((s) => expect.closeTo(s, 3))
		);
	});

	test('cuts every segment where a box begins, and covers the whole file with them', async () => {
		for (const { name, file, sizeBytes } of [...result.renditions, result.audio!]) {
			const { init, segments } = await playlistOf(out, name);
			const bytes = await readFile(join(out, file));
			expect(bytes.toString('latin1', 4, 8)).toBe('ftyp');
			let end = init.length;
			for (const { offset, length, durationS } of segments) {
				expect(offset).toBe(end);
				expect(['sidx', 'styp', 'moof']).toContain(bytes.toString('latin1', offset + 4, offset + 8));
				expect(Math.round(durationS)).toBeLessThanOrEqual(SEGMENT_S);
				end = offset + length;
			}
			expect(end).toBe(sizeBytes);
			expect(bytes.length).toBe(sizeBytes);
		}
	});

	test('plays each segment alone behind its initialisation bytes', async () => {
		const { init, segments } = await playlistOf(out, '360p');
		const bytes = await readFile(join(out, '360p.mp4'));
		for (const [i, { offset, length, durationS }] of segments.entries()) {
			const alone = join(dir, `segment-${i}.mp4`);
			await writeFile(alone, Buffer.concat([bytes.subarray(0, init.length), bytes.subarray(offset, offset + length)]));
			expect(await complaintsOnDecoding(alone)).toBe('');
			const packets = await packetsOf(alone);
			expect(packets[0]?.isKey).toBe(true);
			expect(packets).toHaveLength(Math.round(durationS * 25));
		}
	});

	test('advertises what the segments measure, not the cap of the encoder', async () => {
		const master = await readFile(join(out, 'master.m3u8'), 'utf8');
		const audioPeak = await measuredPeak('audio.mp4');
		for (const { name, file, bandwidth, averageBandwidth, sizeBytes } of result.renditions) {
			const peak = await measuredPeak(file);
			expect(bandwidth / peak).toBeGreaterThan(0.9);
			expect(bandwidth / peak).toBeLessThan(1.1);
			expect(averageBandwidth / ((sizeBytes * 8) / 9)).toBeCloseTo(1, 1);
			const advertised = Number(new RegExp(`BANDWIDTH=(\\d+),.*\\n${name}\\.m3u8`).exec(master)?.[1]);
			expect(advertised / (peak + audioPeak)).toBeGreaterThan(0.9);
			expect(advertised / (peak + audioPeak)).toBeLessThan(1.1);
		}
	});

	/** The busiest whole segment length of a rendition, from its packets, bits per second. */
	async function measuredPeak(file: string): Promise<number> {
		const packets = await packetsOf(join(out, file));
		const startS = Math.min(...packets.map(({ ptsS }) => ptsS));
		const bits = [0, 1].map((segment) =>
			packets
				.filter(({ ptsS }) => Math.floor((ptsS - startS + 1e-3) / SEGMENT_S) === segment)
				.reduce((sum, { sizeBytes }) => sum + sizeBytes * 8, 0)
		);
		return Math.max(...bits) / SEGMENT_S;
	}

	test('starts sound and picture together', async () => {
		const [picture, sound] = await Promise.all([packetsOf(join(out, '720p.mp4')), packetsOf(join(out, 'audio.mp4'))]);
		// the first AAC packet is the encoder's run-up; what was recorded at 0 begins in the second
		expect(Math.abs(picture[0]!.ptsS - sound[1]!.ptsS)).toBeLessThan(0.012);
	});

	test('says nothing of who made the source, and where', async () => {
		for (const file of await readdir(out)) {
			const bytes = await readFile(join(out, file));
			for (const word of ['Nguyễn', '+21.03', 'secret']) expect(bytes.includes(word), `${word} in ${file}`).toBe(false);
		}
	});

	test('has a poster and a plain MP4 that starts before it is wholly loaded', async () => {
		expect((await readFile(join(out, 'poster.jpg'))).subarray(0, 3).toString('hex')).toBe('ffd8ff');
		const fallback = await readFile(join(out, 'fallback.mp4'));
		expect(fallback.indexOf('moov')).toBeLessThan(fallback.indexOf('mdat'));
		expect(await complaintsOnDecoding(join(out, 'fallback.mp4'))).toBe('');
	});

	test('has a sheet of small pictures, one for every segment', async () => {
		expect(result.storyboard).toMatchObject({ everyS: 4, count: 3, columns: 3, rows: 1 });
		const { width, height } = await sharp(join(out, 'storyboard.jpg')).metadata();
		expect([width, height]).toEqual([384, 72]);
	});

	test('is brought to −16 LUFS, within one', async () => {
		expect(result.decision.loudness?.measuredLufs).toBeLessThan(-17);
		expect(await loudnessIn(join(out, 'audio.mp4'))).toBeCloseTo(-16, 0);
	});

	test('reports its progress in order, up to the end', () => {
		const phases = progress.map(({ phase }) => phase).filter((phase, i, all) => phase !== all[i - 1]);
		expect(phases).toEqual(['probing', 'encoding', 'packaging']);
		const encoding = progress.filter(({ phase }) => phase === 'encoding').map(({ percent }) => percent);
		expect(encoding).toEqual(encoding.toSorted((a, b) => a - b));
		expect(encoding.at(-1)).toBeGreaterThan(95);
		expect(progress.at(-1)).toEqual({ phase: 'packaging', percent: 100 });
	});
});

describe('odd sources are accepted, with a note', { timeout: TEST_TIMEOUT_MS }, () => {
	test('no sound', async () => {
		const { result, out } = await transcoded(await aFile('silent.mp4', [...SMALL_PICTURE, '-t', '2', ...FAST_H264]));
		expect(result).toMatchObject({ hasAudio: false, audio: undefined, notes: ['no_audio'] });
		expect(await readFile(join(out, 'master.m3u8'), 'utf8')).not.toContain('AUDIO');
		expect(await complaintsOnDecoding(join(out, 'fallback.mp4'))).toBe('');
	});

	test.for([
		{ name: 'talk.mp3', codec: ['-c:a', 'libmp3lame'] },
		{ name: 'talk.wav', codec: [] },
		{ name: 'talk.flac', codec: [] },
		{ name: 'talk.ogg', codec: ['-c:a', 'libvorbis'] },
		{ name: 'talk.m4a', codec: ['-c:a', 'aac'] }
	])('sound alone: $name', async ({ name, codec }) => {
		const { result, out } = await transcoded(await aFile(name, [...VOICE, '-t', '5', ...codec]));
		expect(result).toMatchObject({
			hasVideo: false,
			renditions: [],
			poster: undefined,
			notes: ['audio_only'],
			fallback: 'fallback.m4a'
		});
		expect(result.durationS).toBeCloseTo(5, 0);
		expect(await complaintsOnDecoding(join(out, 'master.m3u8'))).toBe('');
	});

	test('a song with a cover is sound alone', async () => {
		const cover = await aFile('cover.jpg', [...SMALL_PICTURE, '-frames:v', '1']);
		const coverArgs = ['-map', '0', '-map', '1', '-c:v', 'copy', '-disposition:v', 'attached_pic'];
		const source = await aFile('song.mp3', [...VOICE, '-i', cover, ...coverArgs, '-c:a', 'libmp3lame', '-t', '2']);
		expect((await transcoded(source)).result.notes).toEqual(['audio_only']);
	});

	test('4K is scaled down to Full HD', async () => {
		const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=3840x2160:rate=10'];
		const { result } = await transcoded(await aFile('4k.mp4', [...picture, '-t', '1', ...FAST_H264]));
		expect(result.renditions[0]).toMatchObject({ width: 1920, height: 1080, fps: 10 });
		expect(result.notes).toContain('scaled_down_4k');
	});

	test('a phone held upright: turned, not lying on its side', async () => {
		const lying = await aFile('lying.mp4', [
			'-f',
			'lavfi',
			'-i',
			'color=red:size=640x360:rate=25,drawbox=0:0:320:360:blue:fill',
			'-t',
			'2',
			...FAST_H264
		]);
		const isOld = Number.parseInt(ffmpeg.version, 10) < 6;
		const turn = isOld ? ['-i', lying, '-metadata:s:v', 'rotate=270'] : ['-display_rotation', '-90', '-i', lying];
		const { result, out } = await transcoded(await aFile('upright.mp4', [...turn, '-c', 'copy']));
		expect(result.renditions.map(({ width, height }) => `${width}x${height}`)).toEqual(['360x640']);
		expect(result.notes).toContain('portrait');
		const { stdout } = await run(
			ffmpeg.ffmpegPath,
			[
				'-v',
				'error',
				'-i',
				join(out, '360p.mp4'),
				'-frames:v',
				'1',
				'-vf',
				'format=rgb24,scale=1:2:flags=area',
				'-pix_fmt',
				'rgb24',
				'-f',
				'rawvideo',
				'-'
			],
			{ encoding: 'buffer' }
		);
		const [topRed, , topBlue, bottomRed, , bottomBlue] = stdout;
		expect(topBlue! > topRed! && bottomRed! > bottomBlue!, 'the left half of the stored picture is on top').toBe(true);
	});

	test('pixels that are not square come out in the shape people saw', async () => {
		const { result } = await transcoded(
			await aFile('pal.mp4', [
				'-f',
				'lavfi',
				'-i',
				'testsrc2=size=720x576:rate=25,setsar=64/45',
				'-t',
				'1',
				...FAST_H264
			])
		);
		expect(result.renditions[0]).toMatchObject({ width: 854, height: 480 });
	});

	test('a variable frame rate is levelled, and the duration kept', async () => {
		const jumpy = ['-f', 'lavfi', '-i', "testsrc2=size=640x360:rate=30,select='if(lt(t,3),not(mod(n,5)),1)'"];
		const source = await aFile('vfr.mp4', [...jumpy, '-fps_mode', 'vfr', '-t', '6', ...FAST_H264]);
		const { result, out } = await transcoded(source);
		expect(result.notes).toContain('variable_frame_rate');
		const { fps } = result.renditions[0]!;
		expect(fps).toBeLessThanOrEqual(30);
		const packets = await packetsOf(join(out, '360p.mp4'));
		expect(packets.length / fps).toBeCloseTo(6, 0);
		const steps = packets
			.map(({ ptsS }) => ptsS)
			.toSorted((a, b) => a - b)
			.map((at, i, all) => at - (all[i - 1] ?? at))
			.slice(1);
		for (const step of steps) expect(step).toBeCloseTo(1 / fps, 3);
	});

	test('10-bit HEVC becomes 8-bit H.264', async () => {
		const { stdout } = await run(ffmpeg.ffmpegPath, ['-v', 'error', '-encoders']);
		const hasX265 = stdout.includes('libx265');
		if (!hasX265) console.warn('SKIPPED: this ffmpeg has no libx265; 10-bit H.264 stands in for 10-bit HEVC');
		const codec = hasX265
			? ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=error']
			: ['-c:v', 'libx264'];
		const { result, out } = await transcoded(
			await aFile('deep.mkv', [...SMALL_PICTURE, '-t', '2', ...codec, '-pix_fmt', 'yuv420p10le'])
		);
		expect(result.notes).toContain(hasX265 ? 'hevc_10bit' : 'high_bit_depth');
		const { stdout: format } = await run(ffmpeg.ffprobePath, [
			'-v',
			'error',
			'-show_entries',
			'stream=codec_name,pix_fmt',
			'-of',
			'csv=p=0',
			join(out, '240p.mp4')
		]);
		expect(format.trim()).toBe('h264,yuv420p');
	});

	test('a wrong extension does not matter', async () => {
		const source = await aFile('real.mp4', [...SMALL_PICTURE, '-t', '1', ...FAST_H264]);
		await copyFile(source, join(dir, 'slides.avi'));
		expect((await transcoded(join(dir, 'slides.avi'))).result.notes).toContain('wrong_extension');
	});

	test('a stream that was recorded without knowing its end', async () => {
		const path = join(dir, 'live.webm');
		const args = [
			'-v',
			'error',
			...SMALL_PICTURE,
			...VOICE,
			'-t',
			'3',
			...FAST_H264,
			'-c:a',
			'libopus',
			'-f',
			'matroska',
			'-live',
			'1',
			'pipe:1'
		];
		const { stdout } = await run(ffmpeg.ffmpegPath, args, { encoding: 'buffer', maxBuffer: 1e9 });
		await writeFile(path, stdout);
		const { result } = await transcoded(path);
		expect(result.source.isDurationDeclared).toBe(false);
		expect(result.durationS).toBeCloseTo(3, 0);
	});

	test('a camcorder’s interlaced MPEG-TS at 29.97, a smaller and odd-sided picture, and 60 frames a second', async () => {
		const interlaced = await aFile('camcorder.mts', [
			...['-f', 'lavfi', '-i', 'testsrc2=size=720x480:rate=60000/1001,tinterlace=interleave_top,fieldorder=tff'],
			...[
				...VOICE,
				'-t',
				'9',
				'-c:v',
				'mpeg2video',
				'-flags',
				'+ildct+ilme',
				'-b:v',
				'4M',
				'-c:a',
				'ac3',
				'-f',
				'mpegts'
			]
		]);
		const { result, out } = await transcoded(interlaced);
		expect(result.notes).toEqual(['interlaced']);
		expect(result.renditions[0]?.fps).toBeCloseTo(29.97, 2);
		const { segments } = await playlistOf(out, '240p');
		expect(segments.slice(0, 2).map(({ durationS }) => durationS)).toEqual([
			expect.closeTo(4.004, 2),
			expect.closeTo(4.004, 2)
		]);

		const small = await aFile('small.mkv', [
			'-f',
			'lavfi',
			'-i',
			'testsrc2=size=321x181:rate=60',
			'-t',
			'1',
			'-c:v',
			'libx264',
			'-pix_fmt',
			'yuv444p'
		]);
		expect((await transcoded(small)).result.renditions).toMatchObject([
			{ name: '180p', width: 320, height: 180, fps: 30 }
		]);
	});

	test('sound that ends early is silent to the end, so that a player does not stop there', async () => {
		const source = await aFile('short-sound.mp4', [
			...SMALL_PICTURE,
			'-t',
			'6',
			...VOICE,
			'-map',
			'0:v',
			'-map',
			'1:a',
			'-af',
			'atrim=0:2',
			...FAST_H264,
			'-t',
			'6'
		]);
		const { out } = await transcoded(source);
		const { segments } = await playlistOf(out, 'audio');
		expect(segments.reduce((sum, { durationS }) => sum + durationS, 0)).toBeCloseTo(6, 0);
	});
});

describe(
	'what cannot become a lecture is refused with a reason, and leaves nothing',
	{ timeout: TEST_TIMEOUT_MS },
	() => {
		test.for([
			{ name: 'nothing.mp4', content: '', code: 'empty_file' },
			{ name: 'letter.mp4', content: 'Kính gửi Ông/Bà\n'.repeat(50), code: 'not_media' },
			{
				name: 'hls.mp4',
				content: '#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n',
				code: 'playlist_refused'
			},
			{ name: 'concat.mp4', content: "ffconcat version 1.0\nfile 'lecture.mp4'\n", code: 'playlist_refused' },
			{ name: 'noise.mp4', content: `\0\0\0\x18ftypisom${'\0x!'.repeat(3000)}`, code: 'truncated' },
			{ name: 'noise.mkv', content: `\x1a\x45\xdf\xa3${'noise'.repeat(3000)}`, code: 'truncated' }
		])('$name is $code', async ({ name, content, code }) => {
			await writeFile(join(dir, name), content, 'latin1');
			await expectRefusal(join(dir, name), code);
		});

		test('an MP4 whose upload stopped, its index in front or behind', async () => {
			for (const flags of [['-movflags', 'faststart'], []]) {
				const path = await aFile('stopped.mp4', [...SMALL_PICTURE, ...VOICE, '-t', '6', ...FAST_H264, ...flags]);
				await truncate(path, Math.floor((await stat(path)).size * 0.6));
				await expectRefusal(path, 'truncated');
			}
		});

		test('a Matroska file whose upload stopped still names its duration, and is found out by what comes out', async () => {
			const path = await aFile('stopped.mkv', [...SMALL_PICTURE, ...VOICE, '-t', '6', ...FAST_H264]);
			await truncate(path, Math.floor((await stat(path)).size * 0.5));
			await expectRefusal(path, 'truncated');
		});

		test('a picture too large, too fast or too odd to be a lecture', async () => {
			await expectRefusal(
				await aFile('fast.mp4', ['-f', 'lavfi', '-i', 'testsrc2=size=64x64:rate=200', '-t', '1', ...FAST_H264]),
				'unsupported_format'
			);
			await expectRefusal(
				await aFile('strip.mp4', ['-f', 'lavfi', '-i', 'testsrc2=size=1600x32:rate=10', '-t', '1', ...FAST_H264]),
				'unsupported_format'
			);
			const bomb = await aFile('bomb.mkv', [
				'-f',
				'lavfi',
				'-i',
				'color=size=9000x4500:rate=1',
				'-frames:v',
				'1',
				'-c:v',
				'mjpeg',
				'-strict',
				'unofficial'
			]);
			await expectRefusal(bomb, 'too_large_picture');
		});

		async function expectRefusal(sourcePath: string, code: string) {
			const parent = await mkdtemp(join(dir, 'refused-'));
			await expect(transcode({ sourcePath, outputDir: join(parent, 'hls'), ffmpeg })).rejects.toMatchObject({
				name: 'MediaFailure',
				code
			});
			expect(await readdir(parent)).toEqual([]);
		}
	}
);

describe('interruptions', { timeout: TEST_TIMEOUT_MS }, () => {
	let long: string;
	beforeAll(async () => {
		long = await aFile('long.mp4', [...PICTURE, ...VOICE, '-t', '60', ...FAST_H264]);
	}, TEST_TIMEOUT_MS);

	test('an abort ends ffmpeg and leaves no file', async () => {
		const parent = await mkdtemp(join(dir, 'aborted-'));
		const controller = new AbortController();
		const job = transcode({
			sourcePath: long,
			outputDir: join(parent, 'hls'),
			ffmpeg,
			signal: controller.signal,
			onProgress: ({ percent }) => percent > 1 && controller.abort(new Error('stopped by a person'))
		});
		await expect(job).rejects.toThrow('stopped by a person');
		expect(processesNaming(long)).toEqual([]);
		expect(await readdir(parent)).toEqual([]);
	});

	test('without bubblewrap an abort does the same', async () => {
		const parent = await mkdtemp(join(dir, 'aborted-'));
		const { bwrap: _, ...limits } = ffmpeg.sandbox;
		const signal = AbortSignal.timeout(1500);
		const job = transcode({
			sourcePath: long,
			outputDir: join(parent, 'hls'),
			ffmpeg: { ...ffmpeg, sandbox: limits },
			signal
		});
		await expect(job).rejects.toThrow('timeout');
		expect(processesNaming(long)).toEqual([]);
		expect(await readdir(parent)).toEqual([]);
	});

	test.for(['with bubblewrap', 'without'])(
		'a worker killed in the middle takes its ffmpeg with it, %s',
		async (kind) => {
			const parent = await mkdtemp(join(dir, 'killed-'));
			const script = `
			import { findFfmpeg } from '#media-pipeline/find-ffmpeg.ts';
			import { transcode } from '#media-pipeline/transcode.ts';
			const found = await findFfmpeg();
			const { bwrap, ...limits } = found.sandbox;
			const ffmpeg = ${kind === 'without'} ? { ...found, sandbox: limits } : found;
			const input = { sourcePath: ${JSON.stringify(long)}, outputDir: ${JSON.stringify(join(parent, 'hls'))}, ffmpeg };
			await transcode({ ...input, onProgress: ({ percent }) => percent > 8 && console.log('encoding') });
		`;
			const worker = spawn(process.execPath, ['--input-type=module', '-e', script], {
				stdio: ['ignore', 'pipe', 'inherit']
			});
			await new Promise((resolve) => worker.stdout.once('data', resolve));
			expect(encodersOf(long).length).toBeGreaterThan(0);
			worker.kill('SIGKILL');
			for (let i = 0; i < 50 && encodersOf(long).length > 0; i++) await sleep(100);
			expect(encodersOf(long)).toEqual([]);
		}
	);

	/** Without the worker itself, whose script names the file too. */
	function encodersOf(path: string): string[] {
		return processesNaming(path).filter((pid) => {
			try {
				return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('libx264');
			} catch {
				return false;
			}
		});
	}

	test('running twice replaces the folder, and a failed second run keeps the first', async () => {
		const source = await aFile('twice.mp4', [...SMALL_PICTURE, '-t', '1', ...FAST_H264]);
		const out = join(dir, 'twice');
		await mkdir(out);
		await writeFile(join(out, 'stale.m3u8'), '');
		await transcode({ sourcePath: source, outputDir: out, ffmpeg });
		const first = await readdir(out);
		expect(first).not.toContain('stale.m3u8');
		await expect(transcode({ sourcePath: join(dir, 'absent.mp4'), outputDir: out, ffmpeg })).rejects.toThrow('ENOENT');
		expect(await readdir(out)).toEqual(first);
	});

	test('a full disk is named as such, and what was written is removed', async ({ skip }) => {
		const disk = join(dir, 'disk');
		await mkdir(disk);
		const script = `
			import { findFfmpeg } from '#media-pipeline/find-ffmpeg.ts';
			import { transcode } from '#media-pipeline/transcode.ts';
			import { readdirSync } from 'node:fs';
			const ffmpeg = await findFfmpeg();
			const job = transcode({ sourcePath: ${JSON.stringify(long)}, outputDir: ${JSON.stringify(join(disk, 'hls'))}, ffmpeg });
			await job.catch((error) => console.log(JSON.stringify({ code: error.code, left: readdirSync(${JSON.stringify(disk)}) })));
		`;
		const mount = `mount -t tmpfs -o size=36m tmpfs "$1" && exec "$2" --input-type=module -e "$3"`;
		const inNamespace = ['-rm', 'sh', '-c'];
		const canMount = await run('unshare', [...inNamespace, 'mount -t tmpfs tmpfs "$1"', 'sh', disk]).then(
			() => true,
			() => false
		);
		if (!canMount) console.warn('SKIPPED: no private mount is allowed here, so no disk can be filled');
		skip(!canMount);
		const { stdout } = await run('unshare', [...inNamespace, mount, 'sh', disk, process.execPath, script]);
		expect(JSON.parse(stdout)).toEqual({ code: 'disk_full', left: [] });
	});
});

describe('the sandbox', () => {
	test('is bubblewrap where it works; where it does not, that is said aloud', () => {
		if (!ffmpeg.sandbox.bwrap) console.warn('SKIPPED: bubblewrap does not work here; only limits protect ffmpeg');
		expect(existsSync('/usr/bin/prlimit')).toBe(ffmpeg.sandbox.prlimit !== undefined);
	});

	test('a missing ffmpeg is a clear sentence with what to do', async () => {
		const lookup = findFfmpeg({ FFMPEG_PATH: '/nowhere/ffmpeg', PATH: process.env.PATH });
		await expect(lookup).rejects.toMatchObject({
			code: 'ffmpeg_missing',
			detail: expect.stringContaining('/nowhere/ffmpeg')
		});
		await expect(lookup).rejects.toThrow('apt-get install ffmpeg');
	});
});
