import { mediaPlaylist, masterPlaylist, parseMediaPlaylist } from '#media-pipeline/playlist.ts';
import type { MasterAudio, MasterSubtitles, MasterVideo } from '#media-pipeline/playlist.ts';
import { storyboardVtt } from '#media-pipeline/storyboard.ts';
import { DomainError } from '../platform/errors.ts';
import type { ObjectStore } from '../platform/storage/object-store.ts';
import type { LectureRevision } from './queries.ts';
import type { StoredRendition } from './tables.ts';

const MINUTE = 60;
/** Long enough to watch a lecture through a slow line, short enough that a copied address is soon worthless. */
const MEDIA_URL_LIFE_S = 15 * MINUTE;

/** Content type of text tracks. */
export const TRACK_TYPE = 'text/vtt; charset=utf-8';

/** Content type of what the functions below make. */
export const PLAYLIST_TYPE = 'application/vnd.apple.mpegurl';

/** Captions as the master playlist lists them; `uri` is the address of their WebVTT playlist. */
export type CaptionTrack = MasterSubtitles;

/**
 * The master playlist of a revision, from the bandwidths that were measured when it was made.
 * @param uriFor address of a rendition's playlist by its name (`240p`, `audio`); may be relative to the master
 */
export function masterPlaylistText(
	revision: Pick<LectureRevision, 'renditions'>,
	captions: readonly CaptionTrack[],
	uriFor: (renditionName: string) => string
): string {
	const video = revision.renditions.filter((rendition) => rendition.kind === 'video').map(asMasterVideo);
	const sound = revision.renditions.find((rendition) => rendition.kind === 'audio');
	return masterPlaylist({
		video,
		...(sound && { audio: asMasterAudio(sound) }),
		subtitles: captions,
		uri: uriFor
	});
}

/**
 * A rendition's playlist with every segment on one signed address: bytes go between browser and object store, and the
 * address ends after {@link MEDIA_URL_LIFE_S}. Read the playlist again for a new one.
 * @throws {DomainError} `not_found` for a name the revision has not
 */
export async function renditionPlaylistText(
	storage: ObjectStore,
	revision: Pick<LectureRevision, 'renditions'>,
	renditionName: string
): Promise<string> {
	const rendition = revision.renditions.find(({ name }) => name === renditionName);
	if (!rendition) throw new DomainError('not_found', 'lectures.no_such_rendition');
	const stored = parseMediaPlaylist(await storage.text(rendition.playlistKey));
	return mediaPlaylist(stored, storage.signedUrl(rendition.mediaKey, { expiresInS: MEDIA_URL_LIFE_S }));
}

/** Signed address of the poster image; undefined for sound alone. */
export function signedPoster(storage: ObjectStore, revision: Pick<LectureRevision, 'posterKey'>): string | undefined {
	return revision.posterKey ? storage.signedUrl(revision.posterKey, { expiresInS: 60 * MINUTE }) : undefined;
}

/** Pictures over the timeline as WebVTT; none for a lecture without a sheet. The picture's address lives for hours. */
export function thumbnailsOf(
	storage: ObjectStore,
	{ storyboard, durationS }: Pick<LectureRevision, 'storyboard' | 'durationS'>
): string {
	if (!storyboard) throw new DomainError('not_found', 'lectures.no_such_rendition');
	const uri = storage.signedUrl(storyboard.key, { expiresInS: 4 * 60 * MINUTE, contentType: 'image/jpeg' });
	return storyboardVtt(storyboard, durationS ?? 0, uri);
}

/** Signed address of the plain MP4 (M4A for sound alone) for browsers that play no HLS. */
export function signedFallback(
	storage: ObjectStore,
	revision: Pick<LectureRevision, 'fallbackKey'>
): string | undefined {
	return revision.fallbackKey ? storage.signedUrl(revision.fallbackKey, { expiresInS: 4 * 60 * MINUTE }) : undefined;
}

/** Signed address of the sound alone as one plain file; undefined where the lecture is silent. */
export function signedSound(storage: ObjectStore, revision: Pick<LectureRevision, 'renditions'>): string | undefined {
	const sound = revision.renditions.find(({ kind }) => kind === 'audio');
	return sound && storage.signedUrl(sound.mediaKey, { expiresInS: 4 * 60 * MINUTE, contentType: 'audio/mp4' });
}

function asMasterVideo({
	name,
	width,
	height,
	fps,
	codecs,
	bandwidth,
	averageBandwidth
}: StoredRendition): MasterVideo {
	return { name, width: width ?? 0, height: height ?? 0, fps: fps ?? 0, codecs, bandwidth, averageBandwidth };
}

function asMasterAudio({ name, codecs, bandwidth, averageBandwidth, channels }: StoredRendition): MasterAudio {
	return { name, codecs, bandwidth, averageBandwidth, channels: channels ?? 2 };
}
