import { PreviewInput } from '#lib/certificates/input.ts';
import { previewPdf } from '#lib/server/certificates/templates.ts';
import { DomainError } from '#lib/server/platform/errors.ts';
import { readForm } from '#lib/server/platform/forms.ts';
import { pdfAnswer } from '#lib/server/platform/pdf-answer.ts';
import type { RequestHandler } from './$types';

/** The template's form sent here instead opens what it would print, in a window of its own. */
export const POST: RequestHandler = async ({ locals, params, request }) => {
	const form = await readForm(request, PreviewInput);
	if (!form.ok) throw new DomainError('invalid', 'form.issues');
	return pdfAnswer(await previewPdf(locals.ctx, params.unit, form.data), 'mau-giay-chung-nhan.pdf');
};
