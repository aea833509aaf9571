import { redirect } from '@sveltejs/kit';
import { checkPath, plainCode } from '#lib/certificates/content.ts';
import type { PageServerLoad } from './$types';

/** The form of a page without JavaScript asks with `?code=`. */
export const load: PageServerLoad = ({ url }) => {
	const code = plainCode(url.searchParams.get('code') ?? '').slice(0, 40);
	if (code) redirect(303, checkPath(code));
};
