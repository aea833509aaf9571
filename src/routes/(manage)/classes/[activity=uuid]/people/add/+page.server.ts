import { fail } from '@sveltejs/kit';
import { SummonInput } from '#lib/training/input.ts';
import { isOpenForSummons } from '#lib/training/lifecycle.ts';
import { stageOf } from '#lib/indicators/period.ts';
import { listStages } from '#lib/server/indicators/settings.ts';
import { today } from '#lib/server/platform/context.ts';
import { CANDIDATES_PER_PAGE, listCandidates, summonMatching } from '#lib/server/training/candidates.ts';
import { getClassChoices } from '#lib/server/training/choices.ts';
import { getManagedClass } from '#lib/server/training/classes.ts';
import { addAttendees } from '#lib/server/training/outcomes.ts';
import { summon } from '#lib/server/training/summon.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

/** The filter of the address; the forms of the page keep it there. */
async function filterOf(url: URL, ctx: App.Locals['ctx']) {
	const asked = (name: string) => url.searchParams.get(name)?.trim() ?? '';
	const day = today(ctx);
	const stageStartsOn = stageOf(day, await listStages(ctx.db))?.startsOn ?? `${day.slice(0, 4)}-01-01`;
	const shown = { q: asked('q'), category: asked('category'), unit: asked('unit'), untrained: asked('untrained') };
	return {
		shown,
		stageStartsOn,
		filter: {
			text: shown.q || undefined,
			category: shown.category || undefined,
			unitId: /^[0-9a-f-]{36}$/.test(shown.unit) ? shown.unit : undefined,
			untrainedSince: shown.untrained ? stageStartsOn : undefined,
			page: Number(asked('page')) || 1
		}
	};
}

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { ctx } = locals;
	const { shown, filter, stageStartsOn } = await filterOf(url, ctx);
	const activity = await getManagedClass(ctx, params.activity);
	const list = await listCandidates(ctx, params.activity, filter);
	const { units, categories } = await getClassChoices(ctx);
	return {
		...list,
		pageCount: Math.ceil(list.total / CANDIDATES_PER_PAGE),
		filter: shown,
		stageStartsOn,
		...{ units, categories },
		activity: { id: activity.id, title: activity.title, isOpen: isOpenForSummons(activity.status) }
	};
};

export const actions: Actions = {
	summon: async ({ locals, params, request, url }) => {
		const form = await readForm(request, SummonInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			if (form.data.which === 'matching') {
				const { filter } = await filterOf(url, locals.ctx);
				return await summonMatching(locals.ctx, params.activity, filter);
			}
			return await summon(locals.ctx, { activityId: params.activity, personIds: form.data.personIds });
		} catch (error) {
			return fail(...refusal(error));
		}
	},
	attend: async ({ locals, params, request }) => {
		const form = await readForm(request, SummonInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			return await addAttendees(locals.ctx, { activityId: params.activity, personIds: form.data.personIds });
		} catch (error) {
			return fail(...refusal(error));
		}
	}
};
