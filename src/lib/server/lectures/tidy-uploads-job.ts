import { and, between, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { Context } from '../platform/context.ts';
import { log } from '../platform/log.ts';
import { defineJob } from '../platform/queue.ts';
import { isRevision } from './service.ts';
import { lectureRevisions } from './tables.ts';
import { openUploadStore } from '../platform/uploads/store.ts';
import { lectureUpload, lectureUploads } from './uploads.ts';

declare module '../platform/queue.ts' {
	interface JobPayloads {
		'lectures.tidy_uploads': Record<string, never>;
	}
}

const HOUR_MS = 60 * 60 * 1000;
/** An upload may rest over a long weekend and go on; then its bytes are given up. */
const UPLOAD_LIFE_MS = 7 * 24 * HOUR_MS;
/** Between a change of a revision and its job's own rows there may be a moment. */
const LOST_AFTER_MS = 2 * 60 * 1000;

/** Gives up uploads nobody went on with, and sends work again that the queue has lost. */
export const tidyUploads = defineJob({
	name: 'lectures.tidy_uploads',
	queue: { retryLimit: 0, expireInSeconds: 15 * 60 },
	cron: '*/30 * * * *',
	async run(ctx) {
		await giveUpUploads(ctx);
		await resendLostWork(ctx);
	}
});

async function giveUpUploads(ctx: Context): Promise<void> {
	const store = openUploadStore(ctx.config, [lectureUploads(ctx.config)]);
	const before = new Date(ctx.now.getTime() - UPLOAD_LIFE_MS);
	const notBefore = new Date(before.getTime() - UPLOAD_LIFE_MS); // older ones were looked at many times
	const unfinished = await ctx.db
		.select({ lectureId: lectureRevisions.lectureId, revision: lectureRevisions.revision })
		.from(lectureRevisions)
		.where(
			and(
				inArray(lectureRevisions.state, ['awaiting_upload', 'cancelled']),
				isNull(lectureRevisions.sourceKey),
				between(lectureRevisions.recordedAt, notBefore, before)
			)
		)
		.limit(500);
	for (const target of unfinished) {
		await store.discard(lectureUpload(target));
		await ctx.db
			.update(lectureRevisions)
			.set({ state: 'cancelled', finishedAt: ctx.now })
			.where(and(isRevision(target.lectureId, target.revision), eq(lectureRevisions.state, 'awaiting_upload')));
	}
	if (unfinished.length > 0) log.info({ count: unfinished.length }, 'gave up unfinished uploads');
}

/** Revisions that wait or are worked on, without a job of the queue that would end it. */
async function resendLostWork(ctx: Context): Promise<void> {
	const before = new Date(ctx.now.getTime() - LOST_AFTER_MS);
	await ctx.db.transaction(async (tx) => {
		const lost = await tx
			.update(lectureRevisions)
			.set({ state: 'queued', jobId: null, progressAt: ctx.now })
			.where(
				and(
					inArray(lectureRevisions.state, ['queued', 'probing', 'transcoding']),
					lt(lectureRevisions.progressAt, before),
					sql`not exists (select 1 from pgboss.job where job.name = 'lectures.transcode'
						and job.state in ('created', 'retry', 'active') and job.data ->> 'lectureId' = ${lectureRevisions.lectureId}::text
						and (job.data ->> 'revision')::integer = ${lectureRevisions.revision})`
				)
			)
			.returning({ lectureId: lectureRevisions.lectureId, revision: lectureRevisions.revision });
		for (const payload of lost) await ctx.queue.send(tx, 'lectures.transcode', payload);
	});
}
