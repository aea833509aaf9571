import { randomUUID } from 'node:crypto';
import { fail, redirect } from '@sveltejs/kit';
import { RecordHeldClassInput } from '#lib/training/input.ts';
import { findPeople } from '#lib/server/training/candidates.ts';
import { getClassChoices, listOwnRoster } from '#lib/server/training/choices.ts';
import { listRecentFacts } from '#lib/server/training/class-list.ts';
import { recordHeldClass } from '#lib/server/training/held-class.ts';
import { today } from '#lib/server/platform/context.ts';
import { parseForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { ctx } = locals;
	const choices = await getClassChoices(ctx);
	const unit =
		choices.units.find(({ id }) => id === url.searchParams.get('unit')) ??
		choices.units.find(({ id }) => id === choices.ownUnitId);
	return {
		...choices,
		unit,
		roster: unit ? await listOwnRoster(ctx, unit.path) : { tooMany: false, people: [] },
		recent: unit ? await listRecentFacts(ctx, unit.id) : { titles: [], latest: undefined },
		/** Sent with the form, so that sending it twice records one class. */
		activityId: randomUUID(),
		today: today(ctx)
	};
};

/** What was typed and ticked, for the page to show again; files cannot be given back. */
function typed(body: FormData) {
	const all = (name: string) => body.getAll(name).map(String);
	const values = Object.fromEntries(
		[...body].filter((entry): entry is [string, string] => typeof entry[1] === 'string')
	);
	return {
		values,
		lists: {
			...{ audience: all('audience[]'), topics: all('topics[]'), present: all('present[]') },
			...{ names: all('walkInNames[]'), years: all('walkInBirthYears[]') }
		}
	};
}

export const actions: Actions = {
	/** Looks for people of other units; everything typed so far stays. */
	find: async ({ locals, request }) => {
		const body = await request.formData();
		const text = String(body.get('findText') ?? '').trim();
		const chosen = body.getAll('present[]').map(String);
		return { ...typed(body), found: await findPeople(locals.ctx, { text, chosen }), searched: text };
	},
	save: async ({ locals, request }) => {
		const body = await request.formData();
		const form = parseForm(body, RecordHeldClassInput);
		const again = {
			...typed(body),
			found: await findPeople(locals.ctx, { chosen: body.getAll('present[]').map(String) })
		};
		if (!form.ok) return fail(400, { ...again, issues: form.issues });
		let activityId: string;
		try {
			({ activityId } = await recordHeldClass(locals.ctx, form.data));
		} catch (error) {
			const [status, refused] = refusal(error);
			return fail(status, { ...again, ...refused });
		}
		redirect(303, `/classes/${activityId}`);
	}
};
