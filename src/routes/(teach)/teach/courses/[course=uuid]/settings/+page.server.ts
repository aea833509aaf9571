import { fail, redirect } from '@sveltejs/kit';
import { CourseInput } from '#lib/catalogue/input.ts';
import { getCourseChoices, updateCourse } from '#lib/server/catalogue/courses.ts';
import { getCourseForAuthor } from '#lib/server/catalogue/editor.ts';
import { parseForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { course, outline, isEditable } = await getCourseForAuthor(locals.ctx, params.course);
	const { categories } = await getCourseChoices(locals.ctx);
	return { code: course.code, version: outline.version, isEditable, categories };
};

export const actions: Actions = {
	default: async ({ locals, request, params }) => {
		const posted = await request.formData();
		const audience = posted.getAll('audience[]').map(String);
		const typed = Object.fromEntries(
			[...posted].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))
		);
		const form = parseForm(posted, CourseInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: typed, audience });
		try {
			await updateCourse(locals.ctx, params.course, form.data);
		} catch (error) {
			const [status, said] = refusal(error);
			return fail(status, { ...said, values: typed, audience });
		}
		redirect(303, `/teach/courses/${params.course}`);
	}
};
