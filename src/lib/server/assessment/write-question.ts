import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { duplicateKey, questionText } from '#lib/assessment/plain-text.ts';
import type { Question, QuestionContent } from '#lib/assessment/question.ts';
import { fold } from '#lib/text/fold.ts';
import { recordAudit } from '../audit/record.ts';
import { accountIdOf } from '../identity/actor.ts';
import { authorise } from '../identity/permissions.ts';
import { getUnit } from '../organisation/queries.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { topicIdOf, writeCitations } from './citations.ts';
import { lockQuestion } from './question-access.ts';
import { toSafeContent } from './safe-question.ts';
import { questions, questionSteps, questionVersions } from './tables.ts';

/**
 * Adds questions to a unit's bank as drafts, all or none: one from the editor, hundreds from an import.
 * Texts are made safe here; what is missing (`checkQuestion`) keeps a draft from review, not from being kept.
 * @param how what the questions' history says: `created`, or `imported` with a note (the file's name)
 * @returns their ids in the order given
 * @throws {DomainError} `forbidden` without a role; `not_found` for a unit outside the actor's
 */
export async function addQuestions(
	ctx: Context,
	{ unitId, isShared = false }: { unitId: string; isShared?: boolean },
	given: readonly Question[],
	how: { step: 'created' | 'imported'; note?: string } = { step: 'created' }
): Promise<string[]> {
	const unit = await getUnit(ctx.db, authorise(ctx.actor, 'question:author'), unitId);
	return ctx.db.transaction(async (tx) => {
		const ids: string[] = [];
		for (const question of given) ids.push(await insertQuestion(ctx, tx, { unitId: unit.id, isShared }, question, how));
		const objectId = ids.length === 1 ? ids[0] : undefined;
		await recordAudit(ctx, tx, `question.${how.step}`, { objectId, unitId: unit.id, count: ids.length });
		return ids;
	});
}

async function insertQuestion(
	ctx: Context,
	tx: Database,
	owner: { unitId: string; isShared: boolean },
	{ difficulty, topic, citations, ...content }: Question,
	{ step, note }: { step: string; note?: string }
): Promise<string> {
	const topicId = await topicIdOf(tx, topic);
	const [added] = await tx
		.insert(questions)
		.values({ ...owner, topicId, difficulty, createdBy: accountIdOf(ctx.actor) })
		.returning({ id: questions.id });
	const questionId = added!.id;
	const [version] = await tx
		.insert(questionVersions)
		.values({ questionId, number: 1, state: 'draft', ...written(ctx, content) })
		.returning({ id: questionVersions.id });
	await writeCitations(tx, version!.id, citations);
	await noteStep(ctx, tx, { questionId, version: 1, step, note });
	return questionId;
}

/**
 * Saves a question as its author left it. An approved version stays as it is, in use and in attempts: the change becomes
 * a new draft beside it. A version that waits for review goes back to being a draft.
 * @throws {DomainError} `conflict` `form.stale` when somebody else saved since the form was loaded; `assessment.retired`
 */
export async function saveQuestion(
	ctx: Context,
	questionId: string,
	{ lockVersion, isShared, ...given }: Question & { lockVersion: number; isShared: boolean }
): Promise<{ version: number }> {
	const { difficulty, topic, citations, ...content } = given;
	return ctx.db.transaction(async (tx) => {
		const { question, newest } = await lockQuestion(tx, ctx.actor, questionId, 'question:author');
		if (question.lockVersion !== lockVersion) throw new DomainError('conflict', 'form.stale');
		if (question.status === 'retired') throw new DomainError('conflict', 'assessment.retired');
		const number = newest.state === 'approved' ? newest.number + 1 : newest.number;
		const versionId = await writeVersion(ctx, tx, questionId, number, content);
		await writeCitations(tx, versionId, citations);
		await tx
			.update(questions)
			.set({
				...{ isShared, difficulty, newestVersion: number, lockVersion: lockVersion + 1 },
				topicId: await topicIdOf(tx, topic)
			})
			.where(eq(questions.id, questionId));
		await noteStep(ctx, tx, { questionId, version: number, step: 'saved' });
		await recordAudit(ctx, tx, 'question.saved', { objectId: questionId, unitId: question.unitId, version: number });
		return { version: number };
	});
}

async function writeVersion(
	ctx: Context,
	tx: Database,
	questionId: string,
	number: number,
	content: QuestionContent
): Promise<string> {
	const values = written(ctx, content);
	const [row] = await tx
		.insert(questionVersions)
		.values({ questionId, number, state: 'draft', ...values })
		.onConflictDoUpdate({
			target: [questionVersions.questionId, questionVersions.number],
			set: { ...values, state: 'draft', submittedAt: null }
		})
		.returning({ id: questionVersions.id });
	return row!.id;
}

/** Columns of a version that follow from what was written. */
export function written(ctx: Context, content: QuestionContent) {
	const safe = toSafeContent(content);
	return {
		type: safe.body.type,
		...safe,
		searchText: fold(questionText(safe)).slice(0, 20_000),
		duplicateKey: createHash('sha256').update(duplicateKey(safe)).digest('hex'),
		authorId: accountIdOf(ctx.actor),
		savedAt: ctx.now
	};
}

/** Writes a line of the question's own history. */
export async function noteStep(
	ctx: Context,
	tx: Database,
	{ questionId, step, version, note }: { questionId: string; step: string; version: number; note?: string | undefined }
): Promise<void> {
	const accountId = accountIdOf(ctx.actor);
	// An author saves many times in an hour; one line says so.
	if (step === 'saved') {
		const mine = and(
			eq(questionSteps.questionId, questionId),
			eq(questionSteps.step, 'saved'),
			eq(questionSteps.version, version)
		);
		await tx.delete(questionSteps).where(accountId ? and(mine, eq(questionSteps.accountId, accountId)) : mine);
	}
	await tx.insert(questionSteps).values({ questionId, at: ctx.now, accountId, step, version, note: note ?? null });
}
