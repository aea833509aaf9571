import { ACTIVITY_STATUSES, DELIVERY_MODES } from '#lib/training/activity.ts';
import { CLASSES_PER_PAGE, listClasses, listClassYears } from '#lib/server/training/class-list.ts';
import { getListChoices } from '#lib/server/training/choices.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const asked = (name: string) => url.searchParams.get(name)?.trim() ?? '';
	const choices = await getListChoices(locals.ctx);
	const filter = {
		q: asked('q'),
		year: /^\d{4}$/.test(asked('year')) ? asked('year') : '',
		mode: DELIVERY_MODES.find((mode) => mode === asked('mode')) ?? '',
		status: ACTIVITY_STATUSES.find((status) => status === asked('status')) ?? '',
		unit: choices.units.find(({ id }) => id === asked('unit'))?.id ?? ''
	} as const;
	const list = await listClasses(locals.ctx, {
		text: filter.q || undefined,
		year: Number(filter.year) || undefined,
		mode: filter.mode || undefined,
		status: filter.status || undefined,
		unitId: filter.unit || undefined,
		page: Number(asked('page')) || 1
	});
	const years = await listClassYears(locals.ctx);
	return { ...list, pageCount: Math.ceil(list.total / CLASSES_PER_PAGE), years, filter, ...choices };
};
