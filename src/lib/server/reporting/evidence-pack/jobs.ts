import { defineJob } from '../../platform/queue.ts';
import { forgetPacks, makePack } from './make-pack.ts';

const makePackJob = defineJob({
	name: 'reporting.make_evidence_pack',
	queue: { retryLimit: 2, retryDelay: 30, expireInSeconds: 60 * 60, heartbeatSeconds: 30 },
	run: (ctx, { packId }, signal) => makePack(ctx, packId, signal)
});

const forgetPacksJob = defineJob({
	name: 'reporting.forget_evidence_packs',
	queue: { retryLimit: 2 },
	cron: '50 2 * * *',
	run: (ctx) => forgetPacks(ctx)
});

/** Jobs of evidence packs, for entry/jobs.ts. */
export const evidencePackJobs = [makePackJob, forgetPacksJob];
