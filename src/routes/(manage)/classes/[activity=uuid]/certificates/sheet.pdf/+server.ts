import { classSheet } from '#lib/server/certificates/class-page.ts';
import { pdfAnswer } from '#lib/server/platform/pdf-answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) =>
	pdfAnswer(await classSheet(locals.ctx, params.activity), 'giay-chung-nhan-ca-lop.pdf');
