import { DEMUXERS, type Container } from './file-signature.ts';
import { fpsOf, type FrameRate, type Rung } from './ladder.ts';
import type { Storyboard } from './storyboard.ts';

/** Length of a segment, seconds. Keyframes of all renditions stand at its multiples, so a player can switch there. */
export const SEGMENT_S = 4;
/** 7680 × 4320: what ffmpeg may allocate for one picture. */
export const MAX_PIXELS = 33_177_600;
/** Peaks stay below −1.5 dBFS, so that AAC does not clip. */
const PEAK = 0.84;
/** Sound costs the same beside 240p and beside 1080p, and is a rung of its own on a poor line. */
export const AUDIO_KBPS = 64;

/**
 * What makes ffmpeg and ffprobe open this one local file and nothing it refers to: a playlist, a concat script or an
 * address inside the file is refused. Stands before `-i`.
 */
export function inputGuards(container: Container): string[] {
	return ['-protocol_whitelist', 'file', '-format_whitelist', DEMUXERS[container], '-max_pixels', `${MAX_PIXELS}`];
}

/** Describes a file as JSON, without decoding more than its first frames. */
export function probeArgs(container: Container, path: string): string[] {
	return ['-v', 'error', ...inputGuards(container), '-show_format', '-show_streams', '-of', 'json', '-i', path];
}

const QUIET = [
	'-hide_banner',
	'-nostdin',
	'-y',
	'-v',
	'warning',
	'-nostats',
	'-progress',
	'pipe:1',
	'-stats_period',
	'0.5'
];

/** Reads a file to its end without decoding: the only way to learn how long a browser's own recording is. */
export function measureArgs(container: Container, path: string): string[] {
	return [...QUIET, ...inputGuards(container), '-i', path, '-map', '0', '-dn', '-sn', '-c', 'copy', '-f', 'null', '-'];
}

/** The sound of one of our own renditions as an MP3 file that any telephone or loudspeaker of a commune plays. */
export function mp3Args({ input, title, output }: { input: string; title: string; output: string }): string[] {
	return [
		...[...QUIET, ...inputGuards('mp4'), '-i', input, '-map', '0:a:0', '-vn', '-map_metadata', '-1'],
		...['-metadata', `title=${title}`, '-c:a', 'libmp3lame', '-b:a', `${AUDIO_KBPS}k`, '-f', 'mp3', output]
	];
}

/** The sound of one of our own renditions as programs that recognise speech read it: WAV, 16 kHz, one channel. */
export function speechArgs(audioFile: string, wavFile: string): string[] {
	return [
		...[...QUIET, ...inputGuards('mp4'), '-i', audioFile, '-map', '0:a:0', '-vn'],
		...['-ac', '1', '-ar', '16000', '-c:a', 'pcm_s16le', '-f', 'wav', wavFile]
	];
}

/**
 * Frames of the output to make. `leadFrames` before them are decoded and dropped, so that a frame shown over the border
 * is known: a screen recording may have none for seconds.
 */
type Stretch = Readonly<{ fromFrame: number; toFrame?: number; leadFrames: number }>;

/** What is to be made of one source. Without rungs it is sound only; without `audio` it is silent. */
export type HlsJob = Readonly<{
	input: string;
	container: Container;
	video?: {
		streamIndex: number;
		rungs: readonly Rung[];
		frameRate: FrameRate;
		isInterlaced: boolean;
		crf: number;
		preset: string;
		stretch?: Stretch;
	};
	/**
	 * `padToS`: sound that ends before the picture is followed by silence up to here. `gainDb`: towards
	 * −16 LUFS. `delayS`: how late the picture's clock begins, see {@link pictureDelayS}.
	 */
	audio?: { streamIndex: number; channels: number; padToS?: number; gainDb: number; delayS?: number };
}>;

/**
 * Turns one file into adaptive HLS in a single decode: H.264 renditions without sound and one AAC rendition, each one
 * fMP4 file with a playlist of byte ranges, named `720p.mp4`/`720p.m3u8` … `audio.mp4`/`audio.m3u8`.
 * They land in ffmpeg's working folder: a `%` in a folder's name would be read as a pattern.
 * ffmpeg's master playlist is not asked for: it would advertise the cap of a rendition as its bandwidth.
 */
export function hlsArgs({ input, container, video, audio }: HlsJob): string[] {
	return [
		...[...QUIET, ...inputGuards(container), ...seekArgs(video), '-i', input],
		...(video ? ['-filter_complex', videoFilter(video)] : []),
		...(video ? video.rungs.flatMap((_, i) => ['-map', `[v${i}]`]) : []),
		...(audio ? ['-map', `0:${audio.streamIndex}`] : []),
		...(video ? videoArgs(video) : []),
		...(audio ? audioArgs(audio) : []),
		...(audio?.delayS ? ['-output_ts_offset', audio.delayS.toFixed(6)] : []),
		...['-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'], // recordings carry device, place and names
		...['-f', 'hls', '-hls_playlist_type', 'vod', '-hls_time', `${SEGMENT_S}`, '-hls_segment_type', 'fmp4'],
		...['-hls_flags', 'single_file'],
		// Without it every rendition's clock starts at its own first packet, and sound runs some 60 ms ahead of B-frames.
		...['-hls_segment_options', 'movflags=+frag_discont'],
		...['-hls_segment_filename', '%v.mp4'],
		...['-var_stream_map', streamMap(video?.rungs ?? [], audio !== undefined)],
		'%v.m3u8'
	];
}

function seekArgs(video: HlsJob['video']): string[] {
	const { fromFrame = 0, leadFrames = 0, toFrame } = video?.stretch ?? {};
	if (!video || (fromFrame === 0 && toFrame === undefined)) return [];
	const fps = fpsOf(video.frameRate);
	const lengthS = toFrame === undefined ? undefined : (toFrame - fromFrame + leadFrames) / fps + 1;
	return [
		...(fromFrame > 0 ? ['-ss', ((fromFrame - leadFrames) / fps).toFixed(6)] : []),
		...(lengthS === undefined ? [] : ['-t', lengthS.toFixed(3)])
	];
}

/** Cuts by frames after the rate is levelled, so that stretches meet without one twice or missing. */
function trimFilter({ fromFrame, toFrame, leadFrames }: Stretch): string {
	const first = fromFrame > 0 ? leadFrames : 0;
	const end = toFrame === undefined ? '' : `:end_frame=${first + toFrame - fromFrame}`;
	return `trim=start_frame=${first}${end},setpts=PTS-STARTPTS`;
}

/** One decode feeds all: each rendition is scaled from the next larger one. */
function videoFilter({ streamIndex, rungs, frameRate, isInterlaced, stretch }: NonNullable<HlsJob['video']>): string {
	const before = [
		...(isInterlaced ? ['yadif=deint=interlaced'] : []),
		`fps=${frameRate.numerator}/${frameRate.denominator}:start_time=0`,
		...(stretch ? [trimFilter(stretch)] : [])
	].join(',');
	return rungs
		.map(({ width, height }, i) => {
			const from = i === 0 ? `[0:${streamIndex}]${before},` : `[s${i}]`;
			const scale = `scale=${width}:${height}:flags=bicubic${i === 0 ? ',setsar=1,format=yuv420p' : ''}`;
			return `${from}${scale}${i === rungs.length - 1 ? `[v${i}]` : `,split=2[v${i}][s${i + 1}]`}`;
		})
		.join(';');
}

const B_FRAMES = 3;
/** With B-frames as references, x264 decodes this many frames ahead of what it shows. */
const REORDERED_FRAMES = 2;

/** Decoding begins at 0, so the first picture is shown this much later: sound that is made apart waits as long. */
export function pictureDelayS(frameRate: FrameRate): number {
	return REORDERED_FRAMES / fpsOf(frameRate);
}

/** Frames from one keyframe to the next. Rounded up: one just before a segment's end would double that segment. */
export function keyframeEvery(frameRate: FrameRate): number {
	return Math.ceil(fpsOf(frameRate) * SEGMENT_S - 1e-6);
}

function videoArgs({ rungs, frameRate, crf, preset }: NonNullable<HlsJob['video']>): string[] {
	return [
		...['-c:v', 'libx264', '-preset', preset, '-crf', `${crf}`, '-profile:v', 'high', '-pix_fmt', 'yuv420p'],
		...[
			'-bf',
			`${B_FRAMES}`,
			'-g',
			`${keyframeEvery(frameRate)}`,
			'-keyint_min',
			`${keyframeEvery(frameRate)}`,
			'-sc_threshold',
			'0'
		],
		...rungs.flatMap(({ maxRateKbps }, i) => [
			`-maxrate:v:${i}`,
			`${maxRateKbps}k`,
			`-bufsize:v:${i}`,
			`${maxRateKbps * 2}k`
		])
	];
}

function audioArgs({ channels, padToS, gainDb }: NonNullable<HlsJob['audio']>): string[] {
	const filters = [
		'aresample=async=1:first_pts=0',
		...(gainDb === 0 ? [] : [`volume=${gainDb.toFixed(2)}dB`, `alimiter=limit=${PEAK}:level=false:latency=true`]),
		...(padToS ? [`apad=whole_dur=${padToS.toFixed(3)}`] : [])
	];
	return [
		'-af',
		filters.join(','),
		'-c:a',
		'aac',
		'-b:a',
		`${AUDIO_KBPS}k`,
		'-ac',
		`${Math.min(channels, 2)}`,
		'-ar',
		'48000'
	];
}

function streamMap(rungs: readonly Rung[], hasAudio: boolean): string {
	return [...rungs.map(({ name }, i) => `v:${i},name:${name}`), ...(hasAudio ? ['a:0,name:audio'] : [])].join(' ');
}

/** Shorter side of a sample: enough to tell slides from a hall, cheap to encode. */
const SAMPLE_SHORT_SIDE = 360;

/**
 * Encodes a few seconds small, into `sample.h264` of the working folder, and writes how much each frame differs from the
 * one before into `moves.txt`.
 */
export function sampleArgs(job: {
	input: string;
	container: Container;
	streamIndex: number;
	frameRate: FrameRate;
	atS: number;
	durationS: number;
	isUpright: boolean;
}): string[] {
	const scale = job.isUpright ? `${SAMPLE_SHORT_SIDE}:-2` : `-2:${SAMPLE_SHORT_SIDE}`;
	const filters = [
		`fps=${job.frameRate.numerator}/${job.frameRate.denominator}`,
		`scale=${scale}:flags=bicubic,format=yuv420p`,
		'signalstats,metadata=print:key=lavfi.signalstats.YDIF:file=moves.txt'
	];
	return [
		...[...QUIET, ...inputGuards(job.container), '-ss', job.atS.toFixed(3), '-i', job.input],
		...['-map', `0:${job.streamIndex}`, '-t', `${job.durationS}`, '-vf', filters.join(','), '-an', '-sn', '-dn'],
		...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-g', '1000', '-f', 'h264', 'sample.h264']
	];
}

/** Listens to the whole sound (EBU R 128); the integrated loudness stands in the last lines of stderr. */
export function loudnessArgs(container: Container, path: string, streamIndex: number): string[] {
	return [
		...['-hide_banner', '-nostdin', '-v', 'info', '-nostats', ...inputGuards(container), '-i', path],
		...['-map', `0:${streamIndex}`, '-vn', '-sn', '-dn', '-af', 'ebur128=framelog=verbose', '-f', 'null', '-']
	];
}

/** One sheet of small pictures from our own rendition. Only keyframes are decoded: one stands every four seconds. */
export function storyboardArgs({
	input,
	output,
	sheet
}: {
	input: string;
	output: string;
	sheet: Storyboard;
}): string[] {
	const { everyS, columns, rows, tileWidth, tileHeight } = sheet;
	const filters = [
		`select='not(mod(n,${everyS / SEGMENT_S}))'`,
		`scale=${tileWidth}:${tileHeight}:flags=bilinear`,
		`tile=${columns}x${rows}`
	];
	return [
		...[...QUIET, ...inputGuards('mp4'), '-skip_frame', 'nokey', '-i', input],
		...['-vf', filters.join(','), '-frames:v', '1', '-fps_mode', 'passthrough', '-q:v', '5'],
		...['-map_metadata', '-1', '-f', 'image2', '-update', '1', output]
	];
}

/** A still of our own rendition (upright, 8 bit, square pixels): the most typical of 50 frames, so no black fade. */
export function posterArgs({ input, atS, output }: { input: string; atS: number; output: string }): string[] {
	return [
		...[...QUIET, ...inputGuards('mp4'), '-ss', atS.toFixed(3), '-i', input],
		...[
			'-frames:v',
			'1',
			'-vf',
			'thumbnail=n=50',
			'-q:v',
			'4',
			'-map_metadata',
			'-1',
			'-f',
			'image2',
			'-update',
			'1',
			output
		]
	];
}

/** One progressive MP4 from finished renditions, for browsers that play no HLS at all. Copies, encodes nothing. */
export function fallbackArgs({ inputs, output }: { inputs: readonly string[]; output: string }): string[] {
	return [
		...QUIET,
		...inputs.flatMap((input) => [...inputGuards('mp4'), '-i', input]),
		...inputs.flatMap((_, i) => ['-map', `${i}:0`]),
		...['-c', 'copy', '-map_metadata', '-1', '-movflags', '+faststart', '-f', 'mp4', output]
	];
}
