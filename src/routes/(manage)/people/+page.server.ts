import { listPeople } from '#lib/server/organisation/people-pages.ts';
import { countCandidates } from '#lib/server/training/list-import/pages.ts';
import type { PageServerLoad } from './$types';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** One of the allowed words of a query parameter, or nothing. */
function oneOf<const T extends string>(words: readonly T[], value: string | null): T | undefined {
	return words.find((word) => word === value);
}

export const load: PageServerLoad = async ({ locals, url }) => {
	const asked = (name: string) => url.searchParams.get(name);
	const unit = asked('unit') ?? '';
	const filter = {
		text: asked('q')?.trim() || undefined,
		unitId: UUID.test(unit) ? unit : undefined,
		category: asked('category') || undefined,
		account: oneOf(['with', 'without'], asked('account')),
		training: oneOf(['trained', 'untrained'], asked('training')),
		page: Number(/^\d{1,6}$/.exec(asked('page') ?? '')?.[0] ?? 1)
	};
	return { filter, candidateCount: await countCandidates(locals.ctx), ...(await listPeople(locals.ctx, filter)) };
};
