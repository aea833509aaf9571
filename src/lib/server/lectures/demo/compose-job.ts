import fs from 'node:fs/promises';
import path from 'node:path';
import { findFfmpeg } from '#media-pipeline/find-ffmpeg.ts';
import { defineJob } from '../../platform/queue.ts';
import { sourceKey } from '../keys.ts';
import { findRevision } from '../queries.ts';
import { finishUpload } from '../service.ts';
import { composeLecture } from './compose.ts';
import { KC01_LECTURES } from './kc01-lessons.ts';

declare module '../../platform/queue.ts' {
	interface JobPayloads {
		'lectures.compose_sample': { lectureId: string; key: string };
	}
}

const MINUTE = 60;

/**
 * Draws one sample lecture and hands it to the transcoding as if a trainer had uploaded it. A job, so that a start prints
 * its address before the lectures are drawn. Safe to run twice: a revision that has its file is left alone.
 */
export const composeSample = defineJob({
	name: 'lectures.compose_sample',
	queue: { retryLimit: 5, retryDelay: 10, retryBackoff: true, expireInSeconds: 15 * MINUTE, heartbeatSeconds: 60 },
	async run(ctx, { lectureId, key }, signal) {
		const lecture = KC01_LECTURES.find((sample) => sample.key === key);
		const revision = await findRevision(ctx.db, lectureId, 1);
		if (!lecture || revision?.state !== 'awaiting_upload') return;
		const parent = path.join(ctx.config.dataDir, 'tmp');
		await fs.mkdir(parent, { recursive: true });
		const folder = await fs.mkdtemp(path.join(parent, 'sample-'));
		try {
			const { ffmpegPath, ffprobePath } = ctx.config;
			const tools = await findFfmpeg({ ...process.env, FFMPEG_PATH: ffmpegPath, FFPROBE_PATH: ffprobePath });
			const file = await composeLecture(lecture, { folder, tools, signal });
			const { size } = await fs.stat(file);
			await ctx.storage.putFile(sourceKey(lectureId, 1), file, { contentType: 'video/mp4', signal });
			await finishUpload(ctx, { lectureId, revision: 1 }, { name: `${key}.mp4`, sizeBytes: size });
		} finally {
			await fs.rm(folder, { recursive: true, force: true });
		}
	}
});
