// A package is replaced while people learn with it: what each of them keeps, and what the trainer is told beforehand.
import { randomUUID } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import type { Opened } from '#lib/scorm/runtime/protocol.ts';
import { auditEvents } from '#lib/server/audit/tables.ts';
import { beginPackageUpload } from '#lib/server/catalogue/lessons.ts';
import { getCourseForAuthor, getForReview } from '#lib/server/catalogue/editor.ts';
import { courseVersions, lessonVersions } from '#lib/server/catalogue/tables.ts';
import { publishCourse, startNewVersion, submitForReview } from '#lib/server/catalogue/workflow.ts';
import type { Role } from '#lib/server/identity/actor.ts';
import { getLessonForLearner } from '#lib/server/learning/lesson.ts';
import { resetAttempt } from '#lib/server/learning/scorm-manage.ts';
import { listScormResults } from '#lib/server/learning/scorm-results.ts';
import { adoptRevision, findRenewedLessons, getRevisionChange } from '#lib/server/learning/scorm-revision.ts';
import { settleScormLesson } from '#lib/server/learning/scorm.ts';
import { lessonProgress } from '#lib/server/learning/tables.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { finishUpload } from '#lib/server/scorm/import.ts';
import { packageJobs } from '#lib/server/scorm/jobs.ts';
import { sourceKey } from '#lib/server/scorm/keys.ts';
import { attemptItems, attempts } from '#lib/server/scorm/runtime-tables.ts';
import { takeCommits } from '#lib/server/scorm/runtime/commit.ts';
import { findFile } from '#lib/server/scorm/runtime/find-file.ts';
import { findLaunch } from '#lib/server/scorm/runtime/launches.ts';
import { openItem } from '#lib/server/scorm/runtime/open-item.ts';
import { runJobs } from '../support/jobs.ts';
import { manifest12, zipOf, type PlannedItem } from '../support/scorm-packages.ts';
import { aLaunch, anotherScormLearner, aScormWorld, type ScormWorld } from '../support/scorm-world.ts';
import { as, test } from '../support/test.ts';

/** A package of these SCOs; what a page holds decides whether its content is the same. */
function aPackage(...items: (PlannedItem & { page: string })[]): Uint8Array {
	const pages = items.map(({ id, page }) => [`${id}.html`, page]);
	return zipOf({ 'imsmanifest.xml': manifest12('Bài mẫu', items), ...Object.fromEntries(pages) });
}

const FIRST = aPackage({ id: 'a', page: 'A' }, { id: 'b', page: 'B', title: 'Bài hai' }, { id: 'c', page: 'C' });
/** `a` as it was; `b` called otherwise and with another content; `c` gone, `d` new. */
const SECOND = aPackage(
	{ id: 'a', page: 'A' },
	{ id: 'b', page: 'B, Luật số 69', title: 'Bài hai (sửa)' },
	{ id: 'd', page: 'mới' }
);

const someone = (ctx: Context, world: ScormWorld, role: Role) =>
	as(
		{ ...ctx, now: new Date() },
		{
			kind: 'account',
			accountId: randomUUID(),
			displayName: role,
			grants: [{ role, unitId: world.unitId, unitPath: '1' }]
		}
	);

/** A new version of the course with the next revision of the package, sent for approval. */
async function replace(ctx: Context, world: ScormWorld, zip: Uint8Array) {
	const [author, approver] = [someone(ctx, world, 'trainer'), someone(ctx, world, 'content_approver')];
	const [version] = await ctx.db.select().from(courseVersions).where(eq(courseVersions.id, world.courseVersionId));
	const { courseId } = version!;
	await startNewVersion(author, courseId);
	const { outline } = await getCourseForAuthor(author, courseId);
	const { lessonVersionId } = outline.modules[0]!.lessons[0]!;
	const target = await beginPackageUpload(author, { courseId, lessonVersionId });
	await ctx.storage.put(sourceKey(target), zip, { contentType: 'application/zip' });
	await finishUpload(author, target, { name: 'moi.zip', sizeBytes: zip.byteLength });
	await runJobs(author, packageJobs);
	await submitForReview(author, courseId);
	const where = { courseId, lessonId: world.lessonId };
	const publish = () => publishCourse(approver, courseId);
	const adopt = () => adoptRevision(author, { ...where, seen: target.revision });
	return { author, approver, where, publish, adopt, change: () => getRevisionChange(author, courseId, world.lessonId) };
}

async function replaceForAll(ctx: Context, world: ScormWorld, zip: Uint8Array) {
	const replaced = await replace(ctx, world, zip);
	await replaced.publish();
	await replaced.adopt();
	return replaced;
}

const now = (world: ScormWorld): Context => ({ ...world.ctx, now: new Date() });

async function open(world: ScormWorld, token: string, item?: string): Promise<Opened> {
	const launch = await findLaunch(world.ctx.db, token);
	return (await openItem(now(world), launch!, { item }, settleScormLesson)).opened!;
}

/** One session of an item, told in a single commit and ended. */
async function learn(world: ScormWorld, token: string, item: string, values: Record<string, string>, sequence = 1) {
	await open(world, token, item);
	const request = { item, commits: [{ sequence, values, isTerminate: true }] };
	expect(await takeCommits(now(world), token, request, settleScormLesson)).toMatchObject({ ok: true });
}

const suspended = (data: string) => ({ 'cmi.suspend_data': data, 'cmi.core.exit': 'suspend' });
const passed = (raw: string) => ({
	...{ 'cmi.core.lesson_status': 'passed', 'cmi.core.score.raw': raw, 'cmi.core.exit': 'suspend' },
	...{ 'cmi.suspend_data': `xong ${raw}`, 'cmi.core.lesson_location': 'p9' },
	...{ 'cmi.objectives.0.id': 'obj', 'cmi.objectives.0.status': 'passed', 'cmi.student_preference.audio': '5' }
});

async function completeAll(world: ScormWorld, items: readonly string[]): Promise<void> {
	const token = await aLaunch(world);
	for (const [i, item] of items.entries()) await learn(world, token, item, passed(`${80 + i}`), i + 1);
}

const attemptsOf = (ctx: Context) => ctx.db.select().from(attempts).orderBy(asc(attempts.startedAt));
const rowsOf = (ctx: Context) =>
	ctx.db.select().from(attemptItems).orderBy(asc(attemptItems.attemptId), asc(attemptItems.item));

describe('a package that is replaced', () => {
	test('says beforehand what it changes and whom it meets, and changes nothing by that', async ({ ctx }) => {
		const world = await aScormWorld(ctx, FIRST);
		const onTheWay = await anotherScormLearner(world);
		await completeAll(world, ['a', 'b', 'c']);
		await learn(onTheWay, await aLaunch(onTheWay), 'a', suspended('giữa chừng'));
		await anotherScormLearner(world);
		const before = [await rowsOf(ctx), await attemptsOf(ctx)];
		const { author, approver, where, change, publish, adopt } = await replace(ctx, world, SECOND);
		const told = await change();
		expect(told).toMatchObject({ isLive: false, mayAdopt: false, revision: 2, comparisons: [{ revision: 1 }] });
		expect(told.comparisons[0]!.items).toEqual([
			{ kind: 'same', identifier: 'a', title: 'a' },
			{ kind: 'changed', identifier: 'b', title: 'Bài hai (sửa)', formerTitle: 'Bài hai' },
			{ kind: 'new', identifier: 'd', title: 'd' },
			{ kind: 'gone', identifier: 'c', title: 'c' }
		]);
		expect(told.comparisons[0]!.classes).toMatchObject([
			{ people: 3, notBegun: 1, goesOn: 1, carried: 1, fresh: 0, stays: 0 }
		]);
		const { outline } = await getForReview(approver, where.courseId);
		expect(await findRenewedLessons(approver, outline)).toMatchObject([{ lessonId: world.lessonId }]);
		await expect(adopt()).rejects.toThrow('scorm.revision_not_published');
		await publish();
		expect([await rowsOf(ctx), await attemptsOf(ctx)]).toEqual(before);
		expect((await findLaunch(ctx.db, await aLaunch(onTheWay)))!.revision).toBe(1);
		expect(await change()).toMatchObject({ isLive: true, mayAdopt: true });
		await expect(adoptRevision(author, { ...where, seen: 1 })).rejects.toThrow('form.stale');
		const learner = as(ctx, world.learner);
		await expect(getRevisionChange(learner, where.courseId, where.lessonId)).rejects.toThrow('not_permitted');
		await expect(adoptRevision(approver, { ...where, seen: 2 })).rejects.toThrow('not_permitted');
		expect(await adopt()).toEqual({ classes: 1 });
		expect(await change()).toMatchObject({ comparisons: [], mayAdopt: false });
		const { outline: after } = await getForReview(approver, where.courseId);
		expect(await findRenewedLessons(approver, after)).toEqual([]);
		const events = await ctx.db.select().from(auditEvents).where(eq(auditEvents.action, 'course.revision_adopted'));
		expect(events).toMatchObject([{ objectId: where.courseId }]);
	});

	test('loses nobody’s data (in Moodle the tracks of SCOs that are not in the new file are deleted with them)', async ({
		ctx
	}) => {
		const world = await aScormWorld(ctx, FIRST);
		const onTheWay = await anotherScormLearner(world);
		await completeAll(world, ['a', 'b', 'c']);
		const packed = 'gói\u0000😀\ud800';
		await learn(onTheWay, await aLaunch(onTheWay), 'c', suspended(packed));
		const before = await rowsOf(ctx);
		await replaceForAll(ctx, world, SECOND);
		expect(await rowsOf(ctx)).toEqual(before);

		// On the way: the earlier revision to the end, with every character and its own files.
		const token = await aLaunch(onTheWay);
		expect((await findLaunch(ctx.db, token))!.revision).toBe(1);
		expect((await open(onTheWay, token)).seed).toMatchObject({
			'cmi.suspend_data': packed,
			'cmi.core.entry': 'resume'
		});
		expect(await findFile(ctx.db, token, 'c.html')).toMatchObject({ contentType: 'text/html' });
		for (const [i, item] of ['a', 'b', 'c'].entries()) await learn(onTheWay, token, item, passed('90'), i + 1);
		const [{ completedAt } = {}] = await ctx.db
			.select()
			.from(lessonProgress)
			.where(eq(lessonProgress.participationId, onTheWay.participationId));
		expect(completedAt).not.toBeNull();

		// Completed: the earlier attempt stays row by row, the next begins with what was reached.
		const kept = (await rowsOf(ctx)).filter(({ attemptId }) => before.some((row) => row.attemptId === attemptId));
		await aLaunch(world);
		const all = await rowsOf(ctx);
		for (const row of kept) expect(all).toContainEqual(row);
		const { results } = await listScormResults(someone(ctx, world, 'unit_admin'), world.activityId);
		expect(results.map(({ isLessonComplete, completion, success }) => [isLessonComplete, completion, success])).toEqual(
			[
				[true, 'completed', 'passed'],
				[true, 'completed', 'passed']
			]
		);
	});

	test('goes on with status, score and objectives by identifier, and with suspend data where content is the same', async ({
		ctx
	}) => {
		const world = await aScormWorld(ctx, FIRST);
		await completeAll(world, ['a', 'b', 'c']);
		await replaceForAll(ctx, world, SECOND);
		const { view } = await getLessonForLearner(now(world), world.participationId, world.lessonId);
		expect(view).toMatchObject({ scorm: { opening: 'new', renewal: 'carried', attempts: [{}] } });
		const token = await aLaunch(world);
		const launch = await findLaunch(ctx.db, token);
		const { toc, opened } = await openItem(now(world), launch!, {}, settleScormLesson);
		expect([launch!.revision, toc.map(({ item, success }) => [item, success])]).toEqual([
			2,
			[
				['a', 'passed'],
				['b', 'passed'],
				['d', 'unknown']
			]
		]);
		expect([opened!.item, opened!.seed['cmi.core.entry']]).toEqual(['d', 'ab-initio']); // what is new comes first
		const { seed: same } = await open(world, token, 'a');
		expect(same).toMatchObject({
			...{ 'cmi.core.entry': 'resume', 'cmi.core.lesson_status': 'passed', 'cmi.core.score.raw': '80' },
			...{ 'cmi.suspend_data': 'xong 80', 'cmi.core.lesson_location': 'p9' }
		});
		const { seed: changed } = await open(world, token, 'b');
		expect(changed).toMatchObject({
			...{ 'cmi.core.lesson_status': 'passed', 'cmi.core.score.raw': '81', 'cmi.student_preference.audio': '5' },
			...{ 'cmi.objectives.0.id': 'obj', 'cmi.objectives.0.status': 'passed' }
		});
		expect(changed).not.toHaveProperty('cmi.suspend_data');
		expect(changed).not.toHaveProperty(['cmi.core.lesson_location']);

		// Nothing that was reached is taken back by what the new content says.
		await learn(world, token, 'b', { 'cmi.core.lesson_status': 'incomplete', 'cmi.core.score.raw': '3' });
		expect((await attemptsOf(ctx)).map(({ number, completion, score }) => [number, completion, score])).toEqual([
			[1, 'completed', 0.82],
			[2, 'completed', 0.82]
		]);
		const [progress] = await ctx.db.select().from(lessonProgress);
		expect(progress!.completedAt).not.toBeNull();
		expect((await findLaunch(ctx.db, await aLaunch(world)))!.revision).toBe(2);
		expect(await attemptsOf(ctx)).toHaveLength(2);
	});

	test('exported with other identifiers goes on where its content is the same (Totara clears such attempts)', async ({
		ctx
	}) => {
		const sco = (id: string) =>
			zipOf({
				'imsmanifest.xml': manifest12('Bài mẫu', [{ id, href: 'index.html' }]),
				'index.html': 'như cũ'
			});
		const world = await aScormWorld(ctx, sco('x1'));
		await completeAll(world, ['x1']);
		const { change } = await replace(ctx, world, sco('x2'));
		expect((await change()).comparisons[0]!.items).toEqual([
			{ kind: 'same', identifier: 'x2', title: 'x2', formerTitle: 'x1', formerIdentifier: 'x1' }
		]);
	});

	test('opened in two windows at once is carried over once; taking the attempt back takes back what it came from', async ({
		ctx
	}) => {
		const world = await aScormWorld(ctx, FIRST);
		await completeAll(world, ['a', 'b', 'c']);
		await replaceForAll(ctx, world, SECOND);
		await Promise.all([aLaunch(world), aLaunch(world), aLaunch(world)]);
		const [first, second, ...more] = await attemptsOf(ctx);
		expect([second!.carriedFromId, more]).toEqual([first!.id, []]);
		const target = { activityId: world.activityId, registrationId: first!.registrationId };
		const admin = someone(ctx, world, 'unit_admin');
		await resetAttempt(admin, { ...target, attemptId: second!.id, reason: 'Học hộ' });
		expect((await attemptsOf(ctx)).map(({ voidedAt }) => voidedAt !== null)).toEqual([true, true]);
		expect((await open(world, await aLaunch(world))).seed['cmi.core.entry']).toBe('ab-initio');
	});
});

describe('the settings of the lesson', () => {
	test('decide who begins afresh, and who has no attempt left', async ({ ctx }) => {
		const world = await aScormWorld(ctx, FIRST, { newAttempt: 'after_completion', attemptLimit: 2 });
		await completeAll(world, ['a', 'b', 'c']);
		const spent = await anotherScormLearner(world);
		for (let i = 0; i < 2; i++) await completeAll(spent, ['a', 'b', 'c']);
		const { change, publish, adopt } = await replace(ctx, world, SECOND);
		expect((await change()).comparisons[0]!.classes).toMatchObject([{ people: 2, fresh: 1, stays: 1, carried: 0 }]);
		await publish();
		await adopt();
		const token = await aLaunch(world);
		expect((await findLaunch(ctx.db, token))!.revision).toBe(2);
		expect((await open(world, token)).seed['cmi.core.entry']).toBe('ab-initio');
		expect(await findLaunch(ctx.db, await aLaunch(spent))).toMatchObject({ revision: 1, mode: 'review' });
	});

	test('count an attempt that went on as the same one', async ({ ctx }) => {
		const world = await aScormWorld(ctx, FIRST, { attemptLimit: 2, attemptGrade: 'average' });
		await completeAll(world, ['a', 'b', 'c']);
		await replaceForAll(ctx, world, SECOND);
		const token = await aLaunch(world);
		await learn(world, token, 'd', passed('93'));
		const { results } = await listScormResults(someone(ctx, world, 'unit_admin'), world.activityId);
		expect(results).toMatchObject([{ attemptCount: 1, grade: 0.93 }]);
		expect((await findLaunch(ctx.db, await aLaunch(world)))!.mode).toBe('normal');
	});
});

/** SCORM 2004, one SCO with these objectives. */
const of2004 = (page: string, ...objectives: string[]) =>
	zipOf({
		'a.html': page,
		'imsmanifest.xml': `<manifest identifier="m" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
			<metadata><schemaversion>2004 4th Edition</schemaversion></metadata>
			<organizations default="o"><organization identifier="o"><title>Bài</title><item identifier="i" identifierref="r"><title>I</title>
			<imsss:sequencing><imsss:objectives><imsss:primaryObjective objectiveID="chung"/>
			${objectives.map((id) => `<imsss:objective objectiveID="${id}"/>`).join('')}</imsss:objectives></imsss:sequencing></item></organization></organizations>
			<resources><resource identifier="r" adlcp:scormType="sco" href="a.html"/></resources></manifest>`
	});

test('objectives of SCORM 2004 find their places by name', async ({ ctx }) => {
	const world = await aScormWorld(ctx, of2004('một', 'x', 'y'));
	const token = await aLaunch(world);
	await open(world, token);
	await learn(world, token, 'i', {
		...{ 'cmi.completion_status': 'completed', 'cmi.success_status': 'passed', 'cmi.score.scaled': '0.8' },
		...{ 'cmi.objectives.0.id': 'chung', 'cmi.objectives.1.id': 'x', 'cmi.objectives.1.score.scaled': '0.5' },
		...{ 'cmi.objectives.2.id': 'y', 'cmi.objectives.2.success_status': 'passed' },
		...{ 'cmi.suspend_data': 'cũ', 'cmi.location': '7', 'cmi.exit': 'normal' }
	});
	await replaceForAll(ctx, world, of2004('hai', 'z', 'y'));
	const { seed } = await open(world, await aLaunch(world));
	expect(
		Object.fromEntries(Object.entries(seed).filter(([element]) => /objectives|location|suspend/.test(element)))
	).toEqual({
		...{ 'cmi.objectives.0.id': 'chung', 'cmi.objectives.1.id': 'z', 'cmi.objectives.2.id': 'y' },
		'cmi.objectives.2.success_status': 'passed',
		...{ 'cmi.objectives.3.id': 'x', 'cmi.objectives.3.score.scaled': '0.5' }
	});
	expect(seed).toMatchObject({
		...{ 'cmi.completion_status': 'completed', 'cmi.success_status': 'passed', 'cmi.score.scaled': '0.8' },
		'cmi.entry': 'resume'
	});
});

test('what was published with a version stays written down, and a version begun later starts from the newest', async ({
	ctx
}) => {
	const world = await aScormWorld(ctx, FIRST);
	const { author, where } = await replaceForAll(ctx, world, SECOND);
	await startNewVersion(author, where.courseId);
	const rows = await ctx.db.select().from(lessonVersions).where(eq(lessonVersions.lessonId, world.lessonId));
	expect(new Set(rows.map(({ packageRevision, adoptedRevision }) => `${packageRevision}/${adoptedRevision}`))).toEqual(
		new Set(['1/2', '2/null', 'null/null'])
	);
});
