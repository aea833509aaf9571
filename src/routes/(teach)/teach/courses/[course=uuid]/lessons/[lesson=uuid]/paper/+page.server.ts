import { fail, type RequestEvent } from '@sveltejs/kit';
import type * as v from 'valibot';
import * as edit from '#lib/assessment/edit-paper.ts';
import * as input from '#lib/assessment/paper-input.ts';
import { getPaperForAuthor } from '#lib/server/assessment/paper-page.ts';
import { getLessonForAuthor } from '#lib/server/catalogue/editor.ts';
import { changeLessonPaper } from '#lib/server/catalogue/lesson-papers.ts';
import type { PaperChange } from '#lib/server/assessment/papers.ts';
import { DomainError } from '#lib/server/platform/errors.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const { course, version, lesson, isEditable } = await getLessonForAuthor(ctx, params.course, params.lesson);
	if (!lesson.paperId) throw new DomainError('not_found', 'assessment.no_such_paper');
	const search = (url.searchParams.get('q') ?? '').slice(0, 200).trim();
	return {
		...{ code: course.code, courseTitle: version.title, lessonTitle: lesson.title, isEditable, search },
		paper: await getPaperForAuthor(ctx, lesson.paperId, search)
	};
};

type Event = RequestEvent<{ course: string; lesson: string }>;

/** An action that changes the paper by what its form says; `at` tells the page which form it was. */
function changing<S extends v.GenericSchema<unknown, { lockVersion: number }>>(
	at: string,
	schema: S,
	change: (data: v.InferOutput<S>) => PaperChange | Record<string, string>
) {
	return async ({ locals: { ctx }, params, request }: Event) => {
		const form = await readForm(request, schema);
		if (!form.ok) return fail(400, { at, issues: form.issues, values: form.values });
		const made = change(form.data);
		if (typeof made !== 'function') return fail(400, { at, issues: made, values: {} });
		try {
			const { lesson } = await getLessonForAuthor(ctx, params.course, params.lesson);
			const where = { courseId: params.course, lessonVersionId: lesson.lessonVersionId };
			await changeLessonPaper(ctx, where, form.data.lockVersion, made);
		} catch (error) {
			const [status, said] = refusal(error);
			return fail(status, { at, ...said });
		}
		return { at, savedAt: new Date() };
	};
}

export const actions: Actions = {
	random: changing('random', input.RandomPartInput, ({ lockVersion: _, ...part }) => ({ content }) => ({
		content: edit.addPart(content, { kind: 'random', ...part })
	})),
	fixed: changing('fixed', input.FixedPartsInput, ({ ids, marks }) => ({ content }) => ({
		content: ids.reduce((grown, questionId) => edit.addPart(grown, { kind: 'fixed', questionId, marks }), content)
	})),
	section: changing('section', input.SectionInput, ({ title }) => ({ content }) => ({
		content: edit.addPart(content, { kind: 'section', title })
	})),
	move: changing('parts', input.MovePartInput, ({ index, direction }) => ({ content }) => ({
		content: edit.movePart(content, index, direction)
	})),
	remove: changing('parts', input.PartInput, ({ index }) => ({ content }) => ({
		content: edit.removePart(content, index)
	})),
	weigh: changing('parts', input.WeighPartInput, ({ index, marks, count }) => ({ content }) => ({
		content: edit.weighPart(content, index, { marks, ...(count !== undefined && { count }) })
	})),
	settings: changing('settings', input.SettingsInput, (data) => {
		const made = input.toSettings(data);
		return made.ok ? () => ({ settings: made.settings }) : made.issues;
	})
};
