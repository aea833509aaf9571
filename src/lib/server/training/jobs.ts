import { defineJob } from '../platform/queue.ts';
import { carryOutDuePlans } from './reorganisation/service.ts';
import { remindOfReview } from './roster-review.ts';
import { compactTallies } from './tallies.ts';

declare module '../platform/queue.ts' {
	interface JobPayloads {
		'training.carry_out_reorganisations': Record<string, never>;
		'training.remind_of_review': Record<string, never>;
		'training.compact_tallies': Record<string, never>;
	}
}

/** Arranges units anew on the day a decision takes effect. Safe to run twice: a plan is carried out once. */
const carryOutReorganisationsJob = defineJob({
	name: 'training.carry_out_reorganisations',
	queue: { retryLimit: 3, retryDelay: 60 },
	cron: '5 0 * * *',
	run: (ctx) => carryOutDuePlans(ctx)
});

/** On 1 September units are asked to go through their rapporteurs and propagandists. */
const remindOfReviewJob = defineJob({
	name: 'training.remind_of_review',
	queue: { retryLimit: 3, retryDelay: 60 },
	cron: '30 7 1 9 *',
	run: (ctx) => remindOfReview(ctx)
});

/** A row per key again of the day's differences. Figures are the same before, meanwhile and after. */
const compactTalliesJob = defineJob({
	name: 'training.compact_tallies',
	queue: { retryLimit: 3, retryDelay: 60 },
	cron: '20 2 * * *',
	run: compactTallies
});

/** Jobs of this module, for entry/jobs.ts. */
export const trainingJobs = [carryOutReorganisationsJob, remindOfReviewJob, compactTalliesJob];
