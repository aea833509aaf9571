import { error, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { TEXT_SIZES } from '#lib/identity/cookies.ts';
import { localPath } from '#lib/identity/local-path.ts';
import { LOCALES } from '#lib/i18n/index.ts';
import type { RequestHandler } from './$types';

const YEAR_S = 365 * 24 * 60 * 60;

const Preferences = v.object({
	'text-size': v.optional(v.picklist(TEXT_SIZES)),
	locale: v.optional(v.picklist(LOCALES))
});

/** "Cỡ chữ" and language, kept in cookies of this browser; goes back to `next`, the page the form stood on. */
export const POST: RequestHandler = async ({ request, cookies, url }) => {
	const form = await request.formData();
	const chosen = v.safeParse(Preferences, Object.fromEntries(form));
	if (!chosen.success) error(400, { message: 'unknown preference' });
	for (const [name, value] of Object.entries(chosen.output)) {
		if (!value) continue;
		const secure = url.protocol === 'https:';
		cookies.set(name, value, { path: '/', maxAge: YEAR_S, sameSite: 'lax', secure, httpOnly: true });
	}
	redirect(303, localPath(String(form.get('next') ?? '')));
};
