import fs from 'node:fs/promises';
import path from 'node:path';
import type { FfmpegTools } from '#media-pipeline/find-ffmpeg.ts';
import { runTool } from '#media-pipeline/run-ffmpeg.ts';
import type { SampleLecture } from './kc01-lessons.ts';
import TIMINGS from './timings.json' with { type: 'json' };

/** Enough for slides and the growing bar; each one more costs every newcomer's first start. */
const FRAMES_PER_S = 5;
const TIMEOUT_S = 300;

/** Folder of the committed voices, outlines and the slides' font. */
export const SAMPLE_MEDIA = import.meta.dirname;

/** Seconds each slide of a lecture stands. */
export function slideTimes({ key }: SampleLecture): number[] {
	return (TIMINGS as Record<string, number[]>)[key] ?? [];
}

/**
 * Draws the slides over the recorded voice into an MP4, as a trainer's screen recording would be; the transcoding then
 * treats it like any upload.
 * @param folder an empty folder to work in
 * @returns path of the MP4
 */
export async function composeLecture(
	lecture: SampleLecture,
	{ folder, tools, signal }: { folder: string; tools: FfmpegTools; signal: AbortSignal }
): Promise<string> {
	const font = path.join(folder, 'font.ttf');
	const voice = path.join(folder, 'voice.opus');
	await fs.copyFile(path.join(SAMPLE_MEDIA, 'slide-font.ttf'), font);
	await fs.copyFile(path.join(SAMPLE_MEDIA, `${lecture.key}.opus`), voice);
	const times = slideTimes(lecture);
	const total = times.reduce((sum, seconds) => sum + seconds, 0);
	const texts = await writeTexts(lecture, folder);
	const target = path.join(folder, 'lecture.mp4');
	await runTool(tools, {
		tool: 'ffmpeg',
		args: [
			...['-hide_banner', '-nostdin', '-y', '-v', 'error'],
			...['-f', 'lavfi', '-i', `color=c=0xf4f6fa:s=1280x720:r=${FRAMES_PER_S}:d=${total}`],
			...['-f', 'lavfi', '-i', `color=c=0xe0a91b:s=1280x8:r=${FRAMES_PER_S}:d=${total}`],
			...['-i', voice],
			...['-filter_complex', slideFilter(texts, times, total)],
			...['-map', '[slides]', '-map', '2:a', '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'],
			...['-c:a', 'aac', '-b:a', '64k', '-t', String(total), '-movflags', '+faststart', target]
		],
		readable: [],
		workDir: folder,
		timeoutS: TIMEOUT_S,
		fileBytes: 200_000_000,
		signal
	});
	return target;
}

/** The bar along the top grows with time, so that a seek is seen. */
function slideFilter(texts: readonly SlideFiles[], times: readonly number[], total: number): string {
	const filters = ['drawbox=x=0:y=0:w=1280:h=150:color=0x0b3d91:t=fill'];
	let from = 0;
	for (const [i, { heading, lines, foot }] of texts.entries()) {
		const to = from + (times[i] ?? 0);
		const shown = `enable='between(t,${from.toFixed(2)},${to.toFixed(2)})'`;
		filters.push(text(heading, 'white', 44, 60, 52, shown), text(lines, '0x16233a', 40, 90, 240, shown));
		filters.push(text(foot, '0x47566e', 26, 60, 650, shown));
		from = to;
	}
	return `[0:v]${filters.join(',')}[drawn];[drawn][1:v]overlay=x='-W+W*t/${total}':y=150:shortest=1[slides]`;
}

function text(file: string, color: string, size: number, x: number, y: number, shown: string): string {
	return `drawtext=fontfile=font.ttf:textfile=${file}:fontcolor=${color}:fontsize=${size}:x=${x}:y=${y}:line_spacing=26:${shown}`;
}

type SlideFiles = Readonly<{ heading: string; lines: string; foot: string }>;

/** Words go to the filter as files: nothing in them has to be escaped. Names are relative to the working folder. */
async function writeTexts({ title, slides }: SampleLecture, folder: string): Promise<SlideFiles[]> {
	const write = async (name: string, content: string) => {
		await fs.writeFile(path.join(folder, name), content);
		return name;
	};
	const files: SlideFiles[] = [];
	for (const [i, { heading, lines }] of slides.entries()) {
		files.push({
			heading: await write(`heading-${i}.txt`, heading),
			lines: await write(`lines-${i}.txt`, lines.map((line) => `• ${line}`).join('\n')),
			foot: await write(`foot-${i}.txt`, `${title} · Bài giảng minh họa`)
		});
	}
	return files;
}
