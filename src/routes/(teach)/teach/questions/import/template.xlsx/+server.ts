import { questionImportMessages } from '#lib/i18n/question-import.ts';
import { templateSheet } from '#lib/server/assessment/question-file/workbook.ts';
import { authorise } from '#lib/server/identity/permissions.ts';
import { sheetAnswer } from '#lib/server/platform/office/sheet-answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals }) => {
	authorise(locals.ctx.actor, 'question:author');
	const notes = questionImportMessages[locals.locale].templateNotes;
	return sheetAnswer(templateSheet(notes), 'mau-cau-hoi', 'xlsx');
};
