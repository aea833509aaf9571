import { fail } from '@sveltejs/kit';
import { RosterDefaultsInput } from '#lib/organisation/import-input.ts';
import { ROSTER_FIELDS, type RosterField } from '#lib/organisation/roster-fields.ts';
import { listPersonChoices } from '#lib/server/organisation/people-pages.ts';
import { confirmRosterImport, getRosterImport, recheckRosterImport } from '#lib/server/organisation/roster-imports.ts';
import { undoRosterImport } from '#lib/server/organisation/undo-roster-import.ts';
import { parseForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const found = await getRosterImport(locals.ctx, params.import);
	const { fileName, state, failureCode, totalRows, doneRows, summary, problems, headings, mapping, defaults } = found;
	const { categories } = await listPersonChoices(locals.ctx);
	const hasErrorFile = found.errorWorkbookKey !== null;
	const file = {
		fileName,
		state,
		failureCode,
		totalRows,
		doneRows,
		summary,
		headings,
		mapping,
		defaults,
		hasErrorFile
	};
	return { file, problems, categories };
};

/** Fields named `column-3` say what column 3 means. */
function mappingOf(form: FormData): Record<string, RosterField> {
	const mapping: Record<string, RosterField> = {};
	for (const [key, value] of form) {
		const column = /^column-(\d{1,3})$/.exec(key)?.[1];
		const field = ROSTER_FIELDS.find((one) => one === value);
		if (column && field) mapping[column] = field;
	}
	return mapping;
}

export const actions: Actions = {
	recheck: async ({ locals, request, params }) => {
		const posted = await request.formData();
		const form = parseForm(posted, RosterDefaultsInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			const mapping = mappingOf(posted);
			await recheckRosterImport(locals.ctx, { importId: params.import, mapping, defaults: form.data });
		} catch (error) {
			return fail(...refusal(error));
		}
	},
	undo: async ({ locals, params }) => {
		try {
			return { undone: await undoRosterImport(locals.ctx, params.import) };
		} catch (error) {
			return fail(...refusal(error));
		}
	},
	confirm: async ({ locals, params }) => {
		try {
			await confirmRosterImport(locals.ctx, params.import);
		} catch (error) {
			return fail(...refusal(error));
		}
	}
};
