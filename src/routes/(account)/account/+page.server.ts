import { fail, redirect } from '@sveltejs/kit';
import { sessionCookie } from '#lib/identity/cookies.ts';
import { endOwnSession, getOwnAccount, listOwnSessions, signOutEverywhereElse } from '#lib/server/identity/service.ts';
import { getOwnLink, unlinkOwn } from '#lib/server/organisation/sign-on-links.ts';
import { refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

const DONE = ['password', 'others', 'unlinked'] as const;

/** Whose session it is, where else the account is signed in. A session is named by the hash of its token. */
export const load: PageServerLoad = async ({ locals, url }) => {
	const sessions = await listOwnSessions(locals.ctx);
	return {
		own: await getOwnAccount(locals.ctx),
		link: await getOwnLink(locals.ctx),
		sessions: sessions.map(({ id, ...session }) => ({
			...session,
			id: id.toString('hex'),
			isThis: locals.sessionId !== undefined && id.equals(locals.sessionId)
		})),
		twoStep: locals.twoStep,
		done: DONE.find((what) => what === url.searchParams.get('done'))
	};
};

export const actions: Actions = {
	end: async ({ locals, request, cookies, url }) => {
		const id = String((await request.formData()).get('session') ?? '');
		if (!/^[0-9a-f]{64}$/.test(id)) return fail(400);
		const sessionId = Buffer.from(id, 'hex');
		await endOwnSession(locals.ctx, sessionId);
		if (!locals.sessionId?.equals(sessionId)) redirect(303, '/account');
		cookies.delete(sessionCookie(url), { path: '/' });
		redirect(303, '/sign-in');
	},
	unlink: async ({ locals }) => {
		try {
			await unlinkOwn(locals.ctx);
		} catch (error) {
			return fail(...refusal(error));
		}
		redirect(303, '/account?done=unlinked');
	},
	endOthers: async ({ locals }) => {
		if (locals.sessionId) await signOutEverywhereElse(locals.ctx, locals.sessionId);
		redirect(303, '/account?done=others');
	}
};
