import { redirect } from '@sveltejs/kit';
import { ssoCookieOptions } from '#lib/identity/cookies.ts';
import { localPath } from '#lib/identity/local-path.ts';
import { beginSso } from '#lib/server/identity/single-sign-on.ts';
import { isDomainError } from '#lib/server/platform/errors.ts';
import type { RequestHandler } from './$types';

/** Sends the browser to the provider. */
export const GET: RequestHandler = async ({ locals: { ctx }, cookies, url }) => {
	const redirectUri = new URL('/sign-in/sso/callback', ctx.config.origin ?? url.origin).href;
	const next = localPath(url.searchParams.get('next'));
	const begun = await beginSso(ctx.config, { redirectUri, next, now: ctx.now }).catch((error: unknown) => {
		if (isDomainError(error) && error.kind === 'unauthenticated') redirect(303, `/sign-in?reason=${error.code}`);
		throw error;
	});
	cookies.set('sso', begun.kept, ssoCookieOptions(url));
	redirect(303, begun.address.href);
};
