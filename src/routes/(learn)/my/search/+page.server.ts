import { searchTranscripts } from '#lib/server/learning/search.ts';
import type { PageServerLoad } from './$types';

const MOST_CHARS = 100;

export const load: PageServerLoad = async ({ locals, url }) => {
	const q = (url.searchParams.get('q') ?? '').slice(0, MOST_CHARS);
	return { q, hits: await searchTranscripts(locals.ctx, q) };
};
