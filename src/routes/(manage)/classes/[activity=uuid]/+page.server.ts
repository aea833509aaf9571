import { fail, redirect } from '@sveltejs/kit';
import type * as v from 'valibot';
import {
	AggregateResultInput,
	EndClassInput,
	EvidenceInput,
	JoinParentInput,
	OutcomeInput,
	ReasonInput,
	RemoveInput,
	RestoreInput,
	VoidAggregateInput,
	VoidEvidenceInput
} from '#lib/training/input.ts';
import { listAggregateUnits, recordAggregateResult, voidAggregateResult } from '#lib/server/training/aggregates.ts';
import { getClassPage } from '#lib/server/training/class-page.ts';
import { addEvidence, voidEvidence } from '#lib/server/training/evidence.ts';
import { joinParent } from '#lib/server/training/join-parent.ts';
import { cancelClass, endClass, moveClass, reopenClass } from '#lib/server/training/lifecycle.ts';
import { recordOutcomes } from '#lib/server/training/outcomes.ts';
import { removeFromClass, restoreParticipation } from '#lib/server/training/summon.ts';
import { countIssued } from '#lib/server/certificates/class-page.ts';
import { getClassProgress } from '#lib/server/learning/class-progress.ts';
import { listClassQuizzes } from '#lib/server/learning/quiz-board.ts';
import { hasScormLessons } from '#lib/server/learning/scorm-results.ts';
import { can } from '#lib/server/identity/permissions.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const PARTICIPANTS_PER_PAGE = 100;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { ctx } = locals;
	const { participants, ...page } = await getClassPage(ctx, params.activity);
	const number = Math.max(1, Number(url.searchParams.get('page')) || 1);
	return {
		...page,
		participantCount: participants.length,
		participants: participants.slice((number - 1) * PARTICIPANTS_PER_PAGE, number * PARTICIPANTS_PER_PAGE),
		page: number,
		pageCount: Math.ceil(participants.length / PARTICIPANTS_PER_PAGE),
		progress: await getClassProgress(ctx, params.activity),
		quizzes: await listClassQuizzes(ctx, params.activity),
		certificateCount: await countIssued(ctx, params.activity),
		hasScorm: await hasScormLessons(ctx, page.activity.courseVersionId),
		hasSurvey: page.activity.source === 'own' && can(ctx.actor, 'survey:read'),
		aggregateUnits: page.isEditable ? await listAggregateUnits(ctx) : []
	};
};

/** Reads one form, does one thing and says what came of it; `did` tells the page which form it was. */
function action<S extends v.GenericSchema>(
	did: string,
	schema: S,
	act: (ctx: Context, activityId: string, data: v.InferOutput<S>) => Promise<unknown>
) {
	return async ({ locals, params, request }: RequestEvent) => {
		const form = await readForm(request, schema);
		if (!form.ok) return fail(400, { did, issues: form.issues, values: form.values });
		try {
			await act(locals.ctx, params.activity, form.data);
			return { did, isDone: true };
		} catch (error) {
			const [status, refused] = refusal(error);
			return fail(status, { did, ...refused });
		}
	};
}

/** A change of the class as a whole that asks nothing. */
const step =
	(did: 'begin' | 'report' | 'return' | 'lock') =>
	async ({ locals, params }: RequestEvent) => {
		try {
			await moveClass(locals.ctx, params.activity, did);
			return { did, isDone: true };
		} catch (error) {
			const [status, refused] = refusal(error);
			return fail(status, { did, ...refused });
		}
	};

export const actions: Actions = {
	begin: step('begin'),
	report: step('report'),
	return: step('return'),
	lock: step('lock'),
	end: action('end', EndClassInput, (ctx, id, { endedOn }) => endClass(ctx, id, endedOn)),
	reopen: action('reopen', ReasonInput, (ctx, id, { reason }) => reopenClass(ctx, id, reason)),
	cancel: action('cancel', ReasonInput, (ctx, id, { reason }) => cancelClass(ctx, id, reason)),
	remove: action('remove', RemoveInput, (ctx, _, data) => removeFromClass(ctx, data)),
	restore: action('restore', RestoreInput, (ctx, _, { participationId }) => restoreParticipation(ctx, participationId)),
	outcome: action('outcome', OutcomeInput, recordOutcomes),
	evidence: action('evidence', EvidenceInput, addEvidence),
	removeEvidence: action('removeEvidence', VoidEvidenceInput, voidEvidence),
	join: async ({ locals, params, request }) => {
		const form = await readForm(request, JoinParentInput);
		if (!form.ok) return fail(400, { did: 'join', issues: form.issues });
		let siteId: string;
		try {
			({ siteId } = await joinParent(locals.ctx, params.activity, form.data));
		} catch (error) {
			const [status, refused] = refusal(error);
			return fail(status, { did: 'join', ...refused });
		}
		redirect(303, `/classes/sites/${siteId}`);
	},
	numbers: action('numbers', AggregateResultInput, recordAggregateResult),
	removeNumbers: action('removeNumbers', VoidAggregateInput, voidAggregateResult)
};
