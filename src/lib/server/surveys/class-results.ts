import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { isSampleEnough, type LevelCounts, QUESTIONS, satisfied, SHOWN_FROM } from '#lib/surveys/survey.ts';
import { authorise, can } from '../identity/permissions.ts';
import type { Context } from '../platform/context.ts';
import { today } from '../platform/context.ts';
import { getClass, type TrainingClass } from '../training/access.ts';
import { participations } from '../training/tables.ts';
import { closesOn, listSlipTokens, takesForms } from './forms.ts';
import { surveyResponses, surveyTickets } from './tables.ts';

/**
 * What the forms of a class say; nothing of it from fewer than {@link SHOWN_FROM} responses.
 * @throws {DomainError} `not_found` outside the actor's units
 */
export async function getClassSurvey(ctx: Context, activityId: string) {
	const activity = await getClass(ctx.db, authorise(ctx.actor, 'survey:read'), activityId);
	const [people, levels, slips] = await Promise.all([
		peopleOf(ctx, activityId),
		levelsOf(ctx, activityId),
		ctx.db.$count(surveyTickets, and(eq(surveyTickets.activityId, activityId), eq(surveyTickets.channel, 'slip')))
	]);
	const { returned } = levels;
	const isShown = returned >= SHOWN_FROM;
	return {
		activity: { id: activity.id, title: activity.title, organiserName: activity.organiserName },
		...people,
		returned,
		slips,
		questions: isShown ? levels.questions : [],
		share: isShown ? satisfied(levels.questions[4]?.counts ?? [0, 0, 0, 0, 0]) : null,
		isSampleEnough: isSampleEnough(returned, people.issued),
		comments: isShown ? await commentsOf(ctx, activityId) : [],
		closesOn: closesOn(activity),
		isOpen: takesForms(activity, today(ctx)),
		canManage: can(ctx.actor, 'survey:manage')
	};
}

/** Slips of a class to print. @throws {DomainError} `not_found` outside the actor's units */
export async function getSlips(
	ctx: Context,
	activityId: string
): Promise<{ activity: TrainingClass; tokens: string[] }> {
	const activity = await getClass(ctx.db, authorise(ctx.actor, 'survey:manage'), activityId);
	return { activity, tokens: await listSlipTokens(ctx, activityId) };
}

/** People of the class, those who attended, and those who were given a form. */
async function peopleOf({ db }: Context, activityId: string) {
	const [row] = await db
		.select({
			listed: sql<number>`count(*)::int`,
			attended: sql<number>`count(*) filter (where ${participations.attendedOn} is not null
				or ${participations.completedOn} is not null)::int`,
			issued: sql<number>`count(${surveyTickets.participationId})::int`
		})
		.from(participations)
		.leftJoin(surveyTickets, eq(surveyTickets.participationId, participations.id))
		.where(and(eq(participations.activityId, activityId), sql`${participations.voidedAt} is null`));
	return row ?? { listed: 0, attended: 0, issued: 0 };
}

async function levelsOf({ db }: Context, activityId: string) {
	const rows = await db
		.select({
			content: surveyResponses.content,
			lecturer: surveyResponses.lecturer,
			material: surveyResponses.material,
			organisation: surveyResponses.organisation,
			overall: surveyResponses.overall
		})
		.from(surveyResponses)
		.where(eq(surveyResponses.activityId, activityId));
	const questions = QUESTIONS.map((question) => {
		const counts: [number, number, number, number, number] = [0, 0, 0, 0, 0];
		for (const row of rows) counts[(row[question] - 1) as 0 | 1 | 2 | 3 | 4]++;
		return { question, counts: counts as LevelCounts };
	});
	return { returned: rows.length, questions };
}

/** In the order of random ids: not in the order in which they came. */
function commentsOf({ db }: Context, activityId: string) {
	return db
		.select({ id: surveyResponses.id, text: sql<string>`${surveyResponses.comment}` })
		.from(surveyResponses)
		.where(and(eq(surveyResponses.activityId, activityId), isNotNull(surveyResponses.comment)))
		.orderBy(surveyResponses.id);
}
