import type { LectureStatus } from '#lib/lectures/status.ts';
import { subtitlesPlaylist } from '#media-pipeline/playlist.ts';
import type { Permission } from '../identity/permissions.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import {
	MEDIA_URL_LIFE_S,
	masterPlaylistText,
	renditionPlaylistText,
	signedFallback,
	signedPoster
} from './playlists.ts';
import { findNewestRevision, getReadyRevision, listCaptions, type LectureRevision } from './queries.ts';
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
	const languages = new Intl.DisplayNames('vi', { type: 'language' });
	const tracks = (await listCaptions(db, revision.lectureId)).map(({ language }) => ({
		name: languages.of(language) ?? language,
		language,
		isDefault: false,
		uri: uriFor(`${CAPTIONS}${language}`)
	}));
	return masterPlaylistText(revision, tracks, uriFor);
}

/**
 * A playlist beside the master by its name, media behind a short-lived signed address. Says nothing about rights.
 * @throws {DomainError} `not_found` for a rendition or language that is not there
 */
export async function playlistOf(
	{ db, storage }: Pick<Context, 'db' | 'storage'>,
	revision: LectureRevision,
	name: string
): Promise<string> {
	if (!name.startsWith(CAPTIONS)) return renditionPlaylistText(storage, revision, name);
	const found = (await listCaptions(db, revision.lectureId)).find(({ language }) => `${CAPTIONS}${language}` === name);
	if (!found) throw new DomainError('not_found', 'lectures.no_such_rendition');
	const uri = storage.signedUrl(found.storageKey, { expiresInS: MEDIA_URL_LIFE_S, contentType: 'text/vtt' });
	return subtitlesPlaylist({ uri, durationS: revision.durationS ?? 0 });
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
		hasVideo: ready.hasVideo ?? true
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
		qualities: (newest?.renditions ?? []).map(({ name, kind, height }) => ({ name, kind, height: height ?? null })),
		canRetry: Boolean(newest?.sourceKey) && ['failed', 'cancelled'].includes(newest?.state ?? ''),
		isOlderReady: Boolean(lecture.readyRevision && lecture.readyRevision !== newest?.revision)
	};
}
