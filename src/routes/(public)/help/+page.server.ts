import type { PageServerLoad } from './$types';
import { GUIDES, readGuide } from './guides.ts';

export const load: PageServerLoad = ({ url }) => {
	const guide = GUIDES.find((each) => each === url.searchParams.get('for')) ?? GUIDES[0];
	return { guides: GUIDES, guide, ...readGuide(guide) };
};
