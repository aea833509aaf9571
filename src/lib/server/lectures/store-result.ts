import path from 'node:path';
import type { TranscodeResult } from '#media-pipeline/package.ts';
import type { ObjectStore } from '../platform/storage/object-store.ts';
import type { LectureRevision } from './queries.ts';
import type { StoredRendition } from './tables.ts';

/** Columns of a revision that a finished transcode fills. */
export type StoredResult = Pick<
	LectureRevision,
	| 'durationS'
	| 'hasVideo'
	| 'hasAudio'
	| 'renditions'
	| 'posterKey'
	| 'storyboard'
	| 'decision'
	| 'fallbackKey'
	| 'notes'
>;

const TYPES: Record<string, string> = {
	'.mp4': 'video/mp4',
	'.m4a': 'audio/mp4',
	'.jpg': 'image/jpeg',
	'.m3u8': 'application/vnd.apple.mpegurl'
};

/**
 * Puts the files of a transcode under `prefix`, over those of an earlier run, and removes what that run alone had made.
 * @param keep keys below the prefix that are not part of the result, such as the source
 */
export async function storeResult(
	storage: ObjectStore,
	job: {
		result: TranscodeResult;
		folder: string;
		prefix: string;
		keep: readonly string[];
		/** More renditions follow: nothing is removed yet. */
		isPartial: boolean;
		signal: AbortSignal;
		/** Called with the share of files that are stored, 0–1. */
		onStored?: (share: number) => void;
	}
): Promise<StoredResult> {
	const { result, folder, prefix, signal } = job;
	const parts = result.audio ? [...result.renditions, result.audio] : result.renditions;
	const files = [
		...parts.flatMap(({ file, playlistFile }) => [file, playlistFile]),
		...(result.poster ? [result.poster] : []),
		...(result.storyboard ? [result.storyboard.file] : []),
		result.fallback
	];
	for (const [i, file] of files.entries()) {
		signal.throwIfAborted();
		const contentType = file === 'audio.mp4' ? 'audio/mp4' : (TYPES[path.extname(file)] ?? 'application/octet-stream');
		await storage.putFile(prefix + file, path.join(folder, file), { contentType, signal });
		job.onStored?.((i + 1) / files.length);
	}
	if (!job.isPartial)
		await removeOthers(storage, prefix, new Set([...job.keep, ...files.map((file) => prefix + file)]));
	return {
		durationS: result.durationS,
		hasVideo: result.hasVideo,
		hasAudio: result.hasAudio,
		renditions: parts.map((part) => asStored(part, prefix)),
		posterKey: result.poster ? prefix + result.poster : null,
		storyboard: asStoredSheet(result.storyboard, prefix),
		decision: result.decision,
		fallbackKey: prefix + result.fallback,
		notes: [...result.notes]
	};
}

type Part = TranscodeResult['renditions'][number] | NonNullable<TranscodeResult['audio']>;

function asStored(part: Part, prefix: string): StoredRendition {
	const { name, kind, codecs, bandwidth, averageBandwidth, sizeBytes } = part;
	return {
		...{ name, kind, codecs, bandwidth, averageBandwidth, sizeBytes },
		mediaKey: prefix + part.file,
		playlistKey: prefix + part.playlistFile,
		...(part.kind === 'video' ? { width: part.width, height: part.height, fps: part.fps } : { channels: part.channels })
	};
}

function asStoredSheet(storyboard: TranscodeResult['storyboard'], prefix: string): StoredResult['storyboard'] {
	if (!storyboard) return null;
	const { file, ...sheet } = storyboard;
	return { ...sheet, key: prefix + file };
}

async function removeOthers(storage: ObjectStore, prefix: string, kept: ReadonlySet<string>): Promise<void> {
	const stale: string[] = [];
	for await (const { key } of storage.list(prefix)) if (!kept.has(key)) stale.push(key);
	await storage.delete(stale);
}
