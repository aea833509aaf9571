import { checkCertificate } from '#lib/server/certificates/check.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
	found: (await checkCertificate(locals.ctx, params.code)) ?? null
});
