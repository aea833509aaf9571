import { fail } from '@sveltejs/kit';
import { readEntries } from '#lib/reporting/entries.ts';
import { getEntriesPage, saveEntries } from '#lib/server/reporting/entries.ts';
import { refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) =>
	getEntriesPage(locals.ctx, { periodId: params.period, unitId: params.unit });

export const actions: Actions = {
	default: async ({ locals, request, params }) => {
		const posted = await request.formData();
		const read = readEntries(posted);
		const typed = Object.fromEntries([...posted].map(([name, value]) => [name, String(value)]));
		if (!read.ok) return fail(400, { issues: read.issues, typed });
		const version = Number(posted.get('version')) || 0;
		try {
			const key = { periodId: params.period, unitId: params.unit };
			await saveEntries(locals.ctx, key, { entries: read.entries, version });
		} catch (error) {
			const [status, answer] = refusal(error);
			return fail(status, { ...answer, typed });
		}
		return { isSaved: true };
	}
};
