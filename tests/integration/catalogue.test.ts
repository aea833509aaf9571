import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import type { Actor, Role } from '#lib/server/identity/actor.ts';
import { createCourse, updateCourse } from '#lib/server/catalogue/courses.ts';
import { getCourseForAuthor, getPreview } from '#lib/server/catalogue/editor.ts';
import { addLessonFile, beginLessonUpload, removeLessonFile, updateLesson } from '#lib/server/catalogue/lessons.ts';
import { listAuthoredCourses, listForReview, listPublishedCourses } from '#lib/server/catalogue/lists.ts';
import { getCourseOutline, getLesson } from '#lib/server/catalogue/queries.ts';
import {
	addLesson,
	addModule,
	deleteModule,
	moveLesson,
	moveModule,
	orderCourse
} from '#lib/server/catalogue/structure.ts';
import {
	listMissing,
	publishCourse,
	returnCourse,
	startNewVersion,
	submitForReview,
	withdrawFromReview
} from '#lib/server/catalogue/workflow.ts';
import { cancelTranscode, getUpload } from '#lib/server/lectures/service.ts';
import { lectureRevisions, lectures } from '#lib/server/lectures/tables.ts';
import { units, unitVersions } from '#lib/server/organisation/tables.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { as, test } from '../support/test.ts';

const FACTS = {
	title: 'Nhập môn chuyển đổi số trong công tác PBGDPL',
	summary: '',
	teachingPeriods: 8,
	audience: [],
	coverageThreshold: 90,
	isSequential: false
};

async function aUnit(ctx: Context, code: string, path: string): Promise<{ id: string; path: string }> {
	const [unit] = await ctx.db.insert(units).values({ code, path }).returning({ id: units.id });
	await ctx.db
		.insert(unitVersions)
		.values({ unitId: unit!.id, name: `Đơn vị ${code}`, type: 'commune', validFrom: '2025-07-01' });
	return { id: unit!.id, path };
}

function anActor(role: Role, unit: { id: string; path: string }): Actor {
	const grants = [{ role, unitId: unit.id, unitPath: unit.path }];
	return { kind: 'account', accountId: randomUUID(), displayName: role, grants };
}

/** A province with two communes, a trainer of the first, an approver of the province. */
async function aWorld(ctx: Context) {
	const province = await aUnit(ctx, 'MH', '1');
	const commune = await aUnit(ctx, 'MH-X01', '1.2');
	const other = await aUnit(ctx, 'MH-X02', '1.3');
	return {
		commune,
		trainer: as(ctx, anActor('trainer', commune)),
		stranger: as(ctx, anActor('trainer', other)),
		approver: as(ctx, anActor('content_approver', province)),
		learner: as(ctx, { kind: 'account', accountId: randomUUID(), displayName: 'học viên', grants: [] })
	};
}

/** A course with one module and a document lesson that has a text: complete. */
async function aCompleteCourse(trainer: Context, unitId: string, code = 'KC01') {
	const { courseId } = await createCourse(trainer, { unitId, code, ...FACTS });
	const { moduleId } = await addModule(trainer, courseId, 'Bối cảnh');
	const { lessonId, lessonVersionId } = await addLesson(trainer, courseId, {
		moduleId,
		title: 'Bài 1',
		kind: 'document'
	});
	const where = { courseId, lessonVersionId };
	await updateLesson(trainer, where, {
		lockVersion: 1,
		title: 'Bài 1',
		isRequired: true,
		preventsSkipping: false,
		minutes: 10,
		url: null,
		body: 'Nội dung'
	});
	return { courseId, moduleId, lessonId, lessonVersionId, where };
}

const titles = async (ctx: Context, courseId: string) => {
	const { outline } = await getCourseForAuthor(ctx, courseId);
	return outline.modules.map(({ title, lessons }) => [title, ...lessons.map((lesson) => lesson.title)]);
};

test('a course is written, sent, approved by somebody else, and then offered to everyone', async ({ ctx }) => {
	const { trainer, approver, learner, commune } = await aWorld(ctx);
	const { courseId } = await aCompleteCourse(trainer, commune.id);
	await submitForReview(trainer, courseId);
	expect(await listForReview(approver)).toMatchObject([{ courseId, status: 'in_review', isOwn: false }]);
	await publishCourse(approver, courseId);
	expect(await listPublishedCourses(learner, { text: 'nhap mon CHUYEN DOI' })).toMatchObject([
		{ code: 'KC01', number: 1 }
	]);
	expect(await listPublishedCourses(learner, { text: 'không có' })).toEqual([]);
});

test('what is missing is listed and keeps a course from being sent', async ({ ctx }) => {
	const { trainer, commune } = await aWorld(ctx);
	const { courseId, courseVersionId } = await createCourse(trainer, { unitId: commune.id, code: 'KC01', ...FACTS });
	expect(await listMissing(ctx.db, courseVersionId)).toEqual([{ code: 'no_module' }]);
	const { moduleId } = await addModule(trainer, courseId, 'Một');
	await addLesson(trainer, courseId, { moduleId, title: 'Bài giảng', kind: 'lecture' });
	await addLesson(trainer, courseId, { moduleId, title: 'Đường dẫn', kind: 'link' });
	await addModule(trainer, courseId, 'Hai');
	expect(await listMissing(ctx.db, courseVersionId)).toMatchObject([
		{ code: 'lecture_not_ready', title: 'Bài giảng' },
		{ code: 'no_link', title: 'Đường dẫn' },
		{ code: 'empty_module', title: 'Hai' }
	]);
	await expect(submitForReview(trainer, courseId)).rejects.toThrow('catalogue.incomplete');
});

describe('a published version', () => {
	test('refuses every change, and a new version leaves it as it was', async ({ ctx }) => {
		const { trainer, approver, commune } = await aWorld(ctx);
		const { courseId, moduleId, lessonId, where } = await aCompleteCourse(trainer, commune.id);
		await submitForReview(trainer, courseId);
		await expect(addModule(trainer, courseId, 'x')).rejects.toThrow('catalogue.in_review');
		await publishCourse(approver, courseId);
		const { outline: published } = await getCourseForAuthor(trainer, courseId);
		await expect(deleteModule(trainer, courseId, moduleId)).rejects.toThrow('catalogue.published');
		await expect(updateCourse(trainer, courseId, { lockVersion: 3, ...FACTS })).rejects.toThrow('catalogue.published');
		await expect(removeLessonFile(trainer, where, randomUUID())).rejects.toThrow('catalogue.published');

		await startNewVersion(trainer, courseId);
		await expect(startNewVersion(trainer, courseId)).rejects.toThrow('catalogue.open_version');
		const draft = await getPreview(trainer, courseId);
		expect(draft.version).toMatchObject({ number: 2, status: 'draft' });
		expect(draft.modules[0]!.lessons[0]).toMatchObject({ lessonId, title: 'Bài 1' });
		await deleteModule(trainer, courseId, draft.modules[0]!.id);
		expect(await getCourseOutline(ctx.db, published.version.id)).toEqual(published);
	});

	test('keeps its lecture: a replaced video goes to the draft alone', async ({ ctx }) => {
		const { trainer, approver, commune } = await aWorld(ctx);
		const { courseId, moduleId } = await aCompleteCourse(trainer, commune.id);
		const { lessonVersionId } = await addLesson(trainer, courseId, { moduleId, title: 'Phim', kind: 'lecture' });
		const first = await beginLessonUpload(trainer, { courseId, lessonVersionId });
		expect(await beginLessonUpload(trainer, { courseId, lessonVersionId })).toEqual(first);
		await ctx.db.update(lectureRevisions).set({ state: 'ready', durationS: 60 });
		await ctx.db.update(lectures).set({ readyRevision: 1 });
		expect((await beginLessonUpload(trainer, { courseId, lessonVersionId })).revision).toBe(2);
		await submitForReview(trainer, courseId);
		await publishCourse(approver, courseId);
		await startNewVersion(trainer, courseId);
		const draft = await getPreview(trainer, courseId);
		const copy = draft.modules[0]!.lessons[1]!;
		expect(copy).toMatchObject({ lectureId: first.lectureId, minutes: 1 });
		const second = await beginLessonUpload(trainer, { courseId, lessonVersionId: copy.lessonVersionId });
		expect(second.lectureId).not.toBe(first.lectureId);
	});
});

test('nobody approves what they wrote or sent', async ({ ctx }) => {
	const { commune, approver } = await aWorld(ctx);
	const both = { ...anActor('trainer', { id: commune.id, path: '1' }) } as Extract<Actor, { kind: 'account' }>;
	const author = as(ctx, {
		...both,
		grants: [...both.grants, { role: 'content_approver', unitId: commune.id, unitPath: '1' }]
	});
	const { courseId } = await aCompleteCourse(author, commune.id);
	await submitForReview(author, courseId);
	expect(await listForReview(author)).toMatchObject([{ isOwn: true }]);
	await expect(publishCourse(author, courseId)).rejects.toThrow('catalogue.own_course');
	await expect(returnCourse(author, courseId, 'x')).rejects.toThrow('catalogue.own_course');
	await returnCourse(approver, courseId, 'Bổ sung nguồn trích dẫn');
	expect((await getPreview(author, courseId)).version).toMatchObject({
		status: 'returned',
		reviewNote: 'Bổ sung nguồn trích dẫn'
	});
	await submitForReview(author, courseId);
	await withdrawFromReview(author, courseId);
	await expect(publishCourse(approver, courseId)).rejects.toThrow('catalogue.not_in_review');
});

test('nobody reaches a course or an upload of another unit', async ({ ctx }) => {
	const { trainer, stranger, learner, approver, commune } = await aWorld(ctx);
	const { courseId, moduleId, where } = await aCompleteCourse(trainer, commune.id);
	const { lessonVersionId } = await addLesson(trainer, courseId, { moduleId, title: 'Phim', kind: 'lecture' });
	const target = await beginLessonUpload(trainer, { courseId, lessonVersionId });
	expect(await listAuthoredCourses(stranger)).toEqual([]);
	for (const attempt of [
		() => getCourseForAuthor(stranger, courseId),
		() => getPreview(stranger, courseId),
		() => addModule(stranger, courseId, 'x'),
		() => beginLessonUpload(stranger, { courseId, lessonVersionId }),
		() => getUpload(stranger, target),
		() => cancelTranscode(stranger, target.lectureId),
		() => createCourse(stranger, { unitId: commune.id, code: 'KC99', ...FACTS })
	])
		await expect(attempt()).rejects.toMatchObject({ kind: 'not_found' });
	for (const attempt of [
		() => getCourseForAuthor(learner, courseId),
		() => getPreview(learner, courseId),
		() => addModule(approver, courseId, 'x'),
		() => publishCourse(trainer, courseId),
		() =>
			updateLesson(learner, where, {
				lockVersion: 1,
				title: 'x',
				isRequired: true,
				preventsSkipping: false,
				minutes: null,
				url: null,
				body: ''
			})
	])
		await expect(attempt()).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(getPreview(approver, courseId)).resolves.toBeDefined();
	const colleague = as(ctx, anActor('trainer', commune));
	await expect(getUpload(colleague, target)).rejects.toMatchObject({ kind: 'not_found' });
});

test('modules and lessons move by one place, across modules at an edge, and as a whole order', async ({ ctx }) => {
	const { trainer, commune } = await aWorld(ctx);
	const { courseId } = await createCourse(trainer, { unitId: commune.id, code: 'KC01', ...FACTS });
	const { moduleId: a } = await addModule(trainer, courseId, 'A');
	const { moduleId: b } = await addModule(trainer, courseId, 'B');
	const add = (moduleId: string, title: string) => addLesson(trainer, courseId, { moduleId, title, kind: 'document' });
	const [one, two, three] = [await add(a, '1'), await add(a, '2'), await add(b, '3')];
	await moveLesson(trainer, courseId, two.lessonVersionId, 'up');
	expect(await titles(trainer, courseId)).toEqual([
		['A', '2', '1'],
		['B', '3']
	]);
	await moveLesson(trainer, courseId, one.lessonVersionId, 'down');
	expect(await titles(trainer, courseId)).toEqual([
		['A', '2'],
		['B', '1', '3']
	]);
	await moveLesson(trainer, courseId, two.lessonVersionId, 'up');
	await moveModule(trainer, courseId, b, 'up');
	expect(await titles(trainer, courseId)).toEqual([
		['B', '1', '3'],
		['A', '2']
	]);
	const [i, ii, iii] = [one.lessonVersionId, two.lessonVersionId, three.lessonVersionId];
	await orderCourse(trainer, courseId, [
		{ id: a, lessons: [iii, ii, i] },
		{ id: b, lessons: [] }
	]);
	expect(await titles(trainer, courseId)).toEqual([['A', '3', '2', '1'], ['B']]);
	for (const order of [
		[{ id: a, lessons: [i, ii, iii] }],
		[
			{ id: a, lessons: [i, ii] },
			{ id: b, lessons: [] }
		],
		[
			{ id: a, lessons: [i, i, ii, iii] },
			{ id: b, lessons: [] }
		],
		[
			{ id: a, lessons: [i, ii, randomUUID()] },
			{ id: b, lessons: [] }
		]
	])
		await expect(orderCourse(trainer, courseId, order)).rejects.toThrow('form.stale');
});

test('the second of two people who edit one course or lesson is told', async ({ ctx }) => {
	const { trainer, commune } = await aWorld(ctx);
	const { courseId, where } = await aCompleteCourse(trainer, commune.id);
	await updateCourse(trainer, courseId, { lockVersion: 1, ...FACTS, title: 'Một' });
	await expect(updateCourse(trainer, courseId, { lockVersion: 1, ...FACTS, title: 'Hai' })).rejects.toThrow(
		'form.stale'
	);
	const lesson = { title: 'B', isRequired: true, preventsSkipping: false, minutes: null, url: null, body: '' };
	await expect(updateLesson(trainer, where, { lockVersion: 1, ...lesson })).rejects.toThrow('form.stale');
	await expect(createCourse(trainer, { unitId: commune.id, code: 'KC01', ...FACTS })).rejects.toMatchObject({
		kind: 'conflict',
		code: 'catalogue.code_taken'
	});
});

test('rich text keeps its form and loses what runs', async ({ ctx }) => {
	const { trainer, commune } = await aWorld(ctx);
	const { courseId, where, lessonId } = await aCompleteCourse(trainer, commune.id);
	const save = async (lockVersion: number, body: string) => {
		await updateLesson(trainer, where, {
			lockVersion,
			title: 'B',
			isRequired: true,
			preventsSkipping: false,
			minutes: null,
			url: null,
			body
		});
		const { version } = await getPreview(trainer, courseId);
		return (await getLesson(ctx.db, version.id, lessonId)).bodyHtml;
	};
	const hostile = '<h2>Mục</h2><p onclick="x()">a <b>b</b><script>alert(1)</script><img src=x onerror=y></p>';
	expect(await save(2, `${hostile}<a href="javascript:alert(1)">x</a>`)).toBe(
		'<h3>Mục</h3><p>a <strong>b</strong></p><a rel="noopener noreferrer nofollow" target="_blank">x</a>'
	);
	expect(await save(3, 'Dòng 1\nDòng 2 & 3 < 4\n\nĐoạn hai')).toBe(
		'<p>Dòng 1<br />Dòng 2 &amp; 3 &lt; 4</p><p>Đoạn hai</p>'
	);
});

describe('files of a lesson', () => {
	const png = Buffer.from(
		'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
		'base64'
	);

	test('are known by their bytes; pictures lose their metadata and names their paths', async ({ ctx }) => {
		const { trainer, commune } = await aWorld(ctx);
		const { where } = await aCompleteCourse(trainer, commune.id);
		const add = (bytes: string | Buffer, name: string) =>
			addLessonFile(trainer, where, { file: new File([bytes as BlobPart], name), as: 'attachment' });
		expect(await add('%PDF-1.7\n…', '..\\..\\đề cương.exe')).toMatchObject({
			kind: 'pdf',
			name: 'đề cương.pdf',
			contentType: 'application/pdf'
		});
		const image = await add(png, 'ảnh.png');
		expect(image).toMatchObject({ kind: 'image', name: 'ảnh.webp', contentType: 'image/webp' });
		expect((await ctx.storage.head(image.storageKey))?.contentType).toBe('image/webp');
		await expect(add('<html><script>', 'a.pdf')).rejects.toThrow('lectures.document_type');
		await expect(add(Buffer.concat([png.subarray(0, 30)]), 'a.png')).rejects.toThrow('form.bad_picture');
		await expect(add('', 'a.pdf')).rejects.toThrow('lectures.empty_file');
	});

	test('stay with the published version when the draft drops them', async ({ ctx }) => {
		const { trainer, approver, commune } = await aWorld(ctx);
		const { courseId, lessonId, where } = await aCompleteCourse(trainer, commune.id);
		const file = new File(['%PDF-1.7'], 'a.pdf');
		const { id } = await addLessonFile(trainer, where, { file, as: 'attachment' });
		await submitForReview(trainer, courseId);
		await publishCourse(approver, courseId);
		const published = (await getPreview(trainer, courseId)).version.id;
		await startNewVersion(trainer, courseId);
		const draft = await getPreview(trainer, courseId);
		const { lessonVersionId } = draft.modules[0]!.lessons[0]!;
		await removeLessonFile(trainer, { courseId, lessonVersionId }, id);
		expect((await getLesson(ctx.db, draft.version.id, lessonId)).attachments).toEqual([]);
		expect((await getLesson(ctx.db, published, lessonId)).attachments).toMatchObject([{ id }]);
	});
});

test('an unfinished upload of somebody else is given up when another trainer begins', async ({ ctx }) => {
	const { trainer, commune } = await aWorld(ctx);
	const { courseId, moduleId } = await aCompleteCourse(trainer, commune.id);
	const { lessonVersionId } = await addLesson(trainer, courseId, { moduleId, title: 'Phim', kind: 'lecture' });
	const first = await beginLessonUpload(trainer, { courseId, lessonVersionId });
	const colleague = as(ctx, anActor('trainer', commune));
	const second = await beginLessonUpload(colleague, { courseId, lessonVersionId });
	expect(second).toEqual({ lectureId: first.lectureId, revision: 2 });
	const [old] = await ctx.db.select().from(lectureRevisions).where(eq(lectureRevisions.revision, 1));
	expect(old?.state).toBe('cancelled');
});
