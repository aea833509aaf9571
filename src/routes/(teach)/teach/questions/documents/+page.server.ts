import { listDocuments } from '#lib/server/assessment/documents.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const text = url.searchParams.get('q')?.slice(0, 100) ?? '';
	return { text, documents: await listDocuments(locals.ctx, { text }) };
};
