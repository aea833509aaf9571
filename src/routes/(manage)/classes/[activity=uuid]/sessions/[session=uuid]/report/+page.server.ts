import { fail, redirect } from '@sveltejs/kit';
import { MeetingMinutesInput, MeetingReportInput } from '#lib/training/attendance-input.ts';
import { markAttendance } from '#lib/server/training/attendance/mark.ts';
import { matchMeetingReport } from '#lib/server/training/attendance/match-meeting.ts';
import { getAttendancePage } from '#lib/server/training/attendance/page.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const key = { activityId: params.activity, sessionId: params.session };
	const { activity, session, sittingMinutes } = await getAttendancePage(locals.ctx, key);
	return { activity, session, sittingMinutes };
};

export const actions: Actions = {
	read: async ({ locals, params, request }) => {
		const form = await readForm(request, MeetingReportInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			const key = { activityId: params.activity, sessionId: params.session };
			return { report: await matchMeetingReport(locals.ctx, key, form.data.file) };
		} catch (error) {
			return fail(...refusal(error));
		}
	},
	save: async ({ locals, params, request }) => {
		const form = await readForm(request, MeetingMinutesInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		const markedAt = locals.ctx.now.getTime();
		try {
			await markAttendance(
				locals.ctx,
				{ activityId: params.activity, sessionId: params.session },
				form.data.map((mark) => ({ ...mark, markedAt })),
				'meeting'
			);
		} catch (error) {
			return fail(...refusal(error));
		}
		redirect(303, `/classes/${params.activity}/sessions/${params.session}`);
	}
};
