import { and, between, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { Context } from '../platform/context.ts';
import { log } from '../platform/log.ts';
import { defineJob } from '../platform/queue.ts';
import { openUploadStore } from '../platform/uploads/store.ts';
import { isRevision } from './access.ts';
import { revisions } from './tables.ts';
import { packageUpload, packageUploads } from './uploads.ts';

declare module '../platform/queue.ts' {
	interface JobPayloads {
		'scorm.tidy': Record<string, never>;
	}
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** An upload may rest over a long weekend and go on; then its bytes are given up. */
const UPLOAD_LIFE_MS = 7 * DAY_MS;
/** Between a change of a revision and its job's own rows there may be a moment. */
const LOST_AFTER_MS = 2 * 60 * 1000;

/** Gives up uploads nobody went on with, and sends imports again that the queue has lost. */
export const tidyPackages = defineJob({
	name: 'scorm.tidy',
	queue: { retryLimit: 0, expireInSeconds: 15 * 60 },
	cron: '*/30 * * * *',
	async run(ctx) {
		await giveUpUploads(ctx);
		await resendLostWork(ctx);
	}
});

async function giveUpUploads(ctx: Context): Promise<void> {
	const store = openUploadStore(ctx.config, [packageUploads(ctx.config)]);
	const before = new Date(ctx.now.getTime() - UPLOAD_LIFE_MS);
	const notBefore = new Date(before.getTime() - UPLOAD_LIFE_MS); // older ones were looked at many times
	const unfinished = await ctx.db
		.select({ packageId: revisions.packageId, revision: revisions.revision })
		.from(revisions)
		.where(
			and(
				inArray(revisions.state, ['awaiting_upload', 'cancelled']),
				isNull(revisions.sourceKey),
				between(revisions.recordedAt, notBefore, before)
			)
		)
		.limit(500);
	for (const target of unfinished) {
		await store.discard(packageUpload(target));
		await ctx.db
			.update(revisions)
			.set({ state: 'cancelled', finishedAt: ctx.now })
			.where(and(isRevision(target), eq(revisions.state, 'awaiting_upload')));
	}
	if (unfinished.length > 0) log.info({ count: unfinished.length }, 'gave up unfinished uploads of packages');
}

/** Revisions that wait or are worked on, without a job of the queue that would end it. */
async function resendLostWork(ctx: Context): Promise<void> {
	const before = new Date(ctx.now.getTime() - LOST_AFTER_MS);
	await ctx.db.transaction(async (tx) => {
		const lost = await tx
			.update(revisions)
			.set({ state: 'queued', run: null, progressAt: ctx.now })
			.where(
				and(
					inArray(revisions.state, ['queued', 'importing']),
					lt(revisions.progressAt, before),
					sql`not exists (select 1 from pgboss.job where job.name = 'scorm.import'
						and job.state in ('created', 'retry', 'active') and job.data ->> 'packageId' = ${revisions.packageId}::text
						and (job.data ->> 'revision')::integer = ${revisions.revision})`
				)
			)
			.returning({ packageId: revisions.packageId, revision: revisions.revision });
		for (const payload of lost) await ctx.queue.send(tx, 'scorm.import', payload);
	});
}
