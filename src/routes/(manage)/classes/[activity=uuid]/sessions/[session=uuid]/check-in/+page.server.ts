import { fail } from '@sveltejs/kit';
import { OpenWindowInput } from '#lib/training/attendance-input.ts';
import { getSitting } from '#lib/server/training/attendance/sitting.ts';
import { closeWindow, openWindow, readWall } from '#lib/server/training/attendance/windows.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const key = { activityId: params.activity, sessionId: params.session };
	const { activity, session } = await getSitting(locals.ctx, key);
	return {
		activity: { id: activity.id, title: activity.title },
		session: { id: session.id, startsAt: session.startsAt, endsAt: session.endsAt },
		wall: await readWall(locals.ctx, key, url.origin)
	};
};

export const actions: Actions = {
	open: async ({ locals, params, request }) => {
		const form = await readForm(request, OpenWindowInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		const { minutes } = form.data;
		try {
			const key = { activityId: params.activity, sessionId: params.session };
			await openWindow(locals.ctx, key, minutes === 'end' ? 'end' : Number(minutes));
		} catch (error) {
			return fail(...refusal(error));
		}
	},
	close: async ({ locals, params }) => {
		try {
			await closeWindow(locals.ctx, { activityId: params.activity, sessionId: params.session });
		} catch (error) {
			return fail(...refusal(error));
		}
	}
};
