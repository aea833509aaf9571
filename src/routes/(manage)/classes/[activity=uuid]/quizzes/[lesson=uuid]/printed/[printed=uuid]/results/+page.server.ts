import { error, fail } from '@sveltejs/kit';
import { ResultFile, ResultTable } from '#lib/assessment/printed-input.ts';
import { splitLines } from '#lib/organisation/unit-lines.ts';
import { checkResults, enterResults } from '#lib/server/learning/paper-results.ts';
import { listPrintedPapers } from '#lib/server/learning/printed-papers.ts';
import { readTableFile, tableText } from '#lib/server/organisation/table-file.ts';
import { today } from '#lib/server/platform/context.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

type Params = { activity: string; lesson: string; printed: string };
const placeOf = ({ activity, lesson, printed }: Params) => ({
	...{ activityId: activity, lessonId: lesson, printedId: printed }
});

export const load: PageServerLoad = async ({ locals, params }) => {
	const { title, papers } = await listPrintedPapers(locals.ctx, placeOf(params));
	const paper = papers.find(({ id }) => id === params.printed);
	if (!paper) error(404, { message: 'learning.no_printed_paper', code: 'learning.no_printed_paper' });
	return { title, codes: paper.codes, today: today(locals.ctx) };
};

export const actions: Actions = {
	check: async ({ locals, params, request }) => {
		const form = await readForm(request, ResultFile);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			const table = await readTableFile(await form.data.file.bytes());
			const { lines, problems, absent } = await checkResults(locals.ctx, placeOf(params), table);
			return { checked: { count: lines.length, absent, problems, table: problems.length > 0 ? '' : tableText(table) } };
		} catch (refused) {
			return fail(...refusal(refused));
		}
	},
	enter: async ({ locals, params, request }) => {
		const form = await readForm(request, ResultTable);
		if (!form.ok) return fail(400, { issues: form.issues });
		const { satOn, table } = form.data;
		try {
			return { entered: await enterResults(locals.ctx, placeOf(params), satOn, splitLines(table)) };
		} catch (refused) {
			return fail(...refusal(refused));
		}
	}
};
