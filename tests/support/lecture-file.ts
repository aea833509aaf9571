import { execFile } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { mkdtemp } from 'node:fs/promises';
import { promisify } from 'node:util';
import { findFfmpeg } from '#media-pipeline/find-ffmpeg.ts';

/** A lecture with a moving picture and a tone, made by ffmpeg; the caller removes its folder. */
export async function aLectureFile(durationS: number): Promise<{ file: string; dir: string }> {
	const dir = await mkdtemp(path.join(os.tmpdir(), 'buc-giang-lecture-'));
	const file = path.join(dir, 'Bài giảng thử.mp4');
	const { ffmpegPath } = await findFfmpeg();
	await promisify(execFile)(ffmpegPath, [
		...['-nostdin', '-v', 'error', '-y'],
		...['-f', 'lavfi', '-i', `testsrc2=size=640x360:rate=15:duration=${durationS}`],
		...['-f', 'lavfi', '-i', `sine=frequency=330:beep_factor=4:duration=${durationS}`],
		...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac', file]
	]);
	return { file, dir };
}
