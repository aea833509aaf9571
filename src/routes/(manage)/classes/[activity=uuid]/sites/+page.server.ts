import { fail } from '@sveltejs/kit';
import type * as v from 'valibot';
import { SUBUNIT_TYPES } from '#lib/organisation/words.ts';
import { InviteInput, SiteReasonInput } from '#lib/training/site-input.ts';
import {
	getSitesPage,
	inviteMatching,
	inviteUnits,
	remindSites,
	removeSite,
	returnSiteList
} from '#lib/server/training/sites.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

function filterOf(url: URL) {
	const text = url.searchParams.get('q')?.trim() || undefined;
	return { text, type: SUBUNIT_TYPES.find((type) => type === url.searchParams.get('type')) };
}

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const filter = filterOf(url);
	return { ...(await getSitesPage(locals.ctx, params.activity, filter)), filter, origin: url.origin };
};

function action<S extends v.GenericSchema>(
	schema: S,
	act: (ctx: Context, activityId: string, data: v.InferOutput<S>, url: URL) => Promise<object | void>
) {
	return async ({ locals, params, request, url }: RequestEvent) => {
		const form = await readForm(request, schema);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			return { isDone: true, ...(await act(locals.ctx, params.activity, form.data, url)) };
		} catch (error) {
			return fail(...refusal(error));
		}
	};
}

export const actions: Actions = {
	invite: action(InviteInput, (ctx, id, { which, unitIds, mode }, url) =>
		which === 'matching' ? inviteMatching(ctx, id, filterOf(url), mode) : inviteUnits(ctx, id, { unitIds, mode })
	),
	remove: action(SiteReasonInput, removeSite),
	return: action(SiteReasonInput, returnSiteList),
	remind: async ({ locals, params }) => {
		try {
			return { isDone: true, ...(await remindSites(locals.ctx, params.activity)) };
		} catch (error) {
			return fail(...refusal(error));
		}
	}
};
