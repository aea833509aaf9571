import { readTargetsFilter } from '#lib/indicators/input.ts';
import { can } from '#lib/server/identity/permissions.ts';
import { getTargetsPage } from '#lib/server/indicators/service.ts';
import type { PageServerLoad } from './$types';

/** Lines of the table by unit on one page. */
const UNITS_PER_PAGE = 30;

export const load: PageServerLoad = async ({ locals, url }) => {
	const filter = readTargetsFilter(url.searchParams);
	const { units, ...page } = await getTargetsPage(locals.ctx, filter);
	const pageCount = Math.max(1, Math.ceil(units.length / UNITS_PER_PAGE));
	const unitPage = Math.min(filter.page, pageCount);
	return {
		page,
		units: units.slice((unitPage - 1) * UNITS_PER_PAGE, unitPage * UNITS_PER_PAGE),
		unitPage,
		pageCount,
		unitChoices: units.filter(({ isDirect }) => !isDirect).map(({ code, name }) => ({ code, name })),
		sort: filter.sort ?? 'name',
		mayOpen: can(locals.ctx.actor, 'training:manage'),
		maySet: can(locals.ctx.actor, 'targets:manage')
	};
};
