import { fail } from '@sveltejs/kit';
import { ApiKeyInput, PublishInput, RevokeKeyInput } from '#lib/sharing/scopes.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import { createApiKey, listApiKeys, revokeApiKey } from '#lib/server/sharing/keys.ts';
import { publicSets, switchPublicSet } from '#lib/server/sharing/publish.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => ({
	...(await listApiKeys(locals.ctx)),
	published: await publicSets(locals.ctx.db),
	origin: url.origin
});

export const actions: Actions = {
	create: async ({ locals, request, setHeaders }) => {
		const form = await readForm(request, ApiKeyInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		setHeaders({ 'cache-control': 'no-store' });
		try {
			return await createApiKey(locals.ctx, form.data);
		} catch (error) {
			return fail(...refusal(error));
		}
	},
	revoke: async ({ locals, request }) => {
		const form = await readForm(request, RevokeKeyInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			await revokeApiKey(locals.ctx, form.data.keyId);
		} catch (error) {
			return fail(...refusal(error));
		}
		return { isRevoked: true };
	},
	publish: async ({ locals, request }) => {
		const form = await readForm(request, PublishInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			await switchPublicSet(locals.ctx, form.data.set, form.data.isOn);
		} catch (error) {
			return fail(...refusal(error));
		}
		return { isSwitched: true };
	}
};
