import { defineJob } from '../platform/queue.ts';
import { runBatch } from './batch.ts';
import { certifyCompletions, revokeWithdrawn } from './settle.ts';

const RETRIES = { retryLimit: 5, retryDelay: 10, retryBackoff: true, expireInSeconds: 15 * 60, heartbeatSeconds: 30 };

/** What training names and sends: completions that came about. */
const completedJob = defineJob({
	name: 'participation.completed',
	queue: RETRIES,
	run: (ctx, { participationIds }) => certifyCompletions(ctx, participationIds)
});

/** What training names and sends: completions that were taken back. */
const withdrawnJob = defineJob({
	name: 'participation.completion_withdrawn',
	queue: RETRIES,
	run: (ctx, { participationIds }) => revokeWithdrawn(ctx, participationIds)
});

const issueBatchJob = defineJob({
	name: 'certificates.issue_batch',
	queue: RETRIES,
	run: (ctx, { batchId }, signal) => runBatch(ctx, batchId, signal)
});

/** Jobs of this module, for entry/jobs.ts. */
export const certificateJobs = [completedJob, withdrawnJob, issueBatchJob];
