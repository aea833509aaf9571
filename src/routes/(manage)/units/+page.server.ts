import { can } from '#lib/server/identity/permissions.ts';
import { findUnits, listUnitTree } from '#lib/server/organisation/unit-pages.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const text = url.searchParams.get('q')?.trim() ?? '';
	return {
		text,
		found: text ? await findUnits(locals.ctx, text) : [],
		tree: text ? [] : await listUnitTree(locals.ctx),
		mayManage: can(locals.ctx.actor, 'unit:manage')
	};
};
