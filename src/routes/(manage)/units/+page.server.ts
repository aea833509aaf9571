import { can } from '#lib/server/identity/permissions.ts';
import { findUnits, listUnitTree } from '#lib/server/organisation/unit-pages.ts';
import { readDay } from '#lib/text/days.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const text = url.searchParams.get('q')?.trim() ?? '';
	const day = readDay(url.searchParams.get('day') ?? '');
	return {
		day,
		text,
		found: text ? await findUnits(locals.ctx, text) : [],
		tree: text ? [] : await listUnitTree(locals.ctx, day),
		mayManage: can(locals.ctx.actor, 'unit:manage')
	};
};
