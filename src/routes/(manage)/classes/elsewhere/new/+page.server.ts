import { fail, redirect } from '@sveltejs/kit';
import { ClaimInput } from '#lib/training/elsewhere-input.ts';
import { claimFor, getClaimant } from '#lib/server/training/elsewhere/claim.ts';
import { listClaimTopics } from '#lib/server/training/elsewhere/lists.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The person the address names; people are chosen on the roster. */
function personOf(url: URL): string | undefined {
	return UUID.exec(url.searchParams.get('person') ?? '')?.[0];
}

export const load: PageServerLoad = async ({ locals, url }) => {
	const person = await getClaimant(locals.ctx, personOf(url));
	if (!person) redirect(303, '/people');
	return { person, topics: await listClaimTopics(locals.ctx) };
};

export const actions: Actions = {
	default: async ({ locals, request, url }) => {
		const form = await readForm(request, ClaimInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		const personId = personOf(url);
		if (!personId) return fail(400, { code: 'form.choice', params: {} });
		try {
			await claimFor(locals.ctx, personId, form.data);
		} catch (refused) {
			return fail(...refusal(refused));
		}
		redirect(303, '/classes/elsewhere?sent');
	}
};
