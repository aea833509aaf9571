import { getListChoices } from '#lib/server/training/choices.ts';
import { CLASSES_PER_PAGE, listClasses, listClassYears } from '#lib/server/training/class-list.ts';
import { readClassFilter } from '#lib/training/register-filter.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const choices = await getListChoices(locals.ctx);
	const asked = readClassFilter(url.searchParams);
	// A unit that the reader may not see narrows nothing.
	const filter = { ...asked, unitId: choices.units.find(({ id }) => id === asked.unitId)?.id };
	const [list, years] = await Promise.all([listClasses(locals.ctx, filter), listClassYears(locals.ctx)]);
	return { ...list, pageCount: Math.ceil(list.total / CLASSES_PER_PAGE), years, filter, ...choices };
};
