import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { log } from '../platform/log.ts';
import { defineJob } from '../platform/queue.ts';
import { encodeNextPart } from './encode-parts.ts';
import { ffmpegOf, helperFolder } from './media-folder.ts';
import { readParts } from './part-state.ts';
import { findRevision } from './queries.ts';

declare module '../platform/queue.ts' {
	interface JobPayloads {
		'lectures.encode_parts': { lectureId: string; revision: number };
	}
}

const HOUR = 60 * 60;

/**
 * A further worker, on whatever machine, encodes parts of a lecture beside the one that leads. What it cannot do it leaves
 * to that one, which also says why a lecture fails; so nothing is tried again here.
 */
export const helpEncoding = defineJob({
	name: 'lectures.encode_parts',
	queue: { retryLimit: 0, expireInSeconds: 12 * HOUR, heartbeatSeconds: 15 },
	async run(ctx, target, signal) {
		const found = await findRevision(ctx.db, target.lectureId, target.revision);
		if (!found?.plan || !found.sourceKey || !['probing', 'transcoding'].includes(found.state)) return;
		const { done } = await readParts(ctx.db, target);
		if (done.length >= found.plan.parts.length) return;
		const run = randomUUID();
		const { folder, remove } = await helperFolder(ctx.config, run);
		try {
			const sourceFile = path.join(folder, 'source');
			await ctx.storage.getFile(found.sourceKey, sourceFile, { signal });
			const ffmpeg = await ffmpegOf(ctx.config);
			while (await encodeNextPart({ ctx, target, run, plan: found.plan, ffmpeg, sourceFile, folder, signal }));
		} catch (error) {
			log.warn({ err: error, ...target }, 'a helper gave up');
		} finally {
			await remove();
		}
	}
});
