import fs from 'node:fs/promises';
import path from 'node:path';
import { failConversion, findUnconverted, publishConverted } from '#lib/server/assessment/media.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { log } from '#lib/server/platform/log.ts';
import { defineJob } from '#lib/server/platform/queue.ts';
import { MediaFailure } from '#media-pipeline/failure.ts';
import { findFfmpeg } from '#media-pipeline/find-ffmpeg.ts';
import { transcode } from '#media-pipeline/transcode.ts';

const MINUTE = 60;

/**
 * Makes sound and clips of questions playable everywhere. Stands here because questions know no ffmpeg. Safe to run
 * twice: what is done is not done again, and a result replaces the same object.
 */
export const convertMedia = defineJob({
	name: 'assessment.convert_media',
	queue: { retryLimit: 3, retryDelay: 10, retryBackoff: true, expireInSeconds: 30 * MINUTE, heartbeatSeconds: 15 },
	async run(ctx, { mediaId }, signal) {
		const media = await findUnconverted(ctx.db, mediaId);
		if (!media) return;
		const tmp = path.join(ctx.config.dataDir, 'tmp');
		await fs.mkdir(tmp, { recursive: true, mode: 0o700 });
		const folder = await fs.mkdtemp(path.join(tmp, 'question-media-'));
		try {
			await convert(ctx, { mediaId, sourceKey: media.storageKey, folder, signal });
		} catch (error) {
			if (!(error instanceof MediaFailure) || error.isRetryable) throw error;
			log.warn({ code: error.code, mediaId }, 'question media cannot be converted');
			await failConversion(ctx, mediaId);
		} finally {
			await fs.rm(folder, { recursive: true, force: true, maxRetries: 3 });
		}
	}
});

type Work = Readonly<{ mediaId: string; sourceKey: string; folder: string; signal: AbortSignal }>;

async function convert(ctx: Context, { mediaId, sourceKey, folder, signal }: Work): Promise<void> {
	const { ffmpegPath, ffprobePath } = ctx.config;
	const sourcePath = path.join(folder, 'source');
	const outputDir = path.join(folder, 'output');
	await ctx.storage.getFile(sourceKey, sourcePath, { signal });
	const ffmpeg = await findFfmpeg({ ...process.env, FFMPEG_PATH: ffmpegPath, FFPROBE_PATH: ffprobePath });
	const result = await transcode({ sourcePath, outputDir, ffmpeg, signal });
	const file = path.join(outputDir, result.fallback);
	await publishConverted(ctx, mediaId, {
		path: file,
		kind: result.hasVideo ? 'video' : 'audio',
		durationS: result.durationS,
		sizeBytes: (await fs.stat(file)).size
	});
}
