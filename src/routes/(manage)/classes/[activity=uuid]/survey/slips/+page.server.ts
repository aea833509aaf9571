import { printedToken } from '#lib/surveys/survey.ts';
import { drawQr } from '#lib/server/identity/slip-qr.ts';
import { getSlips } from '#lib/server/surveys/class-results.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { activity, tokens } = await getSlips(locals.ctx, params.activity);
	return {
		activity: { id: activity.id, title: activity.title },
		address: `${url.host}/survey`,
		slips: tokens.map((token, i) => {
			const code = printedToken(token);
			return { number: i + 1, code, qr: drawQr(`${url.origin}/survey/${code}`) };
		})
	};
};
