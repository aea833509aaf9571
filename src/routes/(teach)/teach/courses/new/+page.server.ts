import { fail, redirect } from '@sveltejs/kit';
import { NewCourseInput } from '#lib/catalogue/input.ts';
import { createCourse, getCourseChoices } from '#lib/server/catalogue/courses.ts';
import { parseForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => getCourseChoices(locals.ctx);

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const posted = await request.formData();
		const audience = posted.getAll('audience[]').map(String);
		const form = parseForm(posted, NewCourseInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values, audience });
		let courseId: string;
		try {
			({ courseId } = await createCourse(locals.ctx, form.data));
		} catch (error) {
			const [status, said] = refusal(error);
			return fail(status, { ...said, values: Object.fromEntries(textsOf(posted)), audience });
		}
		redirect(303, `/teach/courses/${courseId}`);
	}
};

function textsOf(form: FormData): [string, string][] {
	return [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as [string, string]] : []));
}
