import { listAnnouncements } from '#lib/server/notifications/announcement-lists.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const page = Math.max(1, Number(url.searchParams.get('page')) || 1);
	return { ...(await listAnnouncements(locals.ctx, page)), page };
};
