import { json } from '@sveltejs/kit';
import * as v from 'valibot';
import { MarksInput } from '#lib/training/attendance-input.ts';
import { markAttendance } from '#lib/server/training/attendance/mark.ts';
import { refusal } from '#lib/server/platform/forms.ts';
import { readJsonBody } from '#lib/server/platform/forms.ts';
import type { RequestHandler } from './$types';

/** Takes notes that a telephone kept, in any order and more than once. */
export const POST: RequestHandler = async ({ locals, params, request }) => {
	const input = v.safeParse(MarksInput, await readJsonBody(request));
	if (!input.success) return json({ code: 'form.invalid' }, { status: 400 });
	try {
		await markAttendance(locals.ctx, { activityId: params.activity, sessionId: params.session }, input.output.marks);
	} catch (error) {
		const [status, refused] = refusal(error);
		return json(refused, { status });
	}
	return json({ taken: input.output.marks.length });
};
