import { defineJob } from '../platform/queue.ts';
import { sendReminders } from './send-reminders.ts';

declare module '../platform/queue.ts' {
	interface JobPayloads {
		'reporting.send_reminders': Record<string, never>;
	}
}

/** Reminders by rule, on the morning of the day. Safe to run twice: nobody is told twice of one occasion. */
const sendRemindersJob = defineJob({
	name: 'reporting.send_reminders',
	queue: { retryLimit: 3, retryDelay: 300 },
	cron: '30 7 * * *',
	run: (ctx) => sendReminders(ctx)
});

/** Jobs of this module, for entry/jobs.ts. */
export const reportingJobs = [sendRemindersJob];
