import { sql } from 'drizzle-orm';
import { writeReason } from '#lib/assessment/flag-reason.ts';
import { today } from '../platform/context.ts';
import { defineJob } from '../platform/queue.ts';
import { sweepDroppedFiles } from './attempt-files.ts';
import { closeOverdue } from './close-overdue.ts';
import { flagCiting } from './flag-questions.ts';

declare module '../platform/queue.ts' {
	interface JobPayloads {
		'assessment.flag_expired': Record<string, never>;
		'assessment.sweep_files': Record<string, never>;
	}
}

/** Each night: questions whose cited rule or document is no longer in force are marked "cần rà soát". */
const flagExpired = defineJob({
	name: 'assessment.flag_expired',
	queue: { retryLimit: 2, retryDelay: 60 },
	cron: '10 0 * * *',
	async run(ctx) {
		const day = today(ctx);
		await ctx.db.transaction((tx) =>
			flagCiting(
				ctx,
				tx,
				sql`(c.valid_to < ${day}::date or exists (
					select 1 from legal_document d where d.id = c.document_id and d.effective_to < ${day}::date))
					and question.flagged_at is null and not exists (
						select 1 from question_step s where s.question_id = question.id and s.step = 'confirm'
							and s.at::date > coalesce(c.valid_to, (select d.effective_to from legal_document d where d.id = c.document_id)))`,
				writeReason({ kind: 'rule_expired' })
			)
		);
	}
});

/** At the end of each attempt that has one, and each minute in case that job was lost. */
const closeAttempts = defineJob({
	name: 'assessment.close_overdue',
	queue: { retryLimit: 5, retryDelay: 5 },
	cron: '* * * * *',
	async run(ctx, _, signal) {
		await closeOverdue(ctx, signal);
	}
});

/** Each night: files that were sent to a question and taken out of the answer again. */
const sweepFiles = defineJob({
	name: 'assessment.sweep_files',
	queue: { retryLimit: 2, retryDelay: 60 },
	cron: '20 1 * * *',
	async run(ctx, _, signal) {
		while (!signal.aborted && (await sweepDroppedFiles(ctx)) > 0);
	}
});

export const assessmentJobs = [flagExpired, closeAttempts, sweepFiles];
