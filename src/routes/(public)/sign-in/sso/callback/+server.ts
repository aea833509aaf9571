import { redirect } from '@sveltejs/kit';
import { sessionCookie, sessionCookieOptions, ssoCookieOptions } from '#lib/identity/cookies.ts';
import { finishSso, keep } from '#lib/server/identity/single-sign-on.ts';
import { enterLinked } from '#lib/server/organisation/sign-on-links.ts';
import { isDomainError } from '#lib/server/platform/errors.ts';
import type { RequestHandler } from './$types';

/** The browser is back from the provider: it enters, or confirms whose account is meant. */
export const GET: RequestHandler = async ({ locals: { ctx }, cookies, request, url }) => {
	const redirectUri = new URL('/sign-in/sso/callback', ctx.config.origin ?? url.origin).href;
	const kept = cookies.get('sso');
	cookies.delete('sso', ssoCookieOptions(url));
	const found = await finishSso(ctx.config, { address: url, redirectUri, kept, now: ctx.now }).catch(
		(error: unknown) => {
			if (isDomainError(error) && error.kind === 'unauthenticated') redirect(303, `/sign-in?reason=${error.code}`);
			throw error;
		}
	);
	const session = await enterLinked(ctx, found.proven, { userAgent: request.headers.get('user-agent') ?? undefined });
	if (!session) {
		cookies.set('sso', keep(ctx.config, found), ssoCookieOptions(url));
		redirect(303, '/sign-in/sso/link');
	}
	cookies.set(sessionCookie(url), session.token, sessionCookieOptions(url, session.expires));
	redirect(303, found.next);
};
