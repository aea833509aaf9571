import { defineJob } from '../platform/queue.ts';
import { deliverDue } from './deliver.ts';

declare module '../platform/queue.ts' {
	interface JobPayloads {
		'notifications.deliver': Record<string, never>;
	}
}

/**
 * Sends messages to mailboxes and telephones. What to send and when to try again stands in `delivery`; the queue only
 * wakes a worker: at once when there is something new, and every minute for what has become due.
 */
const deliverJob = defineJob({
	name: 'notifications.deliver',
	queue: { retryLimit: 0, expireInSeconds: 30 * 60, heartbeatSeconds: 30 },
	cron: '* * * * *',
	run: (ctx, _, signal) => deliverDue(ctx, signal)
});

/** Jobs of this module, for entry/jobs.ts. */
export const notificationJobs = [deliverJob];
