import { fail } from '@sveltejs/kit';
import { organisationMessages } from '#lib/i18n/organisation.ts';
import { IdInput } from '#lib/organisation/input.ts';
import { TableImportInput } from '#lib/organisation/table-import.ts';
import { splitLines } from '#lib/organisation/unit-lines.ts';
import { checkedTable, postedTable } from '#lib/server/organisation/check-table.ts';
import { listUnitImports, undoUnits } from '#lib/server/organisation/undo-unit-list.ts';
import { checkUnits, importUnits } from '#lib/server/organisation/unit-list.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ imports: await listUnitImports(locals.ctx) });

export const actions: Actions = {
	check: async ({ locals, request }) => {
		const form = await request.formData();
		try {
			const posted = await postedTable(form);
			if (!posted) return fail(400, { issues: { table: 'form.required' } });
			const { fresh, unchanged, problems } = await checkUnits(locals.ctx, posted.table);
			const { setup, units: t, unitTypes } = organisationMessages[locals.locale];
			const read = {
				headings: [t.code, t.name, t.type, t.parent],
				rows: fresh.map(({ code, name, type, parentCode }) => [code, name, unitTypes[type], parentCode ?? '']),
				unchanged,
				problems: problems.map(({ line, code, text }) => ({ line, text: setup.problems[code](text) }))
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
		const { table, ...source } = form.data;
		try {
			const { created } = await importUnits(locals.ctx, splitLines(table), source, { isWhole: false });
			return { created };
		} catch (error) {
			return fail(...refusal(error));
		}
	},
	undo: async ({ locals, request }) => {
		const form = await readForm(request, IdInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			return { undone: await undoUnits(locals.ctx, form.data.id) };
		} catch (error) {
			return fail(...refusal(error));
		}
	}
};
