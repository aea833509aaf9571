import * as v from 'valibot';
import { QuestionFilter } from '#lib/assessment/input.ts';
import { exportQuestions } from '#lib/server/assessment/export-questions.ts';
import type { RequestHandler } from './$types';

const TYPES = {
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	xml: 'application/xml; charset=utf-8',
	json: 'application/json; charset=utf-8'
} as const;

/** The bank as the list's filter leaves it, as a file. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const filter = v.parse(QuestionFilter, Object.fromEntries(url.searchParams));
	const body = await exportQuestions(locals.ctx, filter, params.format);
	return new Response(new Uint8Array(body), {
		headers: {
			'content-type': TYPES[params.format],
			'content-disposition': `attachment; filename="ngan-hang-cau-hoi.${params.format}"`
		}
	});
};
