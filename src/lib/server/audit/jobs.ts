import { defineJob } from '../platform/queue.ts';
import { lengthenChain } from './chain.ts';

declare module '../platform/queue.ts' {
	interface JobPayloads {
		'audit.chain': Record<string, never>;
	}
}

/** Links what was recorded since the last minute; two at once wait for each other and the second finds nothing. */
const chainJob = defineJob({
	name: 'audit.chain',
	queue: { retryLimit: 0, expireInSeconds: 10 * 60 },
	cron: '* * * * *',
	run: async ({ db, config }) => void (await lengthenChain(db, config))
});

/** Jobs of this module, for entry/jobs.ts. */
export const auditJobs = [chainJob];
