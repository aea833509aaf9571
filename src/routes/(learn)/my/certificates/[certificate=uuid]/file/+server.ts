import { ownPdf } from '#lib/server/certificates/own.ts';
import { pdfAnswer } from '#lib/server/platform/pdf-answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const { body, name } = await ownPdf(locals.ctx, params.certificate);
	return pdfAnswer(body, name, { isDownload: url.searchParams.has('save') });
};
