import fs from 'node:fs/promises';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { mp3Args } from '#media-pipeline/ffmpeg-args.ts';
import { runTool } from '#media-pipeline/run-ffmpeg.ts';
import { defineJob } from '../platform/queue.ts';
import { soundKey } from './keys.ts';
import { ffmpegOf } from './media-folder.ts';
import { findRevision } from './queries.ts';
import { isRevision } from './service.ts';
import { lectureRevisions, lectures } from './tables.ts';

const BYTES_PER_S = 16_000;

/** Makes the MP3 of a lecture's sound. Safe to run twice: it replaces the same object. */
export const makeSoundFile = defineJob({
	name: 'lectures.make_sound_file',
	queue: { retryLimit: 5, retryDelay: 20, retryBackoff: true, expireInSeconds: 60 * 60, heartbeatSeconds: 30 },
	async run(ctx, target, signal) {
		const revision = await findRevision(ctx.db, target.lectureId, target.revision);
		const audio = revision?.renditions.find(({ kind }) => kind === 'audio');
		const [lecture] = await ctx.db.select().from(lectures).where(eq(lectures.id, target.lectureId));
		if (!audio || revision?.state !== 'ready' || !lecture?.allowsSoundDownload) return;
		const parent = path.join(ctx.config.dataDir, 'tmp');
		await fs.mkdir(parent, { recursive: true, mode: 0o700 });
		const folder = await fs.mkdtemp(path.join(parent, 'sound-'));
		try {
			const input = path.join(folder, 'sound.mp4');
			const output = path.join(folder, 'sound.mp3');
			await ctx.storage.getFile(audio.mediaKey, input, { signal });
			const durationS = revision.durationS ?? 0;
			await runTool(await ffmpegOf(ctx.config), {
				...{ tool: 'ffmpeg', args: mp3Args({ input, title: lecture.title, output }), readable: [input] },
				...{ workDir: folder, timeoutS: 600 + durationS, fileBytes: (durationS + 60) * BYTES_PER_S, signal }
			});
			const key = soundKey(target);
			await ctx.storage.putFile(key, output, { contentType: 'audio/mpeg', signal });
			await ctx.db
				.update(lectureRevisions)
				.set({ soundKey: key, soundBytes: (await fs.stat(output)).size })
				.where(isRevision(target.lectureId, target.revision));
		} finally {
			await fs.rm(folder, { recursive: true, force: true, maxRetries: 3 });
		}
	}
});
