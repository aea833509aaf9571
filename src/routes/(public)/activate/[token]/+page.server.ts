import { fail, redirect } from '@sveltejs/kit';
import { sessionCookie, sessionCookieOptions } from '#lib/identity/cookies.ts';
import { ActivateInput } from '#lib/identity/input.ts';
import { openSlip, useSlip } from '#lib/server/identity/service.ts';
import { slipUnitName } from '#lib/server/organisation/accounts.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

/**
 * What a slip opens. Looking uses nothing up, since Zalo and browsers fetch links to preview them. The address holds a
 * secret (documented exception of ASVS 5.0, 14.2.1): it is never kept, logged or sent on as a referrer.
 */
export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' });
	const slip = await openSlip(locals.ctx, params.token);
	if (!slip) return { slip: null };
	const { displayName, username, purpose, personId } = slip;
	return { slip: { displayName, username, purpose, unitName: await slipUnitName(locals.ctx, personId) } };
};

export const actions: Actions = {
	default: async ({ locals, params, request, cookies, url }) => {
		const form = await readForm(request, ActivateInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		try {
			const userAgent = request.headers.get('user-agent') ?? undefined;
			const { token, expires } = await useSlip(locals.ctx, params.token, form.data, { userAgent });
			cookies.set(sessionCookie(url), token, sessionCookieOptions(url, expires));
		} catch (error) {
			const [status, said] = refusal(error);
			return fail(status, { ...said, values: { username: form.data.username ?? '' } });
		}
		redirect(303, '/');
	}
};
