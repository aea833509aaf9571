import { MediaFailure } from './failure.ts';
import type { Container, Signature } from './file-signature.ts';
import { fpsOf, type FrameRate } from './ladder.ts';

/** The moving picture of a source. Sides are as people see them: after rotation, in square pixels. */
type VideoSource = Readonly<{
	streamIndex: number;
	codec: string;
	pixelFormat: string;
	width: number;
	height: number;
	/** Degrees, counterclockwise, by which the stored picture is turned when shown: 0, 90, 180 or 270. */
	rotation: number;
	fps: number;
	average: FrameRate;
	nominal: FrameRate;
	isVariable: boolean;
	isInterlaced: boolean;
	/** Seconds, when the stream says so itself. */
	durationS: number | undefined;
}>;

type AudioSource = Readonly<{
	streamIndex: number;
	codec: string;
	channels: number;
	durationS: number | undefined;
}>;

/** What one uploaded file holds. At least one of `video` and `audio` is there. */
export type SourceInfo = Readonly<{
	container: Container;
	hasWrongExtension: boolean;
	/** Seconds of the longer of picture and sound. */
	durationS: number;
	/** False when the duration was guessed from a bit rate: then a shorter result proves nothing. */
	isDurationDeclared: boolean;
	video: VideoSource | undefined;
	audio: AudioSource | undefined;
}>;

const MINUTE = 60;
const MAX_VIDEO_STREAMS = 2;
const CLOCK_NOT_RATE = 500;
const UNKNOWN_RATE: FrameRate = { numerator: 30, denominator: 1 };

const VIDEO_CODECS = new Set(
	(
		'h264 hevc av1 vp8 vp9 mpeg4 mpeg2video mpeg1video msmpeg4v2 msmpeg4v3 h263 mjpeg prores dnxhd theora vc1 wmv1 wmv2 wmv3 ' +
		'dvvideo rawvideo qtrle ffv1 huffyuv utvideo cfhd cinepak png'
	).split(' ')
);
const AUDIO_CODECS =
	/^(aac|aac_latm|mp3|mp2|ac3|eac3|opus|vorbis|flac|alac|dts|amr_nb|amr_wb|wmav1|wmav2|pcm_\w+|adpcm_\w+)$/;

/** Containers whose header states the duration, so that an end before it means missing data. */
const DECLARING: ReadonlySet<Container> = new Set<Container>(['mp4', 'matroska', 'avi', 'wav', 'flac']);

/** The part of ffprobe's JSON that is read. Everything in it is optional: it describes a stranger's file. */
export type ProbeOutput = {
	format?: { duration?: string };
	streams?: ProbeStream[];
};
type ProbeStream = {
	index: number;
	codec_type?: string;
	codec_name?: string;
	pix_fmt?: string;
	width?: number;
	height?: number;
	sample_aspect_ratio?: string;
	avg_frame_rate?: string;
	r_frame_rate?: string;
	field_order?: string;
	channels?: number;
	duration?: string;
	tags?: Record<string, string>;
	disposition?: { attached_pic?: number };
	side_data_list?: { rotation?: number }[];
};

/**
 * Reads ffprobe's answer. Pure. `durationS` is 0 when the file does not say how long it is.
 * @throws {MediaFailure} `no_streams`, `unsupported_format`
 */
export function sourceInfoOf(
	{ format, streams = [] }: ProbeOutput,
	{ container, hasWrongExtension }: Signature
): SourceInfo {
	const pictures = streams.filter((s) => s.codec_type === 'video' && s.disposition?.attached_pic !== 1);
	const sounds = streams.filter((s) => s.codec_type === 'audio');
	if (pictures.length === 0 && sounds.length === 0) throw new MediaFailure('no_streams', 'neither picture nor sound');
	if (pictures.length > MAX_VIDEO_STREAMS)
		throw new MediaFailure('unsupported_format', `${pictures.length} video streams`);
	const video = pictures[0] && videoSourceOf(pictures[0]);
	const audio = sounds[0] && audioSourceOf(sounds[0]);
	const streamsS = Math.max(video?.durationS ?? 0, audio?.durationS ?? 0);
	const durationS = streamsS || seconds(format?.duration) || 0;
	return {
		container,
		hasWrongExtension,
		durationS,
		isDurationDeclared: durationS > 0 && DECLARING.has(container),
		video,
		audio
	};
}

function videoSourceOf(stream: ProbeStream): VideoSource {
	const codec = stream.codec_name ?? 'unknown';
	if (!VIDEO_CODECS.has(codec)) throw new MediaFailure('unsupported_format', `video codec ${codec}`);
	if (!stream.width || !stream.height) throw new MediaFailure('truncated', 'the picture has no size');
	const rotation =
		(((stream.side_data_list?.find((data) => data.rotation !== undefined)?.rotation ?? 0) % 360) + 360) % 360;
	const [sarWidth = 1, sarHeight = 1] = (stream.sample_aspect_ratio ?? '1:1').split(':').map(Number);
	const shownWidth = sarWidth > 0 && sarHeight > 0 ? Math.round((stream.width * sarWidth) / sarHeight) : stream.width;
	const isSideways = rotation % 180 !== 0;
	const average = frameRate(stream.avg_frame_rate) ?? frameRate(stream.r_frame_rate);
	const nominal = frameRate(stream.r_frame_rate) ?? average ?? UNKNOWN_RATE;
	return {
		streamIndex: stream.index,
		codec,
		pixelFormat: stream.pix_fmt ?? 'unknown',
		width: isSideways ? stream.height : shownWidth,
		height: isSideways ? shownWidth : stream.height,
		rotation,
		fps: fpsOf(average ?? nominal),
		average: average ?? nominal,
		nominal,
		isVariable: !average || Math.abs(fpsOf(nominal) - fpsOf(average)) > fpsOf(average) * 0.01,
		isInterlaced: ['tt', 'bb', 'tb', 'bt'].includes(stream.field_order ?? ''),
		durationS: streamSeconds(stream)
	};
}

function audioSourceOf(stream: ProbeStream): AudioSource {
	const codec = stream.codec_name ?? 'unknown';
	if (!AUDIO_CODECS.test(codec)) throw new MediaFailure('unsupported_format', `audio codec ${codec}`);
	return { streamIndex: stream.index, codec, channels: stream.channels ?? 2, durationS: streamSeconds(stream) };
}

/** MP4 states a stream's duration as a number, Matroska in a tag such as `00:01:02.345000000`. */
function streamSeconds({ duration, tags }: ProbeStream): number | undefined {
	const stated = seconds(duration);
	if (stated) return stated;
	const clock = /^(\d+):(\d\d):(\d\d(?:\.\d+)?)/.exec(tags?.DURATION ?? '');
	return clock ? Number(clock[1]) * 3600 + Number(clock[2]) * MINUTE + Number(clock[3]) : undefined;
}

function seconds(text: string | undefined): number | undefined {
	const value = Number(text);
	return Number.isFinite(value) && value > 0 ? value : undefined;
}

/** A browser's recording states its clock, 1000 ticks a second, where a rate belongs: that is no rate. */
function frameRate(text: string | undefined): FrameRate | undefined {
	const [numerator = 0, denominator = 0] = (text ?? '').split('/').map(Number);
	const isRate = numerator > 0 && denominator > 0 && numerator / denominator < CLOCK_NOT_RATE;
	return isRate ? { numerator, denominator } : undefined;
}
