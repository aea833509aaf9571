import { listTopics } from '#lib/server/forum/lists.ts';
import { can } from '#lib/server/identity/permissions.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url: { searchParams } }) => {
	const page = Math.max(1, Number(searchParams.get('page')) || 1);
	const filter = {
		board: searchParams.get('board')?.slice(0, 60) || undefined,
		text: searchParams.get('q')?.trim().slice(0, 100) || undefined,
		onlyModels: searchParams.get('models') === 'on'
	};
	const { actor } = locals.ctx;
	return {
		...(await listTopics(locals.ctx, { ...filter, page })),
		page,
		filter,
		mayModerate: can(actor, 'forum:moderate')
	};
};
