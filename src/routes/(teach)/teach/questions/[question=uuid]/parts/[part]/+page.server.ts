import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { blankBody } from '#lib/assessment/blank-question.ts';
import { PartFormInput } from '#lib/assessment/input.ts';
import { newPartId } from '#lib/assessment/part-id.ts';
import { ATOMIC_TYPES } from '#lib/assessment/question.ts';
import { readBody } from '#lib/assessment/read-body.ts';
import { getPart, savePart } from '#lib/server/assessment/edit-parts.ts';
import { parseForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

const Type = v.fallback(v.picklist(ATOMIC_TYPES), 'single');

/** The part that the address means: one that is there, or a new one of the asked type. */
async function partOf({ locals, params, url }: Pick<Parameters<PageServerLoad>[0], 'locals' | 'params' | 'url'>) {
	const found = await getPart(locals.ctx, params.question, params.part);
	const body = blankBody(v.parse(Type, url.searchParams.get('type')));
	return { ...found, part: found.part ?? { id: '', stem: '', body, explanation: '', weight: 1 } };
}

export const load: PageServerLoad = async (event) => ({
	...(await partOf(event)),
	blankIds: Array.from({ length: 6 }, newPartId)
});

export const actions: Actions = {
	default: async (event) => {
		const { locals, params, request } = event;
		const { part } = await partOf(event);
		const posted = await request.formData();
		const body = readBody(part.body.type, posted, part.body);
		const form = parseForm(posted, PartFormInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values, body });
		const { lockVersion, ...facts } = form.data;
		try {
			await savePart(locals.ctx, params.question, lockVersion, { ...facts, body, ...(part.id && { partId: part.id }) });
		} catch (error) {
			const [status, said] = refusal(error);
			return fail(status, { ...said, values: { stem: facts.stem, explanation: facts.explanation }, body });
		}
		redirect(303, `/teach/questions/${params.question}/edit`);
	}
};
