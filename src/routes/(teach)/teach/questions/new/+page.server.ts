import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { blankQuestion } from '#lib/assessment/blank-question.ts';
import { newPartId } from '#lib/assessment/part-id.ts';
import { QUESTION_TYPES } from '#lib/assessment/question.ts';
import { readQuestionForm } from '#lib/assessment/read-question.ts';
import { getChoices } from '#lib/server/assessment/question-page.ts';
import { addQuestions } from '#lib/server/assessment/write-question.ts';
import { refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

const Type = v.fallback(v.optional(v.picklist(QUESTION_TYPES)), undefined);

export const load: PageServerLoad = async ({ locals, url }) => {
	const type = v.parse(Type, url.searchParams.get('type') ?? undefined);
	return {
		question: type && blankQuestion(type),
		blankIds: Array.from({ length: 6 }, newPartId),
		...(await getChoices(locals.ctx))
	};
};

export const actions: Actions = {
	default: async ({ locals, request, url }) => {
		const type = v.parse(Type, url.searchParams.get('type') ?? undefined);
		if (!type) return fail(400, { code: 'form.choice' });
		const posted = await request.formData();
		const unitId = String(posted.get('unitId') ?? '');
		const isShared = posted.has('isShared');
		const read = readQuestionForm(type, posted);
		const typed = { question: read.question, unitId, isShared };
		if (!read.ok) return fail(400, { ...typed, issues: read.issues });
		let id: string | undefined;
		try {
			[id] = await addQuestions(locals.ctx, { unitId, isShared }, [read.question]);
		} catch (error) {
			const [status, said] = refusal(error);
			return fail(status, { ...typed, ...said });
		}
		redirect(303, `/teach/questions/${id}`);
	}
};
