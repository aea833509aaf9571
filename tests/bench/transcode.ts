import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFfmpeg } from '#media-pipeline/find-ffmpeg.ts';
import { cost, printTable, type Cost } from './measure.ts';

const DURATION_S = 120;
/** The renditions our pipeline makes of a 1080p source, as somebody would type them: height and cap in kbit/s. */
const RENDITIONS = [
	[1080, 4500],
	[720, 2400],
	[480, 1000],
	[360, 500],
	[240, 200]
] as const;

/** A two-minute 1080p lecture with moving pictures and sound, made by ffmpeg. */
async function makeLecture(ffmpeg: string, file: string): Promise<void> {
	const picture = `testsrc2=size=1920x1080:rate=25:duration=${DURATION_S}`;
	const sound = `sine=frequency=220:duration=${DURATION_S}`;
	await cost(ffmpeg, [
		...['-nostdin', '-y', '-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', sound],
		...['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '20', '-pix_fmt', 'yuv420p', '-c:a', 'aac', file]
	]);
}

/** One hand-written command with the same renditions, sizes and segment length, and nothing else. */
function handWritten(source: string): string[] {
	const heights = RENDITIONS.map(([height]) => height);
	const graph = heights
		.map((height, i) => {
			const from = i === 0 ? '[0:v]' : `[s${i}]`;
			const to = i === heights.length - 1 ? `[v${i}]` : `,split=2[v${i}][s${i + 1}]`;
			return `${from}scale=-2:${height}:flags=bicubic${to}`;
		})
		.join(';');
	return [
		...['-nostdin', '-y', '-i', source, '-filter_complex', graph],
		...heights.flatMap((_, i) => ['-map', `[v${i}]`]),
		...['-map', '0:a', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-pix_fmt', 'yuv420p'],
		...['-g', '100', '-keyint_min', '100', '-sc_threshold', '0'],
		...RENDITIONS.flatMap(([, kbps], i) => [`-maxrate:v:${i}`, `${kbps}k`, `-bufsize:v:${i}`, `${kbps * 2}k`]),
		...['-c:a', 'aac', '-b:a', '64k', '-ar', '48000', '-f', 'hls', '-hls_time', '4', '-hls_playlist_type', 'vod'],
		...['-hls_segment_type', 'fmp4', '-hls_flags', 'single_file', '-hls_segment_filename', '%v.mp4'],
		...['-var_stream_map', `${heights.map((height, i) => `v:${i},name:${height}p`).join(' ')} a:0,name:audio`],
		'%v.m3u8'
	];
}

/** Seconds until all that a player needs of a rendition stands in `dir`. */
async function untilPlayable(dir: string, done: Promise<unknown>): Promise<number> {
	const startedAt = performance.now();
	let isDone = false;
	void done.finally(() => (isDone = true));
	for (;;) {
		const files = await readdir(dir, { recursive: true }).catch(() => [] as string[]);
		if (files.some((file) => file.endsWith('master.m3u8')) || isDone) return (performance.now() - startedAt) / 1000;
		await sleep(100);
	}
}

const shown = ({ cpuS, wallS }: Cost) => [cpuS.toFixed(1), wallS.toFixed(1)];

/** CPU and wall clock of our pipeline beside one hand-written ffmpeg command. Aim: at most 1.15 times its CPU. */
export async function benchTranscode(): Promise<void> {
	const dir = await mkdtemp(path.join(os.tmpdir(), 'buc-giang-bench-'));
	try {
		const { ffmpegPath: ffmpeg } = await findFfmpeg();
		const source = path.join(dir, 'lecture.mp4');
		await makeLecture(ffmpeg, source);
		const command = await cost(ffmpeg, handWritten(source), { cwd: dir });
		const out = path.join(dir, 'hls');
		const run = cost(process.execPath, ['tests/bench/transcode-once.ts', source, out]);
		const playableS = await untilPlayable(out, run);
		const ours = await run;
		printTable(
			`Transcoding ${DURATION_S} s of 1080p25 into ${RENDITIONS.length} pictures and sound`,
			['', 'CPU s', 'wall s'],
			[
				['one hand-written ffmpeg command', ...shown(command)],
				['media pipeline (with probe, poster, plain MP4)', ...shown(ours)],
				['ratio', (ours.cpuS / command.cpuS).toFixed(2), (ours.wallS / command.wallS).toFixed(2)],
				['first rendition playable after', '', playableS.toFixed(1)]
			]
		);
	} finally {
		await rm(dir, { recursive: true, force: true });
	}
}
