import { eq } from 'drizzle-orm';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import type { LectureTarget } from './keys.ts';
import { getReadyRevision, type LectureRevision } from './queries.ts';
import { getLecture } from './service.ts';
import { lectures } from './tables.ts';

declare module '../platform/queue.ts' {
	interface JobPayloads {
		'lectures.make_sound_file': LectureTarget;
	}
}

const HOUR = 60 * 60;

/** For the trainer: undefined where there is no sound (yet); `sizeBytes` is null until the file is made. */
export async function getSoundFile(ctx: Context, lectureId: string) {
	const lecture = await getLecture(ctx, lectureId, 'course:author');
	const ready = await getReadyRevision(ctx.db, lectureId);
	if (!ready?.hasAudio) return undefined;
	return { isAllowed: lecture.allowsSoundDownload, sizeBytes: ready.soundBytes };
}

/** Lets learners take the sound away as MP3, or no longer; the file is made the first time. */
export async function setSoundDownload(ctx: Context, lectureId: string, isAllowed: boolean): Promise<void> {
	const lecture = await getLecture(ctx, lectureId, 'course:author');
	if (lecture.allowsSoundDownload === isAllowed) return;
	const ready = await getReadyRevision(ctx.db, lectureId);
	await ctx.db.transaction(async (tx) => {
		await tx.update(lectures).set({ allowsSoundDownload: isAllowed }).where(eq(lectures.id, lectureId));
		if (isAllowed && ready?.state === 'ready' && !ready.soundKey) await requestSoundFile(ctx, tx, ready);
		await recordAudit(ctx, tx, 'lecture.sound_switched', { objectId: lectureId, unitId: lecture.unitId, isAllowed });
	});
}

/** Has the file of a ready revision made. */
export async function requestSoundFile(ctx: Context, tx: Database, { lectureId, revision }: LectureTarget) {
	await ctx.queue.send(tx, 'lectures.make_sound_file', { lectureId, revision });
}

/** Signed address of the file for whoever may see the lesson; undefined where it is not offered. */
export async function findSoundDownload(ctx: Context, revision: LectureRevision) {
	const { soundKey, soundBytes } = revision;
	if (!soundKey || soundBytes === null) return undefined;
	const [lecture] = await ctx.db
		.select({ title: lectures.title, allowsSoundDownload: lectures.allowsSoundDownload })
		.from(lectures)
		.where(eq(lectures.id, revision.lectureId));
	if (!lecture?.allowsSoundDownload) return undefined;
	const answer = { expiresInS: HOUR, downloadName: `${lecture.title}.mp3`, contentType: 'audio/mpeg' };
	return { url: ctx.storage.signedUrl(soundKey, answer), sizeBytes: soundBytes };
}
