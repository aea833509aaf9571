import { createHash } from 'node:crypto';
import { and, desc, eq, isNull, lt } from 'drizzle-orm';
import { checkQuestion } from '#lib/assessment/check-question.ts';
import type { FoundQuestion } from '#lib/assessment/found-question.ts';
import { duplicateKey } from '#lib/assessment/plain-text.ts';
import type { AtomicBody, Question } from '#lib/assessment/question.ts';
import { tidy } from '#lib/text/fold.ts';
import { recordAudit } from '../audit/record.ts';
import { accountIdOf } from '../identity/actor.ts';
import { authorise } from '../identity/permissions.ts';
import { getUnit } from '../organisation/queries.ts';
import { inScope } from '../organisation/scope.ts';
import { units } from '../organisation/tables.ts';
import type { Context } from '../platform/context.ts';
import { DomainError, isDomainError } from '../platform/errors.ts';
import { knownDuplicates } from './find-duplicates.ts';
import { addMedia, mediaIdsIn, withAddresses } from './media.ts';
import { readQuestionFile, readQuestionText } from './question-file/read-file.ts';
import { mapTexts, richTextsOf, toSafeContent } from './safe-question.ts';
import { questionImports } from './tables.ts';
import { addQuestions } from './write-question.ts';

/** Most questions of one file; more are split into several. */
const MOST_QUESTIONS = 500;
/** Days that a file which nobody took over is kept. */
const KEPT_DAYS = 14;

/** A file of questions, or pasted text, with what it does not say of itself. */
export type SentQuestions = Readonly<{
	importId: string;
	unitId: string;
	isShared: boolean;
	/** For questions whose file names none. */
	topic: string;
	file?: File | undefined;
	text?: string | undefined;
}>;

/**
 * Reads a file of questions and keeps what was found to be looked through; nothing enters the bank yet. Sending the form
 * twice reads one file.
 * @throws {DomainError} `invalid` for what is no file of questions; `not_found` for a unit outside the actor's
 */
export async function bringQuestions(ctx: Context, sent: SentQuestions): Promise<{ importId: string }> {
	const unit = await getUnit(ctx.db, authorise(ctx.actor, 'question:author'), sent.unitId);
	const keep = (file: { name: string; bytes: Uint8Array }) => keepFile(ctx, unit.id, file);
	const { found, unread, format } = sent.file
		? await readQuestionFile(new Uint8Array(await sent.file.arrayBuffer()), keep)
		: await readQuestionText(sent.text ?? '', keep);
	if (found.length === 0 && unread.length === 0) throw new DomainError('invalid', 'assessment.no_questions_found');
	if (found.length > MOST_QUESTIONS)
		throw new DomainError('invalid', 'assessment.too_many_questions', { n: MOST_QUESTIONS });
	const safe = found.map((one) => ({ ...one, question: madeSafe(one.question, sent.topic) }));
	await ctx.db.transaction(async (tx) => {
		const old = new Date(ctx.now.getTime() - KEPT_DAYS * 86_400_000);
		await tx.delete(questionImports).where(and(isNull(questionImports.takenAt), lt(questionImports.recordedAt, old)));
		await tx
			.insert(questionImports)
			.values({
				...{ id: sent.importId, unitId: unit.id, isShared: sent.isShared, format },
				...{ found: safe, unread: unread.slice(0, MOST_QUESTIONS) },
				fileName: sent.file ? tidy(sent.file.name).slice(-200) : null,
				createdBy: accountIdOf(ctx.actor)
			})
			.onConflictDoNothing();
		const facts = { objectId: sent.importId, unitId: unit.id, found: found.length, unread: unread.length };
		await recordAudit(ctx, tx, 'question_import.read', facts);
	});
	return { importId: sent.importId };
}

/** A picture, sound or clip of a file; what is none is left out, as it would be when added by hand. */
async function keepFile(ctx: Context, unitId: string, file: { name: string; bytes: Uint8Array }) {
	try {
		return (await addMedia(ctx, unitId, file)).id;
	} catch (error) {
		if (isDomainError(error)) return undefined;
		throw error;
	}
}

function madeSafe(question: Question, topic: string): Question {
	return { ...question, ...toSafeContent(question), topic: question.topic || topic };
}

/** A question of a file beside its source, and whether the bank has it already. */
export type PreviewedQuestion = Omit<FoundQuestion, 'question'> &
	Readonly<{
		index: number;
		question: Question;
		problems: ReturnType<typeof checkQuestion>;
		/** Question of the bank, or place in the file, that asks the same. */
		known: { id: string } | { line: number } | null;
	}>;

/** A file as it was read, with what to look at. @throws {DomainError} `not_found` outside the actor's units */
export async function getQuestionImport(ctx: Context, importId: string) {
	const found = await findImport(ctx, importId);
	const keys = found.found.map(({ question }) => keyOf(question));
	const known = await knownDuplicates(ctx, keys);
	const addressed = await withAddresses(
		ctx,
		found.found.flatMap(({ question }) => richTextsOf(question))
	);
	// "What does this sign mean?" is asked of one picture after the other.
	const first = new Map<string, number>();
	const questions = found.found.map((one, index): PreviewedQuestion => {
		const key = keys[index]!;
		const inFile = [key, ...mediaIdsIn(richTextsOf(one.question))].join(' ');
		const before = first.get(inFile);
		if (before === undefined) first.set(inFile, one.line);
		const { stem, body, explanation } = one.question;
		const shown = { stem: addressed(stem), body: mapTexts(body, addressed), explanation: addressed(explanation) };
		const id = known.get(key);
		return {
			...one,
			index,
			question: { ...one.question, ...shown },
			problems: checkQuestion(one.question),
			known: id ? { id } : before === undefined ? null : { line: before }
		};
	});
	const { unread, fileName, format, takenAt, takenCount } = found;
	return { id: importId, fileName, format, takenAt, takenCount, unread, questions };
}

/** The latest files that the actor's units brought. */
export async function listQuestionImports(ctx: Context) {
	const rows = await ctx.db
		.select({
			id: questionImports.id,
			fileName: questionImports.fileName,
			format: questionImports.format,
			recordedAt: questionImports.recordedAt,
			takenCount: questionImports.takenCount
		})
		.from(questionImports)
		.innerJoin(units, eq(units.id, questionImports.unitId))
		.where(inScope(units.path, authorise(ctx.actor, 'question:author')))
		.orderBy(desc(questionImports.recordedAt))
		.limit(10);
	return rows;
}

/** What to take of a file: places of questions, and for some the options that are right. */
export type Taking = Readonly<{ take: readonly number[]; keys: ReadonlyMap<number, readonly string[]> }>;

/**
 * Adds the chosen questions of a file to the bank, as drafts that say where they came from.
 * @throws {DomainError} `not_found`; `conflict` `assessment.import_taken` the second time; `invalid` `form.choose_one`
 */
export async function takeQuestions(ctx: Context, importId: string, { take, keys }: Taking): Promise<number> {
	const { found, unitId, isShared, fileName } = await findImport(ctx, importId);
	const chosen = found.flatMap(({ question }, i) =>
		take.includes(i) ? [{ ...question, body: withKey(question.body, keys.get(i)) }] : []
	);
	if (chosen.length === 0) throw new DomainError('invalid', 'form.choose_one');
	await ctx.db.transaction(async (tx) => {
		const [claimed] = await tx
			.update(questionImports)
			.set({ takenAt: ctx.now, takenCount: chosen.length })
			.where(and(eq(questionImports.id, importId), isNull(questionImports.takenAt)))
			.returning({ id: questionImports.id });
		if (!claimed) throw new DomainError('conflict', 'assessment.import_taken');
		const note = fileName ?? undefined;
		await addQuestions({ ...ctx, db: tx }, { unitId, isShared }, chosen, {
			step: 'imported',
			...(note !== undefined && { note })
		});
	});
	return chosen.length;
}

/** The key as it was corrected in the preview; a question whose right options did not change keeps its credits. */
function withKey(body: Question['body'], right: readonly string[] | undefined): Question['body'] {
	if (!right || right.length === 0) return body;
	if (body.type === 'true_false') return { ...body, isTrue: right[0] === 'true' };
	if (body.type !== 'single' && body.type !== 'multiple') return body;
	const before = body.options.filter(({ credit }) => credit > 0).map(({ id }) => id);
	if (before.toSorted().join() === [...right].toSorted().join()) return body;
	const options = body.options.map((option) => ({ ...option, credit: right.includes(option.id) ? 100 : 0 }));
	const { keepsOrder } = body;
	return right.length > 1
		? ({ type: 'multiple', options, keepsOrder, rule: 'all_or_nothing' } satisfies AtomicBody)
		: ({ type: 'single', options, keepsOrder } satisfies AtomicBody);
}

const keyOf = (question: Question) => createHash('sha256').update(duplicateKey(question)).digest('hex');

async function findImport(ctx: Context, importId: string) {
	const [row] = await ctx.db
		.select({ found: questionImports, path: units.path })
		.from(questionImports)
		.innerJoin(units, eq(units.id, questionImports.unitId))
		.where(and(eq(questionImports.id, importId), inScope(units.path, authorise(ctx.actor, 'question:author'))));
	if (!row) throw new DomainError('not_found', 'assessment.no_such_import');
	return row.found;
}
