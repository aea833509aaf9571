import { getOwnCertificate } from '#lib/server/certificates/own.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) => getOwnCertificate(locals.ctx, params.certificate);
