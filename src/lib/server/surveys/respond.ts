import { eq, sql } from 'drizzle-orm';
import type { ResponseInput } from '#lib/surveys/input.ts';
import { type Context, today } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { trainingActivities } from '../training/tables.ts';
import { takesForms } from './forms.ts';
import { classSurveys, surveyResponses } from './tables.ts';
import { readToken } from './token.ts';

/**
 * The class that a form's code belongs to. Needs no session: whoever holds the code holds the form.
 * @throws {DomainError} `not_found` for a code that was never made; `conflict` when it was used or the class is closed
 */
export async function openForm(ctx: Context, typed: string) {
	const token = readToken(ctx.config, typed);
	if (!token) throw new DomainError('not_found', 'surveys.no_form');
	const [activity] = await ctx.db
		.select({
			activityId: trainingActivities.id,
			title: trainingActivities.title,
			lecturers: trainingActivities.lecturers,
			mode: trainingActivities.mode,
			status: trainingActivities.status,
			endedOn: trainingActivities.endedOn,
			isUsed: sql<boolean>`exists (select 1 from ${surveyResponses} where ${surveyResponses.tokenHash} = ${token.hash})`
		})
		.from(classSurveys)
		.innerJoin(trainingActivities, eq(trainingActivities.id, classSurveys.activityId))
		.where(eq(classSurveys.code, token.classCode));
	if (!activity) throw new DomainError('not_found', 'surveys.no_form');
	if (activity.isUsed) throw new DomainError('conflict', 'surveys.used');
	if (!takesForms(activity, today(ctx))) throw new DomainError('conflict', 'surveys.closed');
	return { activityId: activity.activityId, title: activity.title, lecturers: activity.lecturers, hash: token.hash };
}

/**
 * Takes a form. No audit event: it would hold a time and an address, and forms are anonymous (docs/adr/0032).
 * @throws {DomainError} as {@link openForm}
 */
export async function answerForm(ctx: Context, typed: string, answers: ResponseInput): Promise<void> {
	const { activityId, hash } = await openForm(ctx, typed);
	const [taken] = await ctx.db
		.insert(surveyResponses)
		.values({ activityId, tokenHash: hash, ...answers })
		.onConflictDoNothing()
		.returning({ id: surveyResponses.id });
	if (!taken) throw new DomainError('conflict', 'surveys.used');
}
