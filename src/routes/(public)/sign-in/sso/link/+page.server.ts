import { fail, redirect, type Cookies } from '@sveltejs/kit';
import { sessionCookie, sessionCookieOptions, ssoCookieOptions } from '#lib/identity/cookies.ts';
import { LinkInput } from '#lib/identity/input.ts';
import type { NewSession } from '#lib/server/identity/sessions.ts';
import { reopen, type Waiting } from '#lib/server/identity/single-sign-on.ts';
import { findMatch, linkMatch, linkWithPassword } from '#lib/server/organisation/sign-on-links.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { parseForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

function waiting(ctx: Context, cookies: Cookies): Waiting {
	const found = reopen<Waiting>(ctx.config, cookies.get('sso'), ctx.now);
	if (!found?.proven) redirect(303, '/sign-in?reason=identity.sso_failed');
	return found;
}

export const load: PageServerLoad = async ({ locals: { ctx }, cookies, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store' });
	const match = await findMatch(ctx, waiting(ctx, cookies).proven);
	return { match: match && { fullName: match.fullName, unitName: match.unitName, needsPassword: match.needsPassword } };
};

function enter(cookies: Cookies, url: URL, { token, expires }: NewSession, next: string): never {
	cookies.delete('sso', ssoCookieOptions(url));
	cookies.set(sessionCookie(url), token, sessionCookieOptions(url, expires));
	redirect(303, next);
}

export const actions: Actions = {
	confirm: async ({ locals: { ctx }, cookies, request, url }) => {
		const { proven, next } = waiting(ctx, cookies);
		let session: NewSession;
		try {
			session = await linkMatch(ctx, proven, { userAgent: request.headers.get('user-agent') ?? undefined });
		} catch (error) {
			return fail(...refusal(error));
		}
		return enter(cookies, url, session, next);
	},
	password: async ({ locals: { ctx }, cookies, request, url }) => {
		const { proven, next } = waiting(ctx, cookies);
		const form = parseForm(await request.formData(), LinkInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		let session: NewSession;
		try {
			const device = { userAgent: request.headers.get('user-agent') ?? undefined };
			session = await linkWithPassword(ctx, proven, form.data, device);
		} catch (error) {
			const [status, said] = refusal(error);
			return fail(status, { ...said, values: { name: form.data.name } });
		}
		return enter(cookies, url, session, next);
	}
};
