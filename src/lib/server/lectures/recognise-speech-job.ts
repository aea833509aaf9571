import fs from 'node:fs/promises';
import path from 'node:path';
import { and, eq, sql } from 'drizzle-orm';
import { speechArgs } from '#media-pipeline/ffmpeg-args.ts';
import { runTool } from '#media-pipeline/run-ffmpeg.ts';
import { parseCues, type Cue } from '#lib/lectures/cues.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../platform/context.ts';
import { log } from '../platform/log.ts';
import { defineJob, type JobPayloads } from '../platform/queue.ts';
import { insertCues } from './captions.ts';
import { ffmpegOf } from './media-folder.ts';
import { getReadyRevision, type LectureRevision } from './queries.ts';
import { isByPeople } from './recognise-speech.ts';
import { runSpeech } from './run-speech.ts';
import { captionCues, captionRecognitions, captions, lectures } from './tables.ts';

type Request = JobPayloads['lectures.recognise_speech'];

const LOOK_EVERY_MS = 2_000;
/** Slow programs on slow machines take a few times as long as is spoken. */
const MOST_TIMES_AS_LONG = 8;
const AT_LEAST_S = 10 * 60;
const WAV_BYTES_PER_S = 32_000;

/** Drafts captions from the sound of a lecture with the agency's own program; what cannot be read leaves the request failed. */
export const recogniseSpeech = defineJob({
	name: 'lectures.recognise_speech',
	queue: { retryLimit: 2, retryDelay: 10, retryBackoff: true, expireInSeconds: 23 * 60 * 60, heartbeatSeconds: 30 },
	async run(ctx, request, signal) {
		if (!(await setState(ctx, request, 'running'))) return; // taken back, or made anew
		const parent = path.join(ctx.config.dataDir, 'tmp');
		await fs.mkdir(parent, { recursive: true, mode: 0o700 });
		const folder = await fs.mkdtemp(path.join(parent, 'speech-'));
		const watch = watchRequest(ctx, request, signal);
		try {
			const revision = await getReadyRevision(ctx.db, request.lectureId);
			if (!revision) return void (await setState(ctx, request, 'failed'));
			const cues = await recognise(ctx, { revision, language: request.language, folder, signal: watch.signal });
			await keepDraft(ctx, request, cues);
		} catch (error) {
			if (signal.aborted) {
				await setState(ctx, request, 'waiting');
				throw error; // the worker is being stopped; another takes it
			}
			if (watch.signal.aborted) return; // the request was taken back
			log.warn({ err: error, lectureId: request.lectureId }, 'speech was not recognised');
			await setState(ctx, request, 'failed');
		} finally {
			watch.close();
			await fs.rm(folder, { recursive: true, force: true, maxRetries: 3 });
		}
	}
});

type Sound = { revision: LectureRevision; language: string; folder: string; signal: AbortSignal };

/** @throws where the program fails or writes no captions that can be read */
async function recognise(ctx: Context, { revision, language, folder, signal }: Sound): Promise<readonly Cue[]> {
	const command = ctx.config.speechCommand;
	const audio = revision.renditions.find(({ kind }) => kind === 'audio');
	if (!command || !audio) throw new Error('there is no sound, or no program to recognise it');
	const sound = path.join(folder, 'sound.mp4');
	const wav = path.join(folder, 'speech.wav');
	const written = path.join(folder, 'captions.vtt');
	await ctx.storage.getFile(audio.mediaKey, sound, { signal });
	const totalS = revision.durationS ?? 0;
	await runTool(await ffmpegOf(ctx.config), {
		...{ tool: 'ffmpeg', args: speechArgs(sound, wav), readable: [sound], workDir: folder },
		...{ timeoutS: AT_LEAST_S + totalS, fileBytes: (totalS + 60) * WAV_BYTES_PER_S, signal }
	});
	await runSpeech({
		...{ command, args: [wav, written, language], folder, signal },
		timeoutS: AT_LEAST_S + totalS * MOST_TIMES_AS_LONG
	});
	const cues = parseCues(await fs.readFile(written, 'utf8'));
	if ('code' in cues) throw new Error(`the captions cannot be read: ${cues.code} in line ${cues.line}`);
	const totalMs = Math.round(totalS * 1000);
	return cues
		.map((cue) => ({ ...cue, endMs: Math.min(cue.endMs, totalMs) }))
		.filter(({ startMs, endMs }) => endMs > startMs);
}

/** The draft and the end of its request in one transaction; what a person has written meanwhile stays. */
async function keepDraft(ctx: Context, request: Request, cues: readonly Cue[]): Promise<void> {
	const { lectureId, language } = request;
	const [lecture] = await ctx.db.select({ unitId: lectures.unitId }).from(lectures).where(eq(lectures.id, lectureId));
	await ctx.db.transaction(async (tx) => {
		const answered = await tx.delete(captionRecognitions).where(isRequest(request)).returning();
		if (answered.length === 0 || !lecture || (await isByPeople(tx, lectureId, language))) return;
		const draft = { state: 'draft', origin: 'automatic', changedAt: new Date(), changedBy: null } as const;
		await tx
			.insert(captions)
			.values({ lectureId, language, ...draft })
			.onConflictDoUpdate({
				target: [captions.lectureId, captions.language],
				set: { ...draft, lockVersion: sql`${captions.lockVersion} + 1` }
			});
		await tx.delete(captionCues).where(and(eq(captionCues.lectureId, lectureId), eq(captionCues.language, language)));
		await insertCues(tx, lectureId, language, cues);
		await recordAudit(ctx, tx, 'caption.recognised', {
			...{ objectId: lectureId, unitId: lecture.unitId, language, lines: cues.length }
		});
	});
}

/** Ends the run when its request was taken back. */
function watchRequest(ctx: Context, request: Request, outer: AbortSignal) {
	const gone = new AbortController();
	const look = setInterval(() => void lookAgain().catch(() => undefined), LOOK_EVERY_MS);
	const lookAgain = async () => {
		const rows = await ctx.db
			.select({ state: captionRecognitions.state })
			.from(captionRecognitions)
			.where(isRequest(request));
		if (rows.length === 0) gone.abort(new Error('the request was taken back'));
	};
	return { signal: AbortSignal.any([outer, gone.signal]), close: () => clearInterval(look) };
}

/** @returns false where the request was taken back or is another by now */
async function setState(ctx: Context, request: Request, state: 'waiting' | 'running' | 'failed'): Promise<boolean> {
	const set = await ctx.db.update(captionRecognitions).set({ state }).where(isRequest(request)).returning();
	return set.length > 0;
}

const isRequest = ({ lectureId, language, request }: Request) =>
	and(
		...[eq(captionRecognitions.lectureId, lectureId), eq(captionRecognitions.language, language)],
		eq(captionRecognitions.request, request)
	);
