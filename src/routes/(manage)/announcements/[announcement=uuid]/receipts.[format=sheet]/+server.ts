import { receiptSheet } from '#lib/server/notifications/announcement-lists.ts';
import { sheetAnswer } from '#lib/server/platform/office/sheet-answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) =>
	sheetAnswer(await receiptSheet(locals.ctx, params.announcement), 'xac-nhan-da-doc', params.format);
