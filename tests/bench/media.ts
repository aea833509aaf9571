import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { findFfmpeg } from '#media-pipeline/find-ffmpeg.ts';
import { cost, printTable } from './measure.ts';

const run = promisify(execFile);
const DURATION_S = Number(process.env.SECONDS ?? 100);
const VOICE = ['-f', 'lavfi', '-i', `sine=frequency=220:beep_factor=4:duration=${DURATION_S}`];
const QUICK = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '18', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
const lavfi = (graph: string) => ['-f', 'lavfi', '-i', graph];

/** Four kinds of lecture, drawn at run time: name, picture and what else ffmpeg needs, height of the shorter side. */
const SOURCES = [
	{
		name: 'slides + voice 1080p25',
		picture: lavfi(
			`color=c=0xf4f6fa:s=1920x1080:r=25:d=${DURATION_S},drawbox=w=1920:h=220:color=0x0b3d91:t=fill,` +
				`drawgrid=w=240:h=90:t=2:c=black@0.3,drawbox=x=300:y=400:w=900:h=300:color=black:t=fill:enable='gt(mod(t,20),10)'`
		),
		more: [],
		shortSide: 1080
	},
	{
		name: 'camera with noise 720p30',
		picture: lavfi(`testsrc2=s=1280x720:r=30:d=${DURATION_S},gblur=sigma=6,noise=alls=12:allf=t`),
		more: [],
		shortSide: 720
	},
	{
		name: 'screen recording 1080p, uneven rate',
		picture: lavfi(
			`color=c=white:s=1920x1080:r=30:d=${DURATION_S},drawgrid=w=60:h=40:t=1:c=gray,` +
				`drawbox=x='mod(t*90,1800)':y='540+200*sin(t)':w=24:h=24:color=red:t=fill,select='lt(random(1),0.6)'`
		),
		more: ['-fps_mode', 'vfr'],
		shortSide: 1080
	},
	{
		name: 'phone upright 1080p60',
		picture: lavfi(`testsrc2=s=1080x1920:r=60:d=${DURATION_S},gblur=sigma=3`),
		more: [],
		shortSide: 1080
	}
];
const STEPS = [
	[1080, 4500],
	[720, 2400],
	[480, 1000],
	[360, 500],
	[240, 200]
] as const;

/** One hand-written command with a fixed ladder at the source's rate, at most 30. */
function fixedLadder(source: string, shortSide: number, isUpright: boolean): string[] {
	const steps = STEPS.filter(([side]) => side <= shortSide);
	const graph = steps
		.map(([side], i) => {
			const from = i === 0 ? '[0:v]fps=30,' : `[s${i}]`;
			const to = i === steps.length - 1 ? `[v${i}]` : `,split=2[v${i}][s${i + 1}]`;
			return `${from}scale=${isUpright ? `${side}:-2` : `-2:${side}`}${to}`;
		})
		.join(';');
	return [
		...['-nostdin', '-y', '-i', source, '-filter_complex', graph, ...steps.flatMap((_, i) => ['-map', `[v${i}]`])],
		...['-map', '0:a', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-pix_fmt', 'yuv420p'],
		...['-g', '120', '-keyint_min', '120', '-sc_threshold', '0'],
		...steps.flatMap(([, kbps], i) => [`-maxrate:v:${i}`, `${kbps}k`, `-bufsize:v:${i}`, `${kbps * 2}k`]),
		...['-c:a', 'aac', '-b:a', '64k', '-f', 'hls', '-hls_time', '4', '-hls_playlist_type', 'vod'],
		...['-hls_segment_type', 'fmp4', '-hls_flags', 'single_file', '-hls_segment_filename', '%v.mp4'],
		...['-var_stream_map', `${steps.map(([side], i) => `v:${i},name:${side}p`).join(' ')} a:0,name:audio`, '%v.m3u8']
	];
}

/** Picture and sound of all sizes, MB. */
async function megabytesIn(dir: string): Promise<number> {
	const names = (await readdir(dir)).filter((name) => /^(\d+p|audio)\.mp4$/.test(name));
	const sizes = await Promise.all(names.map(async (name) => (await stat(path.join(dir, name))).size));
	return sizes.reduce((sum, size) => sum + size, 0) / 1e6;
}

/** Likeness to the source of the largest size that both have, at the rate of the rendition. */
async function ssim(ffmpeg: string, dir: string, source: string): Promise<string> {
	const names = (await readdir(dir)).filter((name) => /^\d+p\.m3u8$/.test(name));
	const top = names.toSorted((a, b) => Number.parseInt(b) - Number.parseInt(a))[0] ?? '';
	const playlist = path.join(dir, top);
	const { stdout } = await run('ffprobe', [
		...['-v', 'error', '-select_streams', 'v', '-show_entries', 'stream=width,height,r_frame_rate', '-of', 'csv=p=0'],
		playlist
	]);
	const [width, height, rate] = stdout.trim().split(',');
	const graph = `[1:v]fps=${rate},scale=${width}:${height}[a];[0:v]fps=${rate}[b];[b][a]ssim`;
	const args = ['-hide_banner', '-nostats', '-i', playlist, '-i', source, '-lavfi', graph, '-f', 'null', '-'];
	const { stderr } = await run(ffmpeg, args, { maxBuffer: 1e8 });
	return `${Number(/All:([\d.]+)/.exec(stderr)?.[1]).toFixed(4)} (${path.basename(top, '.m3u8')})`;
}

/** Bytes, likeness, CPU and wall clock of our pipeline beside one hand-written command, on four kinds of lecture. */
export async function benchMedia(): Promise<void> {
	const { ffmpegPath: ffmpeg } = await findFfmpeg();
	const rows: (string | number)[][] = [];
	for (const { name, picture, more, shortSide } of SOURCES) {
		const dir = await mkdtemp(path.join(os.tmpdir(), 'buc-giang-bench-'));
		try {
			const source = path.join(dir, 'lecture.mp4');
			await cost(ffmpeg, ['-nostdin', '-y', ...picture, ...VOICE, ...QUICK, ...more, source]);
			const [fixedDir, ourDir] = [path.join(dir, 'fixed'), path.join(dir, 'ours')];
			await mkdir(fixedDir);
			const fixed = await cost(ffmpeg, fixedLadder(source, shortSide, name.includes('upright')), { cwd: fixedDir });
			const ours = await cost(process.execPath, ['tests/bench/transcode-once.ts', source, ourDir]);
			for (const [who, its, where] of [
				['one command', fixed, fixedDir],
				['ours', ours, ourDir]
			] as const) {
				const megabytes = (await megabytesIn(where)).toFixed(2);
				rows.push([name, who, its.cpuS.toFixed(1), its.wallS.toFixed(1), megabytes, await ssim(ffmpeg, where, source)]);
			}
			rows.push([name, 'ratio', (ours.cpuS / fixed.cpuS).toFixed(2), (ours.wallS / fixed.wallS).toFixed(2), '', '']);
		} finally {
			await rm(dir, { recursive: true, force: true });
		}
	}
	printTable(`Lectures of ${DURATION_S} s`, ['source', '', 'CPU s', 'wall s', 'MB', 'SSIM of the largest'], rows);
}
