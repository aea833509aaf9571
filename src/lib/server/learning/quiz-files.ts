import type { AttemptFile } from '#lib/assessment/attempt-file.ts';
import { addAttemptFile } from '../assessment/attempt-files.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { getOwnClass, ownPersonId } from './own-class.ts';

/** An attempt at a quiz lesson of the learner's own class. */
export type AttemptPlace = Readonly<{ participationId: string; lessonId: string; attemptId: string }>;

/**
 * Keeps a file for an answer of the actor's own attempt.
 * @throws {DomainError} `not_found` for anybody else's; as `addAttemptFile`
 */
export async function addQuizFile(
	ctx: Context,
	{ participationId, attemptId }: AttemptPlace,
	position: number,
	file: File
): Promise<AttemptFile> {
	await getOwnClass(ctx, participationId);
	if (!Number.isInteger(position) || position < 1) throw new DomainError('not_found', 'assessment.no_such_attempt');
	return addAttemptFile(ctx, { attemptId, personId: ownPersonId(ctx.actor), position }, file);
}

/** Files that a plain form carries for one question (`<name>.file[]`), kept. @returns their ids */
export async function addFormFiles(
	ctx: Context,
	place: AttemptPlace,
	position: number,
	files: readonly FormDataEntryValue[]
): Promise<string[]> {
	const ids: string[] = [];
	for (const file of files) {
		if (file instanceof File && file.size > 0) ids.push((await addQuizFile(ctx, place, position, file)).id);
	}
	return ids;
}
