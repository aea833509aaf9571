import { fail, redirect } from '@sveltejs/kit';
import { sessionCookie, sessionCookieOptions } from '#lib/identity/cookies.ts';
import { CodeInput } from '#lib/identity/input.ts';
import { localPath } from '#lib/identity/local-path.ts';
import { finishSignIn, waitsForSecondStep } from '#lib/server/identity/two-step.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

/** The second step of a sign-in whose password was right. */
export const load: PageServerLoad = async ({ locals, cookies, url }) => {
	if (!(await waitsForSecondStep(locals.ctx, cookies.get(sessionCookie(url))))) redirect(303, '/sign-in');
};

export const actions: Actions = {
	default: async ({ locals, request, cookies, url }) => {
		const form = await readForm(request, CodeInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			const userAgent = request.headers.get('user-agent') ?? undefined;
			const waiting = cookies.get(sessionCookie(url)) ?? '';
			const { token, expires } = await finishSignIn(locals.ctx, waiting, form.data.code, { userAgent });
			cookies.set(sessionCookie(url), token, sessionCookieOptions(url, expires));
		} catch (error) {
			return fail(...refusal(error));
		}
		redirect(303, localPath(url.searchParams.get('next')));
	}
};
