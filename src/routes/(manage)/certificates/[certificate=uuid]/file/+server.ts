import { certificatePdf } from '#lib/server/certificates/sign.ts';
import { pdfAnswer } from '#lib/server/platform/pdf-answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const isOriginal = url.searchParams.has('original');
	const { body, name } = await certificatePdf(locals.ctx, params.certificate, { isOriginal });
	return pdfAnswer(body, name, { isDownload: isOriginal });
};
