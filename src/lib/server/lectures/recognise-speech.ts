import { randomUUID } from 'node:crypto';
import { and, eq, ne, or } from 'drizzle-orm';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { getReadyRevision } from './queries.ts';
import { accountOf, getLecture } from './service.ts';
import { captionRecognitions, captions } from './tables.ts';

declare module '../platform/queue.ts' {
	interface JobPayloads {
		'lectures.recognise_speech': { lectureId: string; language: string; request: string };
	}
}

/** What is being recognised or could not be, and whether a program for it is set up here. */
export async function getRecognition(ctx: Context, lectureId: string) {
	await getLecture(ctx, lectureId, 'course:author');
	const requests = await ctx.db
		.select({ language: captionRecognitions.language, state: captionRecognitions.state })
		.from(captionRecognitions)
		.where(eq(captionRecognitions.lectureId, lectureId))
		.orderBy(captionRecognitions.language);
	return { canRecognise: ctx.config.speechCommand !== undefined, requests };
}

/**
 * Has captions drafted from the sound, over an older draft of that kind. Does nothing while one is being made.
 * @throws {DomainError} `conflict` where no program is set up, the lecture has no sound, or a person wrote captions
 */
export async function requestRecognition(ctx: Context, lectureId: string, language: string): Promise<void> {
	const lecture = await getLecture(ctx, lectureId, 'course:author');
	if (!ctx.config.speechCommand) throw new DomainError('conflict', 'captions.no_recognition');
	const ready = await getReadyRevision(ctx.db, lectureId);
	if (!ready?.renditions.some(({ kind }) => kind === 'audio')) throw new DomainError('conflict', 'captions.no_sound');
	await ctx.db.transaction(async (tx) => {
		if (await isByPeople(tx, lectureId, language)) throw new DomainError('conflict', 'captions.written_by_people');
		const fresh = {
			state: 'waiting' as const,
			request: randomUUID(),
			requestedBy: accountOf(ctx),
			requestedAt: ctx.now
		};
		const [added] = await tx
			.insert(captionRecognitions)
			.values({ lectureId, language, ...fresh })
			.onConflictDoUpdate({
				target: [captionRecognitions.lectureId, captionRecognitions.language],
				set: fresh,
				setWhere: eq(captionRecognitions.state, 'failed')
			})
			.returning();
		if (!added) return;
		await ctx.queue.send(tx, 'lectures.recognise_speech', { lectureId, language, request: added.request });
		await recordAudit(ctx, tx, 'caption.recognition_requested', {
			...{ objectId: lectureId, unitId: lecture.unitId, language }
		});
	});
}

/** Takes a request back, or a failed one out of sight; a run that is at it stops within seconds. */
export async function cancelRecognition(ctx: Context, lectureId: string, language: string): Promise<void> {
	const lecture = await getLecture(ctx, lectureId, 'course:author');
	await ctx.db.transaction(async (tx) => {
		const removed = await tx
			.delete(captionRecognitions)
			.where(and(eq(captionRecognitions.lectureId, lectureId), eq(captionRecognitions.language, language)))
			.returning();
		if (removed.length === 0) return;
		await recordAudit(ctx, tx, 'caption.recognition_cancelled', {
			...{ objectId: lectureId, unitId: lecture.unitId, language }
		});
	});
}

/** Captions that a draft must not replace: written by somebody, taken from a file, or approved. */
export async function isByPeople(db: Database, lectureId: string, language: string): Promise<boolean> {
	const [found] = await db
		.select({ state: captions.state })
		.from(captions)
		.where(
			and(
				...[eq(captions.lectureId, lectureId), eq(captions.language, language)],
				or(ne(captions.origin, 'automatic'), eq(captions.state, 'published'))
			)
		);
	return found !== undefined;
}
