import { fail, redirect } from '@sveltejs/kit';
import type * as v from 'valibot';
import { AffiliateInput, EndMembershipInput, LeaveUnitInput, MembershipInput } from '#lib/organisation/input.ts';
import { addMembership, affiliate, endMembership, leaveUnit } from '#lib/server/organisation/affiliations.ts';
import { getPersonPage, listPersonChoices } from '#lib/server/organisation/people-pages.ts';
import { readPersonalNumberOf } from '#lib/server/organisation/people.ts';
import { today } from '#lib/server/platform/context.ts';
import { parseForm, refusal } from '#lib/server/platform/forms.ts';
import { listTrainingOf } from '#lib/server/training/person-training.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const page = await getPersonPage(locals.ctx, params.person);
	// An address kept from before a merger leads to the person as they are now.
	if (page.person.id !== params.person) redirect(308, `/people/${page.person.id}`);
	const choices = page.mayManage ? await listPersonChoices(locals.ctx) : { units: [], categories: [] };
	return { ...page, choices, day: today(locals.ctx), training: await listTrainingOf(locals.ctx, params.person) };
};

/** The forms of the page answer alike; `which` says where to show the answer. */
async function answer<S extends v.GenericSchema>(
	{ request, params }: { request: Request; params: { person: string } },
	which: string,
	schema: S,
	change: (input: v.InferOutput<S>) => Promise<unknown>
) {
	const posted = await request.formData();
	posted.set('personId', params.person);
	const form = parseForm(posted, schema);
	if (!form.ok) return fail(400, { which, issues: form.issues, values: form.values });
	try {
		await change(form.data);
	} catch (error) {
		const [status, said] = refusal(error);
		const values = Object.fromEntries([...posted].filter(([, value]) => typeof value === 'string'));
		return fail(status, { which, ...said, values: values as Record<string, string> });
	}
	return { which };
}

export const actions: Actions = {
	transfer: (event) => answer(event, 'transfer', AffiliateInput, (input) => affiliate(event.locals.ctx, input)),
	leave: (event) => answer(event, 'leave', LeaveUnitInput, (input) => leaveUnit(event.locals.ctx, input)),
	join: (event) => answer(event, 'join', MembershipInput, (input) => addMembership(event.locals.ctx, input)),
	end: (event) => answer(event, 'end', EndMembershipInput, (input) => endMembership(event.locals.ctx, input)),
	reveal: async ({ locals, params }) => {
		try {
			return { which: 'reveal', wholeNumber: await readPersonalNumberOf(locals.ctx, params.person) };
		} catch (error) {
			const [status, said] = refusal(error);
			return fail(status, { which: 'reveal', ...said });
		}
	}
};
