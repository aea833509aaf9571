import { fail } from '@sveltejs/kit';
import { SlipInput, UnitSlipsInput } from '#lib/identity/input.ts';
import { drawQr } from '#lib/server/identity/slip-qr.ts';
import {
	issueSlip,
	issueUnitSlips,
	listAccounts,
	listOperators,
	type Slip
} from '#lib/server/organisation/accounts.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import { accountFilterOf } from './filter.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { units, unit, filter } = await accountFilterOf(locals.ctx, url);
	return {
		...(await listAccounts(locals.ctx, filter)),
		operators: await listOperators(locals.ctx),
		units: units.map(({ id, name }) => ({ id, name })),
		filter: { q: filter.text ?? '', unit: unit?.id ?? '', state: filter.state ?? '' }
	};
};

/** The slips go out in the answer to the form and nowhere else: a reload asks for new ones. */
function toPrint(origin: string, slips: readonly Slip[]) {
	return {
		address: `${new URL(origin).host}/activate`,
		slips: slips.map(({ accountId, ...slip }) => ({
			...slip,
			id: accountId,
			qr: drawQr(`${origin}/activate/${slip.secret.replaceAll('-', '')}`)
		}))
	};
}

export const actions: Actions = {
	slip: async ({ locals, request, url, setHeaders }) => {
		const form = await readForm(request, SlipInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		setHeaders({ 'cache-control': 'no-store' });
		try {
			return toPrint(url.origin, [await issueSlip(locals.ctx, form.data.personId)]);
		} catch (error) {
			return fail(...refusal(error));
		}
	},
	unit: async ({ locals, request, url, setHeaders }) => {
		const form = await readForm(request, UnitSlipsInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		setHeaders({ 'cache-control': 'no-store' });
		try {
			return toPrint(url.origin, await issueUnitSlips(locals.ctx, form.data));
		} catch (error) {
			return fail(...refusal(error));
		}
	}
};
