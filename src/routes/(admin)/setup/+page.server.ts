import { randomUUID } from 'node:crypto';
import { fail } from '@sveltejs/kit';
import { splitLines } from '#lib/organisation/unit-lines.ts';
import { RenameUnitInput } from '#lib/organisation/input.ts';
import { getSetupState } from '#lib/server/organisation/setup.ts';
import { importUnits } from '#lib/server/organisation/unit-list.ts';
import { readTableFile } from '#lib/server/organisation/table-file.ts';
import { renameUnit } from '#lib/server/organisation/units.ts';
import { isRapporteurListPublic, switchRapporteurList } from '#lib/server/indicators/rapporteurs.ts';
import { today } from '#lib/server/platform/context.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

/** Since this day provinces have two levels of government and the units that are entered here. */
const UNITS_SINCE = '2025-07-01';

export const load: PageServerLoad = async ({ locals }) => ({
	...(await getSetupState(locals.ctx)),
	isListPublic: await isRapporteurListPublic(locals.ctx),
	day: today(locals.ctx)
});

export const actions: Actions = {
	rapporteurs: async ({ locals, request }) => {
		const isOn = (await request.formData()).get('isOn') === 'on';
		try {
			await switchRapporteurList(locals.ctx, isOn);
		} catch (error) {
			const [status, said] = refusal(error);
			return fail(status, { which: 'rapporteurs', ...said });
		}
	},
	root: async ({ locals, request }) => {
		const form = await readForm(request, RenameUnitInput);
		if (!form.ok) return fail(400, { which: 'root', issues: form.issues });
		try {
			await renameUnit(locals.ctx, form.data);
		} catch (error) {
			const [status, said] = refusal(error);
			return fail(status, { which: 'root', ...said });
		}
	},
	units: async ({ locals, request }) => {
		const form = await request.formData();
		const file = form.get('file');
		const text = String(form.get('table') ?? '');
		try {
			const isFile = file instanceof File && file.size > 0;
			const table = isFile ? await readTableFile(await file.bytes()) : splitLines(text);
			if (table.length === 0) return fail(400, { which: 'units', issues: { table: 'form.required' }, text });
			const result = await importUnits(locals.ctx, table, {
				...{ id: randomUUID(), fileName: isFile ? file.name : null, validFrom: UNITS_SINCE }
			});
			if (result.problems.length > 0) return fail(400, { which: 'units', problems: result.problems, text });
			return { which: 'units', result };
		} catch (error) {
			const [status, said] = refusal(error);
			return fail(status, { which: 'units', ...said, text });
		}
	}
};
