import { RESOURCE_KINDS } from '#lib/library/input.ts';
import { listResources } from '#lib/server/library/read.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url: { searchParams } }) => {
	const text = (name: string) => searchParams.get(name)?.trim().slice(0, 100) || undefined;
	const filter = {
		text: text('q'),
		kind: RESOURCE_KINDS.find((kind) => kind === searchParams.get('kind')),
		field: text('field'),
		audience: text('audience')
	};
	const page = Math.max(1, Number(searchParams.get('page')) || 1);
	return { ...(await listResources(locals.ctx, { ...filter, page })), page, filter };
};
