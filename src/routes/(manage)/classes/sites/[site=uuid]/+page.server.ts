import { fail } from '@sveltejs/kit';
import { SendListInput, SiteFactsInput, SiteListInput, SiteNumbersInput } from '#lib/training/site-input.ts';
import { findPeople } from '#lib/server/training/candidates.ts';
import { getClassChoices, listOwnRoster } from '#lib/server/training/choices.ts';
import {
	editSite,
	getSitePage,
	recordSiteNumbers,
	saveSiteList,
	sendSiteList
} from '#lib/server/training/site-list.ts';
import { can } from '#lib/server/identity/permissions.ts';
import { parseForm, readForm, refusal, tickedIn } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { ctx } = locals;
	const { unitPath, ...page } = await getSitePage(ctx, params.site);
	const isEditable = page.isOpen && can(ctx.actor, 'training:manage');
	return {
		...page,
		isEditable,
		roster: isEditable && !page.givesAggregates ? await listOwnRoster(ctx, unitPath) : { tooMany: false, people: [] },
		categories: isEditable && page.givesAggregates ? (await getClassChoices(ctx)).categories : []
	};
};

function typed(body: FormData) {
	const ticked = tickedIn(body, ['present', 'walkInNames', 'walkInBirthYears']);
	return { ticked, findText: String(body.get('findText') ?? '').trim() };
}

export const actions: Actions = {
	/** Looks for people of other units of the actor; what was ticked stays. */
	find: async ({ locals, request }) => {
		const body = await request.formData();
		const again = typed(body);
		const { findText: text, ticked } = again;
		return { ...again, found: await findPeople(locals.ctx, { text, chosen: ticked.present }), searched: text };
	},
	save: async ({ locals, params, request }) => {
		const body = await request.formData();
		const form = parseForm(body, SiteListInput);
		const again = typed(body);
		const found = await findPeople(locals.ctx, { chosen: again.ticked.present });
		if (!form.ok) return fail(400, { ...again, found, issues: form.issues });
		try {
			return { saved: await saveSiteList(locals.ctx, params.site, form.data) };
		} catch (error) {
			const [status, refused] = refusal(error);
			return fail(status, { ...again, found, ...refused });
		}
	},
	send: async ({ locals, params, request }) => {
		const form = await readForm(request, SendListInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			await sendSiteList(locals.ctx, params.site, form.data);
			return { isDone: true };
		} catch (error) {
			return fail(...refusal(error));
		}
	},
	numbers: async ({ locals, params, request }) => {
		const form = await readForm(request, SiteNumbersInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		try {
			await recordSiteNumbers(locals.ctx, params.site, form.data);
			return { isDone: true };
		} catch (error) {
			return fail(...refusal(error));
		}
	},
	facts: async ({ locals, params, request }) => {
		const form = await readForm(request, SiteFactsInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			await editSite(locals.ctx, params.site, form.data);
			return { isDone: true };
		} catch (error) {
			return fail(...refusal(error));
		}
	}
};
