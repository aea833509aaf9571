import { today } from '#lib/server/platform/context.ts';
import { sheetAnswer } from '#lib/server/platform/office/sheet-answer.ts';
import { planSheet } from '#lib/server/training/plan-sheet.ts';
import type { RequestHandler } from './$types';

/** The plans of a year with their progress, as a file. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const asked = /^20\d\d$/.exec(url.searchParams.get('year') ?? '')?.[0];
	const year = Number(asked ?? today(locals.ctx).slice(0, 4));
	return sheetAnswer(await planSheet(locals.ctx, year, locals.locale), `ke-hoach-tap-huan-${year}`, params.format);
};
