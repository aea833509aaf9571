import { listBook } from '#lib/server/certificates/book.ts';
import { bookFilterOf } from './filter.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const page = Math.max(1, Number(url.searchParams.get('page')) || 1);
	const filter = bookFilterOf(url);
	const list = await listBook(locals.ctx, { ...filter, page });
	const shown = { q: filter.text ?? '', year: filter.year ? String(filter.year) : '', state: filter.state ?? '' };
	return { ...list, page, filter: shown };
};
