import { getPrintedFile } from '#lib/server/learning/printed-papers.ts';
import { pdfAnswer } from '#lib/server/platform/pdf-answer.ts';
import type { RequestHandler } from './$types';

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

export const GET: RequestHandler = async ({ locals, params }) => {
	const { activity: activityId, lesson: lessonId, printed: printedId, sheet: name } = params;
	const { body, format } = await getPrintedFile(locals.ctx, { activityId, lessonId, printedId, name });
	if (format === 'pdf') return pdfAnswer(body, name);
	const headers = { 'content-type': WORD, 'content-disposition': `attachment; filename="${name}"` };
	return new Response(new Uint8Array(body), { headers });
};
