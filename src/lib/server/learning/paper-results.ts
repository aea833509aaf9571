import { and, eq, sql } from 'drizzle-orm';
import type { Answer } from '#lib/assessment/answer.ts';
import { answerFromPaper } from '#lib/assessment/paper-answer.ts';
import type { PaperVariant } from '#lib/assessment/paper-variant.ts';
import { paperResultMessages } from '#lib/i18n/paper-results.ts';
import { enterAttempt } from '../assessment/printed/enter-attempt.ts';
import type { Version } from '../assessment/printed/compose.ts';
import { versionsOf } from '../assessment/printed/draw-variants.ts';
import { atomicBody } from '../assessment/show-item.ts';
import { recordAudit } from '../audit/record.ts';
import { today, within, type Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import type { Sheet } from '../platform/office/sheet-files.ts';
import { markAttended } from '../training/completion.ts';
import { classAccess } from './own-class.ts';
import { getClassQuiz } from './quiz-board.ts';
import { makeSitting } from './quiz.ts';
import { lessonProgress, printedPapers } from './tables.ts';

export type PrintedPlace = Readonly<{ activityId: string; lessonId: string; printedId: string }>;

/** Why a line cannot be entered; sentences in lib/i18n/paper-results.ts. `question` is the number where it lies in an answer. */
type ResultProblem = Readonly<{
	line: number;
	name: string;
	code: 'unknown_person' | 'own_result' | 'listed_twice' | 'already_begun' | 'no_code' | 'unknown_code' | 'unreadable';
	question?: number;
}>;
type ResultLine = Readonly<{ participationId: string; variant: PaperVariant; answers: Map<number, Answer> }>;
type Learner = { participation_id: string; name: string; unit: string; has_begun: boolean; is_own: boolean };

// The template is an official's form and has one language, so that every file that comes back is read alike.
const t = paperResultMessages.vi.template;

/** The quiz's learners but the actor, with room for what each answered, for a file. @throws as `checkResults` */
export async function resultTemplate(ctx: Context, place: PrintedPlace): Promise<Sheet> {
	const { title, paper, row } = await getPrinted(ctx, place);
	const count = row.variants[0]?.items.length ?? 0;
	const numbers = Array.from({ length: count }, (_, i) => t.question(String(i + 1)));
	const learners = await listLearners(ctx, place);
	await recordAudit(ctx, ctx.db, 'printed_paper.exported', {
		objectId: row.id,
		kind: 'template',
		rows: learners.length
	});
	return {
		title: t.title,
		headings: [t.key, t.name, t.unit, t.code, ...numbers],
		rows: learners
			.filter((learner) => !learner.has_begun && !learner.is_own)
			.map((learner) => [learner.participation_id, learner.name, learner.unit, '', ...numbers.map(() => '')]),
		notes: [title, paper.title, ...t.notes]
	};
}

/**
 * Reads a filled-in template and says what would be entered; changes nothing. Lines with neither code nor answers are
 * people who did not sit.
 * @throws {DomainError} `forbidden`; `not_found` outside the actor's classes; `invalid` `learning.not_the_template`;
 * `conflict` `learning.class_closed`, `learning.class_not_yet`
 */
export async function checkResults(ctx: Context, place: PrintedPlace, table: readonly (readonly string[])[]) {
	const { row, status, startsOn } = await getPrinted(ctx, place);
	assertCounts(ctx, { status, startsOn });
	return readLines(ctx, place, row.variants, table);
}

/**
 * Makes attempts of a filled-in template and marks them, all or none.
 * @param satOn day of the sitting (`yyyy-mm-dd`)
 * @returns how many
 * @throws {DomainError} as {@link checkResults}; `invalid` `learning.results_with_errors`, `learning.no_results`,
 * `learning.sat_outside` for a day before the class or to come
 */
export async function enterResults(
	ctx: Context,
	place: PrintedPlace,
	satOn: string,
	table: readonly (readonly string[])[]
): Promise<number> {
	const { paper, row, status, startsOn } = await getPrinted(ctx, place);
	assertCounts(ctx, { status, startsOn });
	if (satOn < startsOn || satOn > today(ctx)) throw new DomainError('invalid', 'learning.sat_outside');
	const at = satOn === today(ctx) ? ctx.now : noonOf(satOn);
	return ctx.db.transaction(async (tx) => {
		const { lines, problems } = await readLines(within(ctx, tx), place, row.variants, table);
		if (problems.length > 0) throw new DomainError('invalid', 'learning.results_with_errors');
		if (lines.length === 0) throw new DomainError('invalid', 'learning.no_results');
		// In one order, so that two who enter the same file never wait for each other.
		const inOrder = lines.toSorted((a, b) => (a.participationId < b.participationId ? -1 : 1));
		for (const { participationId, variant, answers } of inOrder) {
			const lesson = { participationId, lessonId: place.lessonId };
			const sittingId = await makeSitting(tx, lesson, row.paperId);
			await enterAttempt(within(ctx, tx), tx, sittingId, { items: variant.items, sections: row.sections, answers, at });
			await tx
				.insert(lessonProgress)
				.values({ ...lesson, startedAt: at, savedAt: ctx.now })
				.onConflictDoNothing();
			await markAttended(tx, participationId, satOn);
			await ctx.queue.send(tx, 'assessment.sitting_graded', { sittingId });
		}
		await recordAudit(ctx, tx, 'printed_paper.results_entered', {
			...{ objectId: row.id, activityId: place.activityId, paperId: paper.id, rows: lines.length, satOn }
		});
		return lines.length;
	});
}

/** The hour of a sitting is not asked for. */
const noonOf = (day: string) => new Date(`${day}T12:00:00+07:00`);

async function getPrinted(ctx: Context, { activityId, lessonId, printedId }: PrintedPlace) {
	const quiz = await getClassQuiz(ctx, 'quiz:invigilate', activityId, lessonId);
	const [row] = await ctx.db
		.select()
		.from(printedPapers)
		.where(
			and(
				eq(printedPapers.id, printedId),
				eq(printedPapers.activityId, activityId),
				eq(printedPapers.lessonId, lessonId)
			)
		);
	if (!row) throw new DomainError('not_found', 'learning.no_printed_paper');
	return { ...quiz, row };
}

function assertCounts(ctx: Context, facts: Parameters<typeof classAccess>[0]): void {
	const access = classAccess(facts, today(ctx));
	if (access === 'closed') throw new DomainError('conflict', 'learning.class_closed');
	if (access === 'not_yet') throw new DomainError('conflict', 'learning.class_not_yet');
}

function listLearners({ db, actor }: Context, { activityId, lessonId }: PrintedPlace) {
	const own = actor.kind === 'account' ? (actor.personId ?? null) : null;
	return db.execute<Learner>(sql`
		select p.id as participation_id, person.full_name as name,
			coalesce((select v.name from unit_version v where v.unit_id = p.unit_id_then order by v.valid_from desc limit 1), '') as unit,
			exists (select 1 from lesson_quiz q join attempt a on a.sitting_id = q.sitting_id
				where q.participation_id = p.id and q.lesson_id = ${lessonId}) as has_begun,
			coalesce(coalesce(person.canonical_id, person.id) = ${own}::uuid, false) as is_own
		from participation p join person on person.id = p.person_id
		where p.activity_id = ${activityId} and p.voided_at is null
		order by person.given_name, person.full_name, p.id`);
}

/** Where things stand in the table, found by its headings: people put lines above it and move columns. */
function findColumns(table: readonly (readonly string[])[]) {
	const top = table.findIndex((cells) => cells.includes(t.key) && cells.includes(t.code));
	const headings = table[top];
	if (!headings) throw new DomainError('invalid', 'learning.not_the_template');
	const at = (heading: string) => headings.indexOf(heading);
	return {
		top,
		key: at(t.key),
		name: at(t.name),
		code: at(t.code),
		question: (n: number) => at(t.question(String(n)))
	};
}

async function readLines(
	ctx: Context,
	place: PrintedPlace,
	variants: readonly PaperVariant[],
	table: readonly (readonly string[])[]
) {
	const columns = findColumns(table);
	const count = variants[0]?.items.length ?? 0;
	const numbers = Array.from({ length: count }, (_, i) => i + 1);
	if (numbers.some((n) => columns.question(n) < 0)) throw new DomainError('invalid', 'learning.not_the_template');
	const learners = new Map((await listLearners(ctx, place)).map((learner) => [learner.participation_id, learner]));
	const versions = await versionsOf(ctx.db, variants);
	const [lines, problems, seen]: [ResultLine[], ResultProblem[], Set<string>] = [[], [], new Set()];
	let absent = 0;
	for (const [i, cells] of table.entries()) {
		if (i <= columns.top || cells.every((cell) => cell.trim() === '')) continue;
		const cell = (column: number) => (cells[column] ?? '').trim();
		const written = new Map(numbers.map((n) => [n, cell(columns.question(n))]));
		const code = cell(columns.code);
		const participationId = cell(columns.key);
		if (code === '' && [...written.values()].every((text) => text === '')) {
			absent++;
			continue;
		}
		const variant = variants.find((each) => each.code === code);
		const found = problemOf(learners.get(participationId), seen.has(participationId), code, variant);
		seen.add(participationId);
		const where = { line: i + 1, name: cell(columns.name) };
		if (found) problems.push({ ...where, code: found });
		if (!variant) continue;
		const { answers, unreadable } = readAnswers(variant, versions, written);
		problems.push(...unreadable.map((question) => ({ ...where, code: 'unreadable' as const, question })));
		lines.push({ participationId, variant, answers });
	}
	return { lines, problems, absent };
}

function problemOf(
	learner: Learner | undefined,
	isRepeated: boolean,
	code: string,
	variant: PaperVariant | undefined
): ResultProblem['code'] | undefined {
	if (!learner) return 'unknown_person';
	if (learner.is_own) return 'own_result';
	if (isRepeated) return 'listed_twice';
	if (learner.has_begun) return 'already_begun';
	if (code === '') return 'no_code';
	return variant ? undefined : 'unknown_code';
}

function readAnswers(
	{ items }: PaperVariant,
	versions: ReadonlyMap<string, Version>,
	written: ReadonlyMap<number, string>
): { answers: Map<number, Answer>; unreadable: number[] } {
	const answers = new Map<number, Answer>();
	const unreadable: number[] = [];
	for (const { position, versionId, partId, optionOrder } of items) {
		const version = versions.get(versionId);
		const body = version && atomicBody(version.body, partId);
		if (!body) throw new Error(`question version ${versionId} has no part ${partId}`);
		const answer = answerFromPaper(body, optionOrder, written.get(position) ?? '');
		if (answer === undefined) unreadable.push(position);
		else if (answer !== null) answers.set(position, answer);
	}
	return { answers, unreadable };
}
