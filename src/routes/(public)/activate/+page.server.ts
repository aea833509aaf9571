import { redirect } from '@sveltejs/kit';
import type { Actions } from './$types';

/** Where a slip's code is typed in by those who cannot scan it. */
export const actions: Actions = {
	default: async ({ request }) => {
		const code = String((await request.formData()).get('code') ?? '').replace(/[^0-9A-Za-z]/g, '');
		redirect(303, code ? `/activate/${code.slice(0, 40)}` : '/activate');
	}
};
