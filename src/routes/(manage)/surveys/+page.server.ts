import { drawQr } from '#lib/server/identity/slip-qr.ts';
import { getSurveyOverview } from '#lib/server/surveys/overview.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const year = Number(/^20\d\d$/.exec(url.searchParams.get('year') ?? '')?.[0]) || undefined;
	return { ...(await getSurveyOverview(locals.ctx, { year })), qr: drawQr(`${url.origin}/rate`) };
};
