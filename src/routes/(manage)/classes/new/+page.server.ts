import { fail, redirect } from '@sveltejs/kit';
import { OpenClassInput, TICKED_FACTS } from '#lib/training/input.ts';
import { getClassChoices, listClassCourses } from '#lib/server/training/choices.ts';
import { openClass } from '#lib/server/training/classes.ts';
import { findPlanLine } from '#lib/server/training/plans.ts';
import { today } from '#lib/server/platform/context.ts';
import { parseForm, refusal, tickedIn } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const courses = await listClassCourses(locals.ctx);
	const line = await findPlanLine(locals.ctx, url.searchParams.get('line'));
	return {
		line,
		...(await getClassChoices(locals.ctx)),
		courses,
		course: courses.find(({ courseVersionId }) => courseVersionId === url.searchParams.get('course')),
		today: today(locals.ctx)
	};
};

export const actions: Actions = {
	default: async ({ locals, request, url }) => {
		const body = await request.formData();
		const form = parseForm(body, OpenClassInput);
		const lists = tickedIn(body, TICKED_FACTS);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values, lists });
		let activityId: string;
		try {
			({ activityId } = await openClass(locals.ctx, form.data));
		} catch (error) {
			const [status, refused] = refusal(error);
			return fail(status, { ...refused, values: Object.fromEntries(body) as Record<string, string>, lists });
		}
		redirect(303, `/classes/${activityId}/people/add${askedPeople(url)}`);
	}
};

/** Whom the class is opened for, handed on to the page that summons: those of a unit who were not trained yet. */
function askedPeople({ searchParams }: URL): string {
	const kept = ['untrained', 'unit'].flatMap((name) => {
		const value = searchParams.get(name);
		return value ? [[name, value]] : [];
	});
	return kept.length > 0 ? `?${new URLSearchParams(kept)}` : '';
}
