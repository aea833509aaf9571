import { LARGEST_SHORT_SIDE } from './ladder.ts';
import type { SourceInfo } from './source-info.ts';

/** Something odd about an accepted source that the person who uploaded it may want to know. */
export type MediaNote =
	| 'no_audio'
	| 'audio_only'
	| 'portrait'
	| 'scaled_down_4k'
	| 'hevc_10bit'
	| 'high_bit_depth'
	| 'interlaced'
	| 'variable_frame_rate'
	| 'wrong_extension';

/** The notes of a source, in the order they are shown. Pure. */
export function notesOf({ video, audio, hasWrongExtension }: SourceInfo): MediaNote[] {
	const isDeep = video !== undefined && /(p10|p12|p14|p16|p010|p016)/.test(video.pixelFormat);
	const all: [boolean, MediaNote][] = [
		[video !== undefined && audio === undefined, 'no_audio'],
		[video === undefined, 'audio_only'],
		[video !== undefined && video.height > video.width, 'portrait'],
		[video !== undefined && Math.min(video.width, video.height) > LARGEST_SHORT_SIDE, 'scaled_down_4k'],
		[isDeep && video.codec === 'hevc', 'hevc_10bit'],
		[isDeep && video.codec !== 'hevc', 'high_bit_depth'],
		[video?.isInterlaced === true, 'interlaced'],
		[video?.isVariable === true && !video.isInterlaced, 'variable_frame_rate'],
		[hasWrongExtension, 'wrong_extension']
	];
	return all.filter(([applies]) => applies).map(([, note]) => note);
}
