import { fail, redirect } from '@sveltejs/kit';
import { AddPersonInput, AffiliateInput } from '#lib/organisation/input.ts';
import { takeIn } from '#lib/server/organisation/affiliations.ts';
import { listPersonChoices } from '#lib/server/organisation/people-pages.ts';
import { addPerson } from '#lib/server/organisation/people.ts';
import { today } from '#lib/server/platform/context.ts';
import { parseForm, refusal } from '#lib/server/platform/forms.ts';
import { readPersonalNumber } from '#lib/text/personal-number.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => ({
	...(await listPersonChoices(locals.ctx)),
	unitId: url.searchParams.get('unit') ?? '',
	day: today(locals.ctx)
});

/** What was typed, to be shown again; the personal number has to be typed anew. */
function typed(form: FormData) {
	const values: Record<string, string> = {};
	for (const [key, value] of form) {
		if (typeof value === 'string' && key !== 'personalNumber' && key !== 'categories[]') values[key] = value;
	}
	return { values, chosen: form.getAll('categories[]').map(String) };
}

export const actions: Actions = {
	add: async ({ locals, request }) => {
		const posted = await request.formData();
		const form = parseForm(posted, AddPersonInput);
		if (!form.ok) return fail(400, { issues: form.issues, ...typed(posted) });
		let personId: string;
		try {
			const result = await addPerson(locals.ctx, form.data);
			if ('duplicates' in result) return fail(409, { duplicates: result.duplicates, ...typed(posted) });
			personId = result.personId;
		} catch (error) {
			const [status, said] = refusal(error);
			return fail(status, { ...said, ...typed(posted) });
		}
		redirect(303, `/people/${personId}`);
	},
	takeIn: async ({ locals, request }) => {
		const posted = await request.formData();
		const form = parseForm(posted, AffiliateInput);
		const number = readPersonalNumber(String(posted.get('personalNumber') ?? ''))?.digits;
		if (!form.ok) return fail(400, { issues: form.issues, ...typed(posted) });
		try {
			await takeIn(locals.ctx, { ...form.data, personalNumber: number ?? '' });
		} catch (error) {
			const [status, said] = refusal(error);
			return fail(status, { ...said, ...typed(posted) });
		}
		redirect(303, `/people/${form.data.personId}`);
	}
};
