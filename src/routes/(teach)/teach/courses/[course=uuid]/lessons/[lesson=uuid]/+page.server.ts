import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { DocumentInput, FileInput, LessonInput } from '#lib/catalogue/input.ts';
import { ScormSettingsInput } from '#lib/scorm/settings.ts';
import { paperSize } from '#lib/assessment/paper.ts';
import { getPaper } from '#lib/server/assessment/papers.ts';
import { getLessonForAuthor } from '#lib/server/catalogue/editor.ts';
import * as lessons from '#lib/server/catalogue/lessons.ts';
import { deleteLesson } from '#lib/server/catalogue/structure.ts';
import { getLectureStatus, getPlayable } from '#lib/server/lectures/media.ts';
import { cancelTranscode, retryTranscode } from '#lib/server/lectures/service.ts';
import { getSoundFile, setSoundDownload } from '#lib/server/lectures/sound-file.ts';
import { SoundInput } from '#lib/lectures/input.ts';
import { toLinks } from '#lib/server/lectures/document-urls.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import { cancelImport, retryImport } from '#lib/server/scorm/import.ts';
import { getPackageStatus } from '#lib/server/scorm/status.ts';
import { packageMaxBytes } from '#lib/server/scorm/uploads.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	const { course, version, lesson, isEditable } = await getLessonForAuthor(ctx, params.course, params.lesson);
	const { document, attachments, ...facts } = lesson;
	return {
		code: course.code,
		courseTitle: version.title,
		isEditable,
		lesson: facts,
		lecture: facts.lectureId ? await getLectureStatus(ctx, facts.lectureId) : null,
		playable: facts.lectureId ? await getPlayable(ctx, facts.lectureId) : undefined,
		sound: facts.lectureId ? await getSoundFile(ctx, facts.lectureId) : undefined,
		package: facts.packageId ? await getPackageStatus(ctx, facts.packageId, facts.packageRevision) : null,
		paperSize: facts.paperId ? paperSize((await getPaper(ctx.db, facts.paperId)).content) : undefined,
		packageMaxBytes: packageMaxBytes(ctx.config),
		document: document && toLinks(ctx.storage, document),
		attachments: attachments.map((row) => toLinks(ctx.storage, row)),
		uploadMaxBytes: ctx.config.uploadMaxBytes,
		formMaxBytes: ctx.config.formMaxBytes
	};
};

type Event = RequestEvent<{ course: string; lesson: string }>;

/** The lesson of the newest version that the address means. */
async function whereOf({ locals, params }: Event) {
	const { lesson } = await getLessonForAuthor(locals.ctx, params.course, params.lesson);
	return { where: { courseId: params.course, lessonVersionId: lesson.lessonVersionId }, lesson };
}

/** One call, and its "no" as a form's answer. */
async function tell<T extends object>(at: string, call: () => Promise<T | void>, values?: Record<string, string>) {
	try {
		return { at, ...(await call()) };
	} catch (error) {
		const [status, said] = refusal(error);
		return fail(status, { at, ...said, values });
	}
}

/** Actions on the lesson's lecture. */
function onLecture(call: (ctx: Context, lectureId: string) => Promise<void>) {
	return async (event: Event) => {
		const { lesson } = await whereOf(event);
		return tell('lecture', async () => {
			if (lesson.lectureId) await call(event.locals.ctx, lesson.lectureId);
		});
	};
}

/** Actions on the lesson's package. */
function onPackage(call: (ctx: Context, packageId: string) => Promise<void>) {
	return async (event: Event) => {
		const { lesson } = await whereOf(event);
		return tell('package', async () => {
			if (lesson.packageId) await call(event.locals.ctx, lesson.packageId);
		});
	};
}

async function addFile(event: Event, as: 'document' | 'attachment') {
	const form = await readForm(event.request, FileInput);
	if (!form.ok) return fail(400, { at: as, fileIssue: form.issues.file });
	const { where } = await whereOf(event);
	return tell(
		as,
		async () => void (await lessons.addLessonFile(event.locals.ctx, where, { file: form.data.file, as }))
	);
}

export const actions: Actions = {
	save: async (event) => {
		const form = await readForm(event.request, LessonInput);
		if (!form.ok) return fail(400, { at: 'save', issues: form.issues, values: form.values });
		const { where } = await whereOf(event);
		const typed = {
			...form.data,
			minutes: String(form.data.minutes ?? ''),
			lockVersion: String(form.data.lockVersion)
		};
		const values = {
			...typed,
			url: typed.url ?? '',
			isRequired: typed.isRequired ? 'on' : '',
			preventsSkipping: typed.preventsSkipping ? 'on' : ''
		};
		return tell(
			'save',
			async () => {
				await lessons.updateLesson(event.locals.ctx, where, form.data);
				return { savedAt: new Date() };
			},
			values
		);
	},
	delete: async (event) => {
		const { where } = await whereOf(event);
		const answer = await tell('save', () => deleteLesson(event.locals.ctx, where.courseId, where.lessonVersionId));
		if ('status' in answer) return answer;
		redirect(303, `/teach/courses/${event.params.course}`);
	},
	beginUpload: async (event) => {
		const { where } = await whereOf(event);
		return tell('upload', async () => ({ upload: await lessons.beginLessonUpload(event.locals.ctx, where) }));
	},
	retry: onLecture(retryTranscode),
	cancel: onLecture(cancelTranscode),
	sound: async (event) => {
		const form = await readForm(event.request, SoundInput);
		if (!form.ok) return fail(400, { at: 'lecture', issues: form.issues });
		const { isAllowed } = form.data;
		return onLecture((ctx, lectureId) => setSoundDownload(ctx, lectureId, isAllowed))(event);
	},
	beginPackageUpload: async (event) => {
		const { where } = await whereOf(event);
		return tell('package', async () => ({ upload: await lessons.beginPackageUpload(event.locals.ctx, where) }));
	},
	retryImport: onPackage(retryImport),
	cancelImport: onPackage(cancelImport),
	scormSettings: async (event) => {
		const form = await readForm(event.request, ScormSettingsInput);
		if (!form.ok) return fail(400, { at: 'scorm', issues: form.issues });
		const { where } = await whereOf(event);
		return tell('scorm', async () => {
			await lessons.updateScormSettings(event.locals.ctx, where, form.data);
			return { savedAt: new Date() };
		});
	},
	document: (event) => addFile(event, 'document'),
	attach: (event) => addFile(event, 'attachment'),
	removeFile: async (event) => {
		const form = await readForm(event.request, DocumentInput);
		if (!form.ok) return fail(400, { at: 'attachment', issues: form.issues });
		const { where } = await whereOf(event);
		return tell('attachment', () => lessons.removeLessonFile(event.locals.ctx, where, form.data.documentId));
	}
};
