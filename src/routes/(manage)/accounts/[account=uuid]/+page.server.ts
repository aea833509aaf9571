import { fail, redirect } from '@sveltejs/kit';
import { EndRoleInput, GrantInput, ViewAsInput } from '#lib/identity/input.ts';
import { mayView } from '#lib/server/identity/viewing.ts';
import { can } from '#lib/server/identity/permissions.ts';
import {
	closeAccount,
	endAccountSessions,
	endRole,
	getAccount,
	grantRole,
	listManagedUnits,
	removeAccountTwoStep
} from '#lib/server/organisation/accounts.ts';
import { beginViewing } from '#lib/server/privacy/view-as.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const DONE = ['granted', 'roleEnded', 'disabled', 'enabled', 'sessionsEnded', 'twoStepRemoved'] as const;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const canGrant = can(locals.ctx.actor, 'role:grant');
	const account = await getAccount(locals.ctx, params.account);
	const isOwn = locals.ctx.actor.kind === 'account' && locals.ctx.actor.accountId === params.account;
	const units = canGrant ? await listManagedUnits(locals.ctx) : [];
	return {
		account,
		canGrant,
		canView: !isOwn && account.state === 'active' && mayView(locals.ctx.actor, account.roles),
		units: units.map(({ id, name }) => ({ id, name })),
		done: DONE.find((what) => what === url.searchParams.get('done'))
	};
};

/** Does one thing to the account and shows its page again, saying so. */
async function then(done: (typeof DONE)[number], { params }: RequestEvent, change: () => Promise<void>) {
	try {
		await change();
	} catch (error) {
		return fail(...refusal(error));
	}
	redirect(303, `/accounts/${params.account}?done=${done}`);
}

export const actions: Actions = {
	disable: (event) => then('disabled', event, () => closeAccount(event.locals.ctx, event.params.account, true)),
	enable: (event) => then('enabled', event, () => closeAccount(event.locals.ctx, event.params.account, false)),
	endSessions: (event) =>
		then('sessionsEnded', event, () => endAccountSessions(event.locals.ctx, event.params.account)),
	removeTwoStep: (event) =>
		then('twoStepRemoved', event, () => removeAccountTwoStep(event.locals.ctx, event.params.account)),
	viewAs: async ({ locals, params, request }) => {
		const form = await readForm(request, ViewAsInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			if (locals.sessionId) {
				await beginViewing(locals.ctx, locals.sessionId, { accountId: params.account, ...form.data });
			}
		} catch (error) {
			return fail(...refusal(error));
		}
		redirect(303, '/');
	},
	grant: async (event) => {
		const form = await readForm(event.request, GrantInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		const accountId = event.params.account;
		return then('granted', event, () => grantRole(event.locals.ctx, { accountId, ...form.data }));
	},
	endRole: async (event) => {
		const form = await readForm(event.request, EndRoleInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		return then('roleEnded', event, () => endRole(event.locals.ctx, event.params.account, form.data.grantId));
	}
};
