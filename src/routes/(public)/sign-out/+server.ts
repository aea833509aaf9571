import { redirect } from '@sveltejs/kit';
import { sessionCookie } from '#lib/identity/cookies.ts';
import { signOut } from '#lib/server/identity/service.ts';
import type { RequestHandler } from './$types';

/** Ends this session on the server and clears what the browser keeps of it (ASVS 5.0, 7.4.1 and 14.3.1). */
export const POST: RequestHandler = async ({ locals, cookies, url, setHeaders }) => {
	if (locals.sessionId) await signOut(locals.ctx, locals.sessionId);
	cookies.delete(sessionCookie(url), { path: '/' });
	// "storage" stays: watch ranges not yet sent wait there, and they are bound to a participation, not to a session.
	setHeaders({ 'clear-site-data': '"cache"' });
	redirect(303, '/sign-in');
};

/** A link or a typed address only leads to where the button is. */
export const GET: RequestHandler = () => redirect(303, '/');
