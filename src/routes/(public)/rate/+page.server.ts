import { fail } from '@sveltejs/kit';
import { RatingInput } from '#lib/surveys/input.ts';
import { listRatedUnits } from '#lib/server/surveys/overview.ts';
import { rateUnit } from '#lib/server/surveys/rate.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

/** `?unit=` chooses a unit beforehand, for a code on that unit's wall. */
export const load: PageServerLoad = async ({ locals, url }) => {
	const units = await listRatedUnits(locals.ctx);
	return { units, unitId: units.find(({ id }) => id === url.searchParams.get('unit'))?.id ?? units[0]?.id ?? '' };
};

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const form = await readForm(request, RatingInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		try {
			await rateUnit(locals.ctx, form.data);
		} catch (error) {
			return fail(...refusal(error));
		}
		return { isDone: true };
	}
};
