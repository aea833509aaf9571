import { fail } from '@sveltejs/kit';
import { MarkFormInput } from '#lib/training/attendance-input.ts';
import { markAttendance } from '#lib/server/training/attendance/mark.ts';
import { getAttendancePage } from '#lib/server/training/attendance/page.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) =>
	getAttendancePage(locals.ctx, { activityId: params.activity, sessionId: params.session });

export const actions: Actions = {
	default: async ({ locals, params, request }) => {
		const form = await readForm(request, MarkFormInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		const markedAt = locals.ctx.now.getTime();
		try {
			await markAttendance(
				locals.ctx,
				{ activityId: params.activity, sessionId: params.session },
				form.data.map((mark) => ({ ...mark, markedAt }))
			);
			return { isDone: true };
		} catch (error) {
			return fail(...refusal(error));
		}
	}
};
