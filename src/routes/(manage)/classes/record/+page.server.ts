import { randomUUID } from 'node:crypto';
import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { JoinParentInput, RecordHeldClassInput, TICKED_FACTS } from '#lib/training/input.ts';
import { findPeople } from '#lib/server/training/candidates.ts';
import { getClassChoices, listOwnRoster } from '#lib/server/training/choices.ts';
import { listRecentFacts } from '#lib/server/training/class-list.ts';
import { recordHeldClass } from '#lib/server/training/held-class.ts';
import { findPlanLine } from '#lib/server/training/plans.ts';
import { findSimilarTo, recordIntoParent } from '#lib/server/training/record-into-parent.ts';
import { today } from '#lib/server/platform/context.ts';
import { parseForm, refusal, tickedIn } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { ctx } = locals;
	const choices = await getClassChoices(ctx);
	const line = await findPlanLine(ctx, url.searchParams.get('line'));
	const asked = url.searchParams.get('unit') ?? line?.unitId;
	const unit = choices.units.find(({ id }) => id === asked) ?? choices.units.find(({ id }) => id === choices.ownUnitId);
	return {
		...choices,
		line,
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
			...tickedIn(body, TICKED_FACTS),
			present: all('present[]'),
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
			const similar = form.data.isAnother ? [] : await findSimilarTo(locals.ctx, form.data);
			if (similar.length > 0) return fail(409, { ...again, similar });
			({ activityId } = await recordHeldClass(locals.ctx, form.data));
		} catch (error) {
			const [status, refused] = refusal(error);
			return fail(status, { ...again, ...refused });
		}
		redirect(303, `/classes/${activityId}`);
	},
	/** Sends what was typed into an activity of another organiser that was shown as similar. */
	join: async ({ locals, request, url }) => {
		const body = await request.formData();
		const form = parseForm(body, RecordHeldClassInput);
		const parent = v.safeParse(JoinParentInput, { parentId: url.searchParams.get('parent') });
		const again = typed(body);
		const found = await findPeople(locals.ctx, { chosen: again.lists.present });
		if (!form.ok || !parent.success) return fail(400, { ...again, found, issues: form.ok ? {} : form.issues });
		let siteId: string;
		try {
			({ siteId } = await recordIntoParent(locals.ctx, parent.output.parentId, form.data));
		} catch (error) {
			const [status, refused] = refusal(error);
			return fail(status, { ...again, found, ...refused });
		}
		redirect(303, `/classes/sites/${siteId}`);
	}
};
