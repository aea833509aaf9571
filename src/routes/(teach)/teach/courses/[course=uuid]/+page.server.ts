import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { GenericSchema, InferOutput } from 'valibot';
import * as input from '#lib/catalogue/input.ts';
import { setRetired } from '#lib/server/catalogue/courses.ts';
import { getCourseForAuthor } from '#lib/server/catalogue/editor.ts';
import * as structure from '#lib/server/catalogue/structure.ts';
import * as workflow from '#lib/server/catalogue/workflow.ts';
import { findRenewedLessons } from '#lib/server/learning/scorm-revision.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	const course = await getCourseForAuthor(ctx, params.course);
	return { ...course, renewed: await findRenewedLessons(ctx, course.outline) };
};

type Event = RequestEvent<{ course: string }>;

/** An action with a form: parse, one call, answer. `at` tells the page which of its forms was refused. */
function posting<S extends GenericSchema>(
	at: string,
	schema: S,
	call: (ctx: Context, courseId: string, data: InferOutput<S>) => Promise<unknown>
) {
	return async ({ locals, params, request }: Event) => {
		const form = await readForm(request, schema);
		if (!form.ok) return fail(400, { at, issues: form.issues, values: form.values });
		return tell(at, () => call(locals.ctx, params.course, form.data));
	};
}

/** An action that is a button alone. */
function deciding(at: string, call: (ctx: Context, courseId: string) => Promise<unknown>) {
	return ({ locals, params }: Event) => tell(at, () => call(locals.ctx, params.course));
}

async function tell(at: string, call: () => Promise<unknown>) {
	try {
		await call();
	} catch (error) {
		const [status, said] = refusal(error);
		return fail(status, { at, ...said });
	}
	return { at };
}

export const actions: Actions = {
	addModule: posting('addModule', input.TitleInput, (ctx, id, { title }) => structure.addModule(ctx, id, title)),
	renameModule: posting('renameModule', input.ModuleTitleInput, (ctx, id, { moduleId, title }) =>
		structure.renameModule(ctx, id, moduleId, title)
	),
	deleteModule: posting('structure', input.ModuleInput, (ctx, id, { moduleId }) =>
		structure.deleteModule(ctx, id, moduleId)
	),
	moveModule: posting('structure', input.MoveInput, (ctx, id, move) =>
		structure.moveModule(ctx, id, move.id, move.direction)
	),
	moveLesson: posting('structure', input.MoveInput, (ctx, id, move) =>
		structure.moveLesson(ctx, id, move.id, move.direction)
	),
	order: posting('structure', input.OrderInput, (ctx, id, { order }) => structure.orderCourse(ctx, id, order)),
	addLesson: async ({ locals, params, request }) => {
		const form = await readForm(request, input.NewLessonInput);
		if (!form.ok) return fail(400, { at: 'addLesson', issues: form.issues, values: form.values });
		let lessonId: string;
		try {
			({ lessonId } = await structure.addLesson(locals.ctx, params.course, form.data));
		} catch (error) {
			const [status, said] = refusal(error);
			return fail(status, { at: 'addLesson', ...said });
		}
		redirect(303, `/teach/courses/${params.course}/lessons/${lessonId}`);
	},
	submit: deciding('workflow', workflow.submitForReview),
	withdraw: deciding('workflow', workflow.withdrawFromReview),
	newVersion: deciding('workflow', workflow.startNewVersion),
	retire: deciding('workflow', (ctx, id) => setRetired(ctx, id, true)),
	offerAgain: deciding('workflow', (ctx, id) => setRetired(ctx, id, false))
};
