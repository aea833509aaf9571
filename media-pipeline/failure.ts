/** Why a file could not become a lecture. Stable: sentences for people are found by it, outside this library. */
export type MediaFailureCode =
	| 'empty_file'
	| 'not_media'
	| 'playlist_refused'
	| 'unsupported_format'
	| 'no_streams'
	| 'truncated'
	| 'too_long'
	| 'too_large_picture'
	| 'disk_full'
	| 'ffmpeg_missing'
	| 'timed_out'
	| 'killed'
	| 'unknown';

/** Trying the same file again cannot help: the file itself is the reason. */
const CODES_OF_THE_FILE: ReadonlySet<MediaFailureCode> = new Set([
	'empty_file',
	'not_media',
	'playlist_refused',
	'unsupported_format',
	'no_streams',
	'truncated',
	'too_long',
	'too_large_picture'
]);

/**
 * The only error this library throws on purpose (beside the reason of an abort signal).
 * `message` and `detail` are English, for logs: `detail` may hold the end of what ffmpeg wrote, paths included.
 */
export class MediaFailure extends Error {
	readonly code: MediaFailureCode;
	readonly detail: string;

	constructor(code: MediaFailureCode, detail: string) {
		super(`${code}: ${detail.split('\n').at(-1)?.slice(0, 300) ?? ''}`);
		this.name = 'MediaFailure';
		this.code = code;
		this.detail = detail;
	}

	/** True when a retry may succeed (disk, time, a killed process); false when the file is to blame. */
	get isRetryable(): boolean {
		return !CODES_OF_THE_FILE.has(this.code);
	}
}

/** How a run of ffmpeg or ffprobe ended. `stderr` is its last few kilobytes. */
export type ToolExit = {
	tool: 'ffmpeg' | 'ffprobe';
	exitCode: number | null;
	exitSignal: string | null;
	stderr: string;
};

/** First match wins; the texts are ffmpeg's own, the same from version 4 to 7. */
const REASONS: readonly [RegExp, MediaFailureCode][] = [
	[/No space left on device|Disk quota exceeded/, 'disk_full'],
	[/exceeds specified max pixel count|Picture size \d+x\d+ is invalid/, 'too_large_picture'],
	[/moov atom not found|partial file|Truncat|File ended prematurely|EBML header parsing failed/i, 'truncated'],
	[/Format not on whitelist|not on the whitelist|not in whitelist/i, 'playlist_refused'],
	[/Stream map .* matches no streams|does not contain any stream/, 'no_streams'],
	[/Decoder .* not found|Could not find codec parameters|Unknown decoder/, 'unsupported_format'],
	[/Invalid data found when processing input/, 'unsupported_format']
];

/** Turns the end of a failed run into a failure with a code. Pure. */
export function failureOfExit({ tool, exitCode, exitSignal, stderr }: ToolExit): MediaFailure {
	const detail = `${stderr.trim()}\n${tool} ended with ${exitSignal ?? `status ${exitCode}`}`;
	const reason = REASONS.find(([text]) => text.test(stderr));
	if (reason) return new MediaFailure(reason[1], detail);
	// 128 + n: bwrap reports a signal of the program it wraps as a status
	if (exitSignal !== null || (exitCode !== null && exitCode > 128 && exitCode < 160))
		return new MediaFailure('killed', detail);
	return new MediaFailure('unknown', detail);
}

/** Wraps what the file system threw: a full disk has its own code, anything else passes unchanged. */
export function failureOfFileSystem(error: unknown): unknown {
	const code = (error as NodeJS.ErrnoException | null)?.code;
	return code === 'ENOSPC' || code === 'EDQUOT' ? new MediaFailure('disk_full', String(error)) : error;
}
