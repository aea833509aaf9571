import { accountSheet } from '#lib/server/organisation/account-sheet.ts';
import { sheetAnswer } from '#lib/server/platform/office/sheet-answer.ts';
import { accountFilterOf } from '../filter.ts';
import type { RequestHandler } from './$types';

/** The accounts as the page's filter leaves them, as a file. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const { filter } = await accountFilterOf(locals.ctx, url);
	return sheetAnswer(await accountSheet(locals.ctx, filter, locals.locale), 'tai-khoan', params.format);
};
