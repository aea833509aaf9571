import { redirect } from '@sveltejs/kit';
import { plainToken, printedToken } from '#lib/surveys/survey.ts';
import type { PageServerLoad } from './$types';

/** The form of a page without JavaScript asks with `?code=`; a form that was sent comes back with `?thanks`. */
export const load: PageServerLoad = ({ url }) => {
	const token = plainToken(url.searchParams.get('code') ?? '').slice(0, 40);
	if (token) redirect(303, `/survey/${printedToken(token)}`);
	return { isThanked: url.searchParams.has('thanks') };
};
