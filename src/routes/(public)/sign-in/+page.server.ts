import { fail, redirect } from '@sveltejs/kit';
import { sessionCookie, sessionCookieOptions } from '#lib/identity/cookies.ts';
import { SignInInput } from '#lib/identity/input.ts';
import { localPath } from '#lib/identity/local-path.ts';
import { signIn } from '#lib/server/identity/service.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

const REASONS = [
	...['identity.session_expired', 'identity.sign_in_required'],
	...['identity.sso_failed', 'identity.sso_unreachable']
];

export const load: PageServerLoad = ({ locals, url }) => {
	const next = localPath(url.searchParams.get('next'));
	if (locals.ctx.actor.kind === 'account') redirect(303, next);
	const reason = REASONS.find((code) => code === url.searchParams.get('reason'));
	return { next, reason, sso: locals.ctx.config.sso?.name };
};

export const actions: Actions = {
	default: async ({ locals, request, cookies, url }) => {
		const form = await readForm(request, SignInInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		try {
			const userAgent = request.headers.get('user-agent') ?? undefined;
			const { token, expires } = await signIn(locals.ctx, form.data, { userAgent });
			cookies.set(sessionCookie(url), token, sessionCookieOptions(url, expires));
		} catch (error) {
			const [status, said] = refusal(error);
			return fail(status, { ...said, values: { name: form.data.name } });
		}
		redirect(303, localPath(url.searchParams.get('next')));
	}
};
