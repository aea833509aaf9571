import { and, count, eq, sql } from 'drizzle-orm';
import type { AuditAction } from '#lib/i18n/audit-words.ts';
import { parseChapters } from '#lib/lectures/chapters.ts';
import { inOrder, parseCues, type Cue } from '#lib/lectures/cues.ts';
import type { CuesInput } from '#lib/lectures/input.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { getReadyRevision, listCues, type CaptionRow, type Lecture } from './queries.ts';
import { accountOf, getLecture } from './service.ts';
import { captionCues, captions, lectures } from './tables.ts';

/** A caption may run over the end by this much: recordings are cut, files are not. */
const OVERRUN_MS = 1500;
const CUES_PER_INSERT = 2000;

/** Captions in every language, published or not, and the chapters, for the trainer's page. */
export async function getCaptionsForAuthor(ctx: Context, lectureId: string) {
	const lecture = await getLecture(ctx, lectureId, 'course:author');
	const tracks = await ctx.db
		.select({
			language: captions.language,
			state: captions.state,
			origin: captions.origin,
			changedAt: captions.changedAt,
			lines: count(captionCues.position)
		})
		.from(captions)
		.leftJoin(
			captionCues,
			and(eq(captionCues.lectureId, captions.lectureId), eq(captionCues.language, captions.language))
		)
		.where(eq(captions.lectureId, lectureId))
		.groupBy(captions.lectureId, captions.language)
		.orderBy(sql`${captions.language} <> 'vi'`, captions.language);
	return { tracks, chapters: lecture.chapters };
}

/** All lines of one language for its editor. @throws {DomainError} `not_found` */
export async function getCuesForAuthor(ctx: Context, lectureId: string, language: string) {
	await getLecture(ctx, lectureId, 'course:author');
	const found = await findTrack(ctx.db, lectureId, language);
	if (!found) throw new DomainError('not_found', 'captions.not_found');
	const { lockVersion, state, origin } = found;
	return { lockVersion, state, origin, cues: await listCues(ctx.db, lectureId, language) };
}

/**
 * Takes in a caption file, over what is there in its language. It shows at once, unless the track was hidden.
 * @throws {DomainError} `invalid` with the line of the file, also for captions that begin after the lecture has ended
 */
export async function uploadCaptions(
	ctx: Context,
	lectureId: string,
	{ language, file }: { language: string; file: File }
): Promise<{ lines: number }> {
	const lecture = await getLecture(ctx, lectureId, 'course:author');
	const cues = parseCues(decode(new Uint8Array(await file.arrayBuffer())));
	if (!isCues(cues)) throw new DomainError('invalid', cues.code, { line: cues.line });
	await replaceCues(ctx, lecture, language, await withinLecture(ctx.db, lectureId, cues), 'file');
	return { lines: cues.length };
}

/** An empty track to write line by line; hidden until it is published. Does nothing where the language is there. */
export async function beginCaptions(ctx: Context, lectureId: string, language: string): Promise<void> {
	const lecture = await getLecture(ctx, lectureId, 'course:author');
	if (await findTrack(ctx.db, lectureId, language)) return;
	await replaceCues(ctx, lecture, language, [], 'typed');
}

/** Keeps what the editor holds. @throws {DomainError} `conflict` when somebody saved in between */
export async function saveCues(
	ctx: Context,
	lectureId: string,
	language: string,
	{ lockVersion, cues }: CuesInput
): Promise<void> {
	const lecture = await getLecture(ctx, lectureId, 'course:author');
	const kept = await withinLecture(ctx.db, lectureId, inOrder(cues));
	await replaceCues(ctx, lecture, language, kept, 'typed', lockVersion);
}

/** Shows captions to learners, or hides them. Showing a draft of speech recognition is a person's approval. */
export async function setCaptionState(
	ctx: Context,
	lectureId: string,
	{ language, state }: { language: string; state: CaptionRow['state'] }
): Promise<void> {
	const lecture = await getLecture(ctx, lectureId, 'course:author');
	await ctx.db.transaction(async (tx) => {
		const changed = await tx
			.update(captions)
			.set({ state, changedAt: ctx.now, changedBy: accountOf(ctx) })
			.where(isTrack(lectureId, language))
			.returning({ language: captions.language });
		if (changed.length === 0) throw new DomainError('not_found', 'captions.not_found');
		await audit(ctx, tx, lecture, `caption.${state}`, { language });
	});
}

export async function removeCaptions(ctx: Context, lectureId: string, language: string): Promise<void> {
	const lecture = await getLecture(ctx, lectureId, 'course:author');
	await ctx.db.transaction(async (tx) => {
		const removed = await tx.delete(captions).where(isTrack(lectureId, language)).returning();
		if (removed.length > 0) await audit(ctx, tx, lecture, 'caption.removed', { language });
	});
}

/** Sets the chapters from one line each. @throws {DomainError} `invalid` with the line */
export async function saveChapters(ctx: Context, lectureId: string, text: string): Promise<void> {
	const lecture = await getLecture(ctx, lectureId, 'course:author');
	const chapters = parseChapters(text);
	if ('code' in chapters) throw new DomainError('invalid', chapters.code, { line: chapters.line });
	await ctx.db.transaction(async (tx) => {
		await tx
			.update(lectures)
			.set({ chapters: [...chapters] })
			.where(eq(lectures.id, lectureId));
		await audit(ctx, tx, lecture, 'lecture.chapters_set', { count: chapters.length });
	});
}

async function replaceCues(
	ctx: Context,
	lecture: Lecture,
	language: string,
	cues: readonly Cue[],
	origin: 'file' | 'typed',
	lockVersion?: number
): Promise<void> {
	const change = { changedAt: ctx.now, changedBy: accountOf(ctx), lockVersion: sql`${captions.lockVersion} + 1` };
	await ctx.db.transaction(async (tx) => {
		if (lockVersion === undefined) {
			const state = origin === 'file' ? 'published' : 'draft';
			await tx
				.insert(captions)
				.values({ lectureId: lecture.id, language, state, origin, changedAt: ctx.now, changedBy: accountOf(ctx) })
				.onConflictDoUpdate({ target: [captions.lectureId, captions.language], set: { ...change, origin } });
		} else {
			const changed = await tx
				.update(captions)
				.set(change)
				.where(and(isTrack(lecture.id, language), eq(captions.lockVersion, lockVersion)))
				.returning({ language: captions.language });
			if (changed.length === 0) throw new DomainError('conflict', 'form.stale');
		}
		await tx.delete(captionCues).where(and(eq(captionCues.lectureId, lecture.id), eq(captionCues.language, language)));
		await insertCues(tx, lecture.id, language, cues);
		await audit(ctx, tx, lecture, 'caption.changed', { language, lines: cues.length });
	});
}

/** Puts the lines of a new track down; the caller has removed older ones. */
export async function insertCues(
	tx: Database,
	lectureId: string,
	language: string,
	cues: readonly Cue[]
): Promise<void> {
	const rows = cues.map((cue, position) => ({ lectureId, language, position, ...cue }));
	for (let i = 0; i < rows.length; i += CUES_PER_INSERT)
		await tx.insert(captionCues).values(rows.slice(i, i + CUES_PER_INSERT));
}

/** Captions of a longer recording are refused: they belong to another one. The last may run over a little. */
async function withinLecture(db: Database, lectureId: string, cues: readonly Cue[]): Promise<Cue[]> {
	const ready = await getReadyRevision(db, lectureId);
	const totalMs = ready?.durationS ? Math.round(ready.durationS * 1000) : Infinity;
	const beyond = cues.findIndex(({ startMs }) => startMs > totalMs + OVERRUN_MS);
	if (beyond >= 0) throw new DomainError('invalid', 'captions.beyond_end', { number: beyond + 1 });
	return cues
		.map((cue) => ({ ...cue, endMs: Math.min(cue.endMs, totalMs) }))
		.filter(({ startMs, endMs }) => endMs > startMs);
}

/** UTF-8, or UTF-16 that says so; anything else is not guessed. */
function decode(bytes: Uint8Array): string {
	const mark =
		bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
	try {
		return new TextDecoder(mark, { fatal: true }).decode(bytes);
	} catch {
		throw new DomainError('invalid', 'captions.not_utf8');
	}
}

const isCues = (parsed: ReturnType<typeof parseCues>): parsed is readonly Cue[] => Array.isArray(parsed);

const isTrack = (lectureId: string, language: string) =>
	and(eq(captions.lectureId, lectureId), eq(captions.language, language));

async function findTrack(db: Database, lectureId: string, language: string): Promise<CaptionRow | undefined> {
	const [found] = await db.select().from(captions).where(isTrack(lectureId, language));
	return found;
}

function audit(ctx: Context, tx: Database, lecture: Lecture, action: AuditAction, more: object): Promise<unknown> {
	return recordAudit(ctx, tx, action, { objectId: lecture.id, unitId: lecture.unitId, ...more });
}
