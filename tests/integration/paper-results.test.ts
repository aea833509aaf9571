import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/server/identity/actor.ts';
import { expect } from 'vitest';
import type { PaperVariant } from '#lib/assessment/paper-variant.ts';
import { papers, attemptItems, attempts, sittings } from '#lib/server/assessment/paper-tables.ts';
import { auditEvents } from '#lib/server/audit/tables.ts';
import { learningJobs } from '#lib/server/learning/jobs.ts';
import { checkResults, enterResults, resultTemplate } from '#lib/server/learning/paper-results.ts';
import { makePrintedPaper } from '#lib/server/learning/printed-papers.ts';
import { getQuizAttempt, startQuiz } from '#lib/server/learning/quiz.ts';
import { getQuizBoard } from '#lib/server/learning/quiz-board.ts';
import { printedPapers } from '#lib/server/learning/tables.ts';
import { readTableFile } from '#lib/server/organisation/table-file.ts';
import { xlsxFile } from '#lib/server/platform/office/sheet-files.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { participations, trainingActivities } from '#lib/server/training/tables.ts';
import { runJobs } from '../support/jobs.ts';
import { anotherLearner } from '../support/learning-world.ts';
import { aBankQuestion, aQuizWorld, type QuizWorld } from '../support/quiz-world.ts';
import { as, test } from '../support/test.ts';
import { anActor } from '../support/training-world.ts';

async function aPrintedWorld(ctx: Context) {
	const world = await aQuizWorld(ctx);
	const admin = as(ctx, anActor('unit_admin', { id: world.unitId, path: '1' }));
	const where = { activityId: world.activityId, lessonId: world.place.lessonId };
	const { printedId } = await makePrintedPaper(admin, where, {
		...{ count: 2, shufflesQuestions: true, shufflesOptions: true }
	});
	const [row] = await ctx.db.select().from(printedPapers).where(eq(printedPapers.id, printedId));
	return { world, admin, place: { ...where, printedId }, variants: row!.variants };
}

/** The letter under which an option stands at each question of a variant. */
const letters = ({ items }: PaperVariant, option: string) =>
	items.map(({ optionOrder }) => 'ABCD'[optionOrder.indexOf(option)]!);

/** The template as it comes back from Excel, its lines changed. */
async function filled(ctx: Context, place: Parameters<typeof resultTemplate>[1], fill: (line: string[]) => string[]) {
	const sheet = await resultTemplate(ctx, place);
	const rows = sheet.rows.map((row) => fill(row.map(String)));
	return readTableFile(await xlsxFile({ ...sheet, rows }));
}

const answered = (line: string[], code: string, given: string[]) => [...line.slice(0, 3), code, ...given];
const completedOn = async (ctx: Context, { participationId }: QuizWorld) =>
	(await ctx.db.select().from(participations).where(eq(participations.id, participationId)))[0]?.completedOn;

test('right letters of any variant pass the quiz, complete the class and say where they come from', async ({ ctx }) => {
	const { world, admin, place, variants } = await aPrintedWorld(ctx);
	const variant = variants[1]!;
	const table = await filled(admin, place, (line) => answered(line, variant.code, letters(variant, 'opt1')));
	expect(await checkResults(admin, place, table)).toMatchObject({ problems: [], absent: 0 });
	expect(await ctx.db.select().from(attempts)).toEqual([]);
	expect(await enterResults(admin, place, '2026-11-20', table)).toBe(1);
	const [attempt] = await ctx.db.select().from(attempts);
	expect(attempt).toMatchObject({ submittedBy: 'paper', score: 3, maxMarks: 3, number: 1 });
	expect((await ctx.db.select().from(sittings))[0]).toMatchObject({ gradePercent: 100, isPassed: true });
	await runJobs(ctx, learningJobs);
	expect(await completedOn(ctx, world)).toBe('2026-11-20');
	const board = await getQuizBoard(admin, place.activityId, place.lessonId, { show: undefined, page: 1 });
	expect(board.rows[0]).toMatchObject({ isOnPaper: true, state: 'passed', answered: 3 });
	const shown = await getQuizAttempt(as(ctx, world.learner), { ...world.place, attemptId: attempt!.id });
	expect(shown.attempt).toMatchObject({ state: 'done', submittedBy: 'paper' });
	const actions = (await ctx.db.select().from(auditEvents)).map(({ action }) => action);
	expect(actions).toContain('printed_paper.results_entered');
});

test('letters are read by the variant they were written on, blanks score nothing', async ({ ctx }) => {
	const { admin, place, variants } = await aPrintedWorld(ctx);
	const [first, second] = [variants[0]!, variants[1]!];
	const [right = ''] = letters(first, 'opt1');
	const table = await filled(admin, place, (line) =>
		answered(line, first.code, [right, '', letters(first, 'opt0')[2]!])
	);
	await enterResults(admin, place, '2026-11-20', table);
	const items = await ctx.db.select().from(attemptItems).orderBy(attemptItems.position);
	expect(items.map(({ answer, share }) => [answer, share])).toEqual([
		['opt1', 1],
		[null, 0],
		['opt0', 0]
	]);
	expect(items.map(({ versionId }) => versionId)).toEqual(first.items.map(({ versionId }) => versionId));
	expect(first.code).not.toBe(second.code);
});

test('every bad line is told with its number, and then nothing is entered', async ({ ctx }) => {
	const { world, admin, place, variants } = await aPrintedWorld(ctx);
	const [{ code }] = [variants[0]!];
	const extra = ['00000000-0000-4000-8000-000000000001', 'Người lạ', ''];
	const sheet = await resultTemplate(admin, place);
	const line = sheet.rows[0]!.map(String);
	const table = [
		[...sheet.headings],
		answered(line, code, ['E', 'A', 'AB']),
		answered(line, code, ['A', 'A', 'A']),
		answered(extra, code, ['A', '', '']),
		answered([...extra.slice(0, 1), 'Vắng', ''], '', ['', '', ''])
	];
	const name = 'Nguyễn Thị Lan';
	const { problems, absent } = await checkResults(admin, place, table);
	expect(problems).toEqual([
		{ line: 2, name, code: 'unreadable', question: 1 },
		{ line: 2, name, code: 'unreadable', question: 3 },
		{ line: 3, name, code: 'listed_twice' },
		{ line: 4, name: 'Người lạ', code: 'unknown_person' }
	]);
	expect(absent).toBe(1);
	await expect(enterResults(admin, place, '2026-11-20', table)).rejects.toMatchObject({
		code: 'learning.results_with_errors'
	});
	const problemsOf = async (...given: string[]) =>
		(await checkResults(admin, place, [[...sheet.headings], answered(line, given[0]!, given.slice(1))])).problems;
	expect(await problemsOf('099', 'A')).toMatchObject([{ code: 'unknown_code' }]);
	expect(await problemsOf('', 'A')).toMatchObject([{ code: 'no_code' }]);
	const herself = as(ctx, { ...admin.actor, personId: (world.learner as { personId?: string }).personId } as Actor);
	const own = [[...sheet.headings], answered(line, code, ['A'])];
	expect((await checkResults(herself, place, own)).problems).toMatchObject([{ code: 'own_result' }]);
	expect((await resultTemplate(herself, place)).rows).toHaveLength(sheet.rows.length - 1);
	await startQuiz(as(ctx, world.learner), world.place);
	expect(await problemsOf(code, 'A')).toMatchObject([{ code: 'already_begun' }]);
	expect(await ctx.db.select().from(attempts)).toHaveLength(1);
	await expect(checkResults(admin, place, [['STT', 'Họ tên']])).rejects.toMatchObject({
		code: 'learning.not_the_template'
	});
});

test('one bad line among good ones keeps all out; the same file twice enters once', async ({ ctx }) => {
	const { world, admin, place, variants } = await aPrintedWorld(ctx);
	await anotherLearner(ctx, world);
	const variant = variants[0]!;
	let lines = 0;
	const half = await filled(admin, place, (line) =>
		answered(line, variant.code, lines++ === 0 ? letters(variant, 'opt1') : ['Z', 'Z', 'Z'])
	);
	await expect(enterResults(admin, place, '2026-11-20', half)).rejects.toMatchObject({
		code: 'learning.results_with_errors'
	});
	expect(await ctx.db.select().from(attempts)).toEqual([]);
	const whole = await filled(admin, place, (line) => answered(line, variant.code, letters(variant, 'opt0')));
	const both = await Promise.allSettled([
		enterResults(admin, place, '2026-11-20', whole),
		enterResults(admin, place, '2026-11-20', whole)
	]);
	expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
	expect(await ctx.db.select().from(attempts)).toHaveLength(2);
});

test('counts from the day of the sitting, whenever it is entered', async ({ ctx }) => {
	const { world, admin, place, variants } = await aPrintedWorld(ctx);
	await ctx.db.update(trainingActivities).set({ startsOn: '2026-11-10' });
	const variant = variants[0]!;
	const table = await filled(admin, place, (line) => answered(line, variant.code, letters(variant, 'opt1')));
	for (const day of ['2026-11-09', '2026-11-21'])
		await expect(enterResults(admin, place, day, table)).rejects.toMatchObject({ code: 'learning.sat_outside' });
	await enterResults(admin, place, '2026-11-12', table);
	const [attempt] = await ctx.db.select().from(attempts);
	expect(attempt).toMatchObject({ submittedAt: new Date('2026-11-12T12:00:00+07:00'), submittedBy: 'paper' });
	await runJobs(ctx, learningJobs);
	expect(await ctx.db.select().from(participations)).toMatchObject([
		{ attendedOn: '2026-11-12', completedOn: '2026-11-12', completedRecordedAt: ctx.now }
	]);
	expect(await completedOn(ctx, world)).toBe('2026-11-12');
});

test('an essay waits for a marker, other units and closed classes enter nothing', async ({ ctx }) => {
	const world = await aQuizWorld(ctx, { bank: 0, content: () => [] });
	const questionId = await aBankQuestion(ctx, world.unitId, world.topicId, {
		body: { type: 'essay', rubric: [], minWords: null, maxWords: null, notes: '' }
	});
	const content = [{ kind: 'fixed' as const, questionId, marks: 1 }];
	await ctx.db.update(papers).set({ content }).where(eq(papers.id, world.paperId));
	const admin = as(ctx, anActor('unit_admin', { id: world.unitId, path: '1' }));
	const where = { activityId: world.activityId, lessonId: world.place.lessonId };
	const how = { count: 1, shufflesQuestions: false, shufflesOptions: false };
	const place = { ...where, ...(await makePrintedPaper(admin, where, how)) };
	const [row] = await ctx.db.select().from(printedPapers);
	const table = await filled(admin, place, (line) => answered(line, row!.variants[0]!.code, ['Bài viết']));
	const elsewhere = as(ctx, anActor('unit_admin', { id: world.unitId, path: '2' }));
	await expect(enterResults(elsewhere, place, '2026-11-20', table)).rejects.toMatchObject({ kind: 'not_found' });
	await expect(enterResults(as(ctx, world.learner), place, '2026-11-20', table)).rejects.toMatchObject({
		kind: 'forbidden'
	});
	await enterResults(admin, place, '2026-11-20', table);
	expect((await ctx.db.select().from(attempts))[0]).toMatchObject({ score: null, submittedBy: 'paper' });
	await ctx.db.update(trainingActivities).set({ status: 'cancelled' });
	await expect(checkResults(admin, place, table)).rejects.toMatchObject({ code: 'learning.class_closed' });
});
