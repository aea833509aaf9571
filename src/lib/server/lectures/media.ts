import type { LectureStatus } from '#lib/lectures/status.ts';
import { CAPTION_LANGUAGES } from '#lib/i18n/captions.ts';
import { chaptersVtt } from '#lib/lectures/chapters.ts';
import { webVtt } from '#lib/lectures/cues.ts';
import { subtitlesPlaylist } from '#media-pipeline/playlist.ts';
import type { Permission } from '../identity/permissions.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { masterPlaylistText, renditionPlaylistText, signedFallback, signedPoster, thumbnailsOf } from './playlists.ts';
import {
	findNewestRevision,
	getReadyRevision,
	listChapters,
	listCues,
	listShownLanguages,
	type LectureRevision
} from './queries.ts';
import { getLecture, isStuck } from './service.ts';

/** Who may look at a lecture outside of a class; looking there credits nothing. */
const PREVIEWERS = ['course:author', 'course:approve'] as const satisfies readonly Permission[];

async function getPreviewed(ctx: Context, lectureId: string): Promise<LectureRevision> {
	await getLecture(ctx, lectureId, ...PREVIEWERS);
	const ready = await getReadyRevision(ctx.db, lectureId);
	if (!ready) throw new DomainError('not_found', 'lectures.no_such_lecture');
	return ready;
}

/** Master playlist for trainers and approvers; renditions are addressed beside it. @throws {DomainError} */
export async function getPreviewMaster(ctx: Context, lectureId: string): Promise<string> {
	return masterOf(ctx.db, await getPreviewed(ctx, lectureId), (name) => `${name}.m3u8`);
}

/** One rendition of {@link getPreviewMaster}. @throws {DomainError} */
export async function getPreviewRendition(ctx: Context, lectureId: string, rendition: string): Promise<string> {
	return playlistOf(ctx, await getPreviewed(ctx, lectureId), rendition);
}

/** One text track of {@link getPreviewMaster}. @throws {DomainError} */
export async function getPreviewTrack(ctx: Context, lectureId: string, name: string): Promise<string> {
	return trackOf(ctx, await getPreviewed(ctx, lectureId), name);
}

/** Captions are addressed beside the renditions under this and their language. */
const CAPTIONS = 'captions-';

/**
 * Master playlist of a revision with the captions of its lecture. Says nothing about rights.
 * @param uriFor address of a playlist by its name: a rendition's, or `captions-vi`
 */
export async function masterOf(
	db: Database,
	revision: LectureRevision,
	uriFor: (name: string) => string
): Promise<string> {
	const tracks = (await listShownLanguages(db, revision.lectureId)).map((language) => ({
		name: CAPTION_LANGUAGES[language] ?? language,
		language,
		isDefault: false,
		uri: uriFor(`${CAPTIONS}${language}`)
	}));
	return masterPlaylistText(revision, tracks, uriFor);
}

/**
 * A playlist beside the master by its name: media behind a short-lived signed address, captions beside the playlist
 * (`vi.vtt`). Says nothing about rights.
 * @throws {DomainError} `not_found` for a rendition or language that is not there
 */
export async function playlistOf(
	{ db, storage }: Pick<Context, 'db' | 'storage'>,
	revision: LectureRevision,
	name: string
): Promise<string> {
	if (!name.startsWith(CAPTIONS)) return renditionPlaylistText(storage, revision, name);
	const language = name.slice(CAPTIONS.length);
	await assertShown(db, revision.lectureId, language);
	return subtitlesPlaylist({ uri: `${language}.vtt`, durationS: revision.durationS ?? 0 });
}

/**
 * A text track of a lecture as WebVTT: `chapters`, `thumbnails` (pictures over the timeline), or captions by their language. Says nothing about rights.
 * @throws {DomainError} `not_found`, also for captions that are hidden
 */
export async function trackOf(
	{ db, storage }: Pick<Context, 'db' | 'storage'>,
	revision: LectureRevision,
	name: string
): Promise<string> {
	if (name === 'thumbnails') return thumbnailsOf(storage, revision);
	if (name === 'chapters') return chaptersVtt(await listChapters(db, revision.lectureId), revision.durationS ?? 0);
	await assertShown(db, revision.lectureId, name);
	return webVtt(await listCues(db, revision.lectureId, name));
}

/** Names of what a player shows beside the picture. Says nothing about rights. */
export async function listTracks(db: Database, lectureId: string) {
	const [languages, chapters] = await Promise.all([listShownLanguages(db, lectureId), listChapters(db, lectureId)]);
	return {
		captions: languages.map((language) => ({ language, name: CAPTION_LANGUAGES[language] ?? language })),
		chapters
	};
}

async function assertShown(db: Database, lectureId: string, language: string): Promise<void> {
	if (!(await listShownLanguages(db, lectureId)).includes(language))
		throw new DomainError('not_found', 'captions.not_found');
}

/** What a preview page needs to play a lecture; undefined while it is not ready. The caller has checked the lesson. */
export async function getPlayable(ctx: Context, lectureId: string) {
	const ready = await getReadyRevision(ctx.db, lectureId);
	if (!ready) return undefined;
	const hasAudio = ready.hasAudio ?? false;
	return {
		src: `/teach/lectures/${lectureId}/master.m3u8`,
		audioSrc: hasAudio ? `/teach/lectures/${lectureId}/audio.m3u8` : undefined,
		poster: signedPoster(ctx.storage, ready),
		fallbackSrc: signedFallback(ctx.storage, ready),
		durationS: ready.durationS ?? 0,
		hasVideo: ready.hasVideo ?? true,
		hasThumbnails: ready.storyboard !== null,
		isGrowing: ready.state !== 'ready',
		...(await listTracks(ctx.db, lectureId))
	};
}

/**
 * How a lecture's newest file stands, for the trainer's page; without keys of the store.
 * @throws {DomainError} `not_found` outside the actor's units
 */
export async function getLectureStatus(ctx: Context, lectureId: string): Promise<LectureStatus> {
	const lecture = await getLecture(ctx, lectureId, ...PREVIEWERS);
	const newest = await findNewestRevision(ctx.db, lectureId);
	return {
		lectureId,
		revision: newest?.revision ?? 0,
		state: newest?.state ?? 'none',
		percent: Math.floor(newest?.progressPercent ?? 0),
		failureCode: newest?.failureCode ?? null,
		isStuck: newest ? isStuck(newest, ctx.now) : false,
		sourceName: newest?.sourceName ?? null,
		sourceSizeBytes: newest?.sourceSizeBytes ?? null,
		durationS: newest?.durationS ?? null,
		notes: newest?.notes ?? [],
		decision: newest?.decision ?? null,
		qualities: (newest?.renditions ?? []).map(({ name, kind, height }) => ({ name, kind, height: height ?? null })),
		canRetry: Boolean(newest?.sourceKey) && ['failed', 'cancelled'].includes(newest?.state ?? ''),
		isPlayable: Boolean(newest && lecture.readyRevision === newest.revision),
		isOlderReady: Boolean(lecture.readyRevision && lecture.readyRevision !== newest?.revision)
	};
}
