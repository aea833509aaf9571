import { newPartId } from '#lib/assessment/part-id.ts';
import type { AtomicBody, Question } from '#lib/assessment/question.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { readFormFile } from '../platform/files/read-form-file.ts';
import { addMedia, mediaHtml } from './media.ts';
import { getQuestion } from './question-access.ts';
import { getQuestionForEdit } from './question-page.ts';
import { saveQuestion } from './write-question.ts';

/** One question of a scenario as its form says it. */
export type PartInput = Readonly<{ stem: string; body: AtomicBody; explanation: string; weight: number }>;

/** Most questions that share one situation. */
const MOST_PARTS = 20;

/**
 * Writes one question of a scenario; without `partId` it is added at the end.
 * @throws {DomainError} as saveQuestion; `not_found` `assessment.no_such_part`; `conflict` `assessment.too_many_parts`
 */
export async function savePart(
	ctx: Context,
	questionId: string,
	lockVersion: number,
	{ partId, ...part }: PartInput & { partId?: string }
): Promise<void> {
	const parts = await readParts(ctx, questionId);
	if (partId && !parts.some(({ id }) => id === partId)) throw new DomainError('not_found', 'assessment.no_such_part');
	if (!partId && parts.length >= MOST_PARTS) throw new DomainError('conflict', 'assessment.too_many_parts');
	const changed = partId
		? parts.map((each) => (each.id === partId ? { ...each, ...part } : each))
		: [...parts, { id: newPartId(), ...part }];
	await saveChanged(ctx, questionId, lockVersion, { body: { type: 'scenario', parts: changed } });
}

/** Takes a question out of a scenario. */
export async function removePart(ctx: Context, questionId: string, lockVersion: number, partId: string): Promise<void> {
	const parts = (await readParts(ctx, questionId)).filter(({ id }) => id !== partId);
	await saveChanged(ctx, questionId, lockVersion, { body: { type: 'scenario', parts } });
}

async function readParts(ctx: Context, questionId: string) {
	const { newest } = await getQuestion(ctx, questionId);
	if (newest.body.type !== 'scenario') throw new DomainError('not_found', 'assessment.no_such_part');
	return newest.body.parts;
}

/**
 * Puts a picture, sound or clip at the end of the question's text.
 * @param description what it shows or says, for those who cannot see or hear it
 * @throws {DomainError} as addMedia, and those of {@link readFormFile}
 */
export async function attachMedia(
	ctx: Context,
	questionId: string,
	{ lockVersion, file, description }: { lockVersion: number; file: File; description: string }
): Promise<void> {
	const { question, newest, mayWrite } = await getQuestion(ctx, questionId);
	if (!mayWrite) throw new DomainError('forbidden', 'identity.not_permitted');
	if (question.lockVersion !== lockVersion) throw new DomainError('conflict', 'form.stale');
	const media = await addMedia(ctx, question.unitId, {
		name: file.name,
		bytes: await readFormFile(ctx.config, file)
	});
	await saveChanged(ctx, questionId, lockVersion, { stem: newest.stem + mediaHtml(media, description) });
}

async function saveChanged(
	ctx: Context,
	questionId: string,
	lockVersion: number,
	change: Partial<Question>
): Promise<void> {
	const { content, isShared } = await getQuestionForEdit(ctx, questionId);
	await saveQuestion(ctx, questionId, { ...content, ...change, isShared, lockVersion });
}

/** A question of a scenario for its form; `new` has none yet. @throws {DomainError} `not_found` */
export async function getPart(ctx: Context, questionId: string, partId: string) {
	const { content, lockVersion, media } = await getQuestionForEdit(ctx, questionId);
	if (content.body.type !== 'scenario') throw new DomainError('not_found', 'assessment.no_such_part');
	const at = content.body.parts.findIndex(({ id }) => id === partId);
	if (at < 0 && partId !== 'new') throw new DomainError('not_found', 'assessment.no_such_part');
	return { lockVersion, media, part: content.body.parts[at], number: at < 0 ? null : at + 1 };
}
