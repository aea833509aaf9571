import { fail } from '@sveltejs/kit';
import { activityImportMessages } from '#lib/i18n/activity-import.ts';
import { formatDays, formatNumber } from '#lib/i18n/format.ts';
import { trainingMessages } from '#lib/i18n/training.ts';
import { IdInput } from '#lib/organisation/input.ts';
import { TableImportInput } from '#lib/organisation/table-import.ts';
import { splitLines } from '#lib/organisation/unit-lines.ts';
import { checkedTable, postedTable } from '#lib/server/organisation/check-table.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import {
	checkActivities,
	importActivities,
	listActivityImports,
	undoActivities
} from '#lib/server/training/activity-table.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ imports: await listActivityImports(locals.ctx) });

export const actions: Actions = {
	check: async ({ locals, request }) => {
		const form = await request.formData();
		try {
			const posted = await postedTable(form);
			if (!posted) return fail(400, { issues: { table: 'form.required' } });
			const { fresh, unchanged, problems } = await checkActivities(locals.ctx, posted.table);
			const { fields, problems: sentences } = activityImportMessages[locals.locale];
			const { modes, kinds } = trainingMessages[locals.locale];
			const read = {
				headings: [fields.title, fields.kind, fields.mode, fields.startsOn, fields.teachingPeriods, fields.documentNo],
				rows: fresh.map((line) => [
					...[line.title, kinds[line.kind], modes[line.mode], formatDays(line.startsOn, line.endsOn)],
					...[formatNumber(line.teachingPeriods, locals.locale), line.documentNo]
				]),
				unchanged,
				problems: problems.map(({ line, code, field, text }) => ({ line, text: sentences[code](fields[field], text) }))
			};
			return { checked: await checkedTable(posted, read, locals.locale) };
		} catch (error) {
			const [status, said] = refusal(error);
			return fail(status, { ...said, text: String(form.get('table') ?? '') });
		}
	},
	import: async ({ locals, request }) => {
		const form = await readForm(request, TableImportInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		const { table, id, fileName } = form.data;
		try {
			const { created } = await importActivities(locals.ctx, splitLines(table), { id, fileName });
			return { created };
		} catch (error) {
			return fail(...refusal(error));
		}
	},
	undo: async ({ locals, request }) => {
		const form = await readForm(request, IdInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			return { undone: await undoActivities(locals.ctx, form.data.id) };
		} catch (error) {
			return fail(...refusal(error));
		}
	}
};
