import { drawQr } from '#lib/server/identity/slip-qr.ts';
import { getSurveyOverview } from '#lib/server/surveys/overview.ts';
import { yearOf } from './year.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	return { ...(await getSurveyOverview(locals.ctx, { year: yearOf(url) })), qr: drawQr(`${url.origin}/rate`) };
};
