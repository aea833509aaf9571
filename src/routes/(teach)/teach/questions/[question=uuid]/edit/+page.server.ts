import { fail, redirect } from '@sveltejs/kit';
import { MediaInput, PartRemoval } from '#lib/assessment/input.ts';
import { newPartId } from '#lib/assessment/part-id.ts';
import { readQuestionForm } from '#lib/assessment/read-question.ts';
import { attachMedia, removePart } from '#lib/server/assessment/edit-parts.ts';
import { getQuestionForEdit } from '#lib/server/assessment/question-page.ts';
import { saveQuestion } from '#lib/server/assessment/write-question.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
	...(await getQuestionForEdit(locals.ctx, params.question)),
	blankIds: Array.from({ length: 6 }, newPartId)
});

export const actions: Actions = {
	save: async ({ locals, params, request }) => {
		const { content } = await getQuestionForEdit(locals.ctx, params.question);
		const posted = await request.formData();
		const [isShared, lockVersion] = [posted.has('isShared'), Number(posted.get('lockVersion'))];
		const read = readQuestionForm(content.body.type, posted, content.body);
		const typed = { at: 'save', question: read.question, isShared };
		if (!read.ok) return fail(400, { ...typed, issues: read.issues });
		try {
			await saveQuestion(locals.ctx, params.question, { ...read.question, isShared, lockVersion });
		} catch (error) {
			const [status, said] = refusal(error);
			return fail(status, { ...typed, ...said });
		}
		redirect(303, `/teach/questions/${params.question}?saved`);
	},
	media: async ({ locals, params, request }) => {
		const form = await readForm(request, MediaInput);
		if (!form.ok) return fail(400, { at: 'media', mediaIssues: form.issues });
		try {
			await attachMedia(locals.ctx, params.question, form.data);
		} catch (error) {
			const [status, said] = refusal(error);
			return fail(status, { at: 'media', ...said });
		}
		return { at: 'media', isAdded: true };
	},
	removePart: async ({ locals, params, request }) => {
		const form = await readForm(request, PartRemoval);
		if (!form.ok) return fail(400, { at: 'parts', code: 'form.stale' });
		try {
			await removePart(locals.ctx, params.question, form.data.lockVersion, form.data.partId);
		} catch (error) {
			const [status, said] = refusal(error);
			return fail(status, { at: 'parts', ...said });
		}
		return { at: 'parts' };
	}
};
