import { fail, redirect } from '@sveltejs/kit';
import { RosterFileInput } from '#lib/organisation/import-input.ts';
import { listPersonChoices } from '#lib/server/organisation/people-pages.ts';
import { listRosterImports, receiveRosterFile } from '#lib/server/organisation/roster-imports.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import { today } from '#lib/server/platform/context.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
	...(await listPersonChoices(locals.ctx)),
	imports: (await listRosterImports(locals.ctx)).map(({ id, fileName, state, summary, recordedAt }) => ({
		...{ id, fileName, state, summary, recordedAt }
	})),
	day: today(locals.ctx)
});

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const form = await readForm(request, RosterFileInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		const { file, unitId, ...defaults } = form.data;
		let importId: string;
		try {
			const bytes = new Uint8Array(await file.arrayBuffer());
			const sent = { fileName: file.name, bytes, unitId, defaults };
			({ importId } = await receiveRosterFile(locals.ctx, sent));
		} catch (error) {
			const [status, said] = refusal(error);
			return fail(status, said);
		}
		redirect(303, `/people/import/${importId}`);
	}
};
