import { defineJob } from '../platform/queue.ts';
import { removeOld } from './retention.ts';

declare module '../platform/queue.ts' {
	interface JobPayloads {
		'privacy.remove_old': Record<string, never>;
	}
}

/** Each night. */
const removeOldJob = defineJob({
	name: 'privacy.remove_old',
	queue: { retryLimit: 2 },
	cron: '20 3 * * *',
	run: (ctx) => removeOld(ctx)
});

/** Jobs of this module, for entry/jobs.ts. */
export const privacyJobs = [removeOldJob];
