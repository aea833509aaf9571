/** Bytes of one file. */
export type ByteRange = Readonly<{ offset: number; length: number }>;

/** One segment of a rendition: a byte range of its single file. */
type Segment = Readonly<ByteRange & { durationS: number }>;

/** A rendition's playlist: where its initialisation segment and its media segments lie in its one file. */
export type MediaPlaylist = Readonly<{ init: ByteRange; segments: readonly Segment[] }>;

/** Bits per second, measured from the segments: `bandwidth` is the peak as RFC 8216 4.3.4.2 defines it. */
export type Bandwidths = Readonly<{ bandwidth: number; averageBandwidth: number }>;

/** What a master playlist says of a video rendition; it carries no sound of its own. */
export type MasterVideo = Readonly<
	Bandwidths & { name: string; width: number; height: number; fps: number; codecs: string }
>;
export type MasterAudio = Readonly<Bandwidths & { name: string; codecs: string; channels: number }>;
/** `name` is shown in the player's menu; `language` is a BCP 47 tag such as `vi`. */
export type MasterSubtitles = Readonly<{ name: string; language: string; isDefault: boolean; uri: string }>;

/**
 * Reads a playlist of byte ranges as ffmpeg writes it.
 * @throws {Error} when it is not such a playlist: then ffmpeg, not the user, did something unexpected
 */
export function parseMediaPlaylist(text: string): MediaPlaylist {
	const init = /^#EXT-X-MAP:.*BYTERANGE="(\d+)@(\d+)"/m.exec(text);
	if (!init) throw new Error('Playlist without EXT-X-MAP and byte range');
	const segments: Segment[] = [];
	let durationS: number | undefined;
	for (const line of text.split(/\r?\n/)) {
		const duration = /^#EXTINF:([\d.]+)/.exec(line);
		if (duration) durationS = Number(duration[1]);
		const range = /^#EXT-X-BYTERANGE:(\d+)(?:@(\d+))?/.exec(line);
		if (!range || durationS === undefined) continue;
		const previous = segments.at(-1);
		const offset = range[2] ?? (previous ? previous.offset + previous.length : 0);
		segments.push({ durationS, offset: Number(offset), length: Number(range[1]) });
		durationS = undefined;
	}
	if (segments.length === 0) throw new Error('Playlist without segments');
	return { init: { length: Number(init[1]), offset: Number(init[2]) }, segments };
}

/**
 * Writes a rendition's playlist. `uri` is the address of its one file: a name beside it, or a signed address.
 * @param uri must hold no line break and no double quote, as no URL does
 */
export function mediaPlaylist({ init, segments }: MediaPlaylist, uri: string): string {
	const targetS = Math.max(1, ...segments.map(({ durationS }) => Math.round(durationS)));
	return lines([
		'#EXTM3U',
		'#EXT-X-VERSION:7',
		`#EXT-X-TARGETDURATION:${targetS}`,
		'#EXT-X-MEDIA-SEQUENCE:0',
		'#EXT-X-PLAYLIST-TYPE:VOD',
		'#EXT-X-INDEPENDENT-SEGMENTS',
		`#EXT-X-MAP:URI=${quoted(uri)},BYTERANGE="${init.length}@${init.offset}"`,
		...segments.flatMap(({ durationS, offset, length }) => [
			`#EXTINF:${durationS.toFixed(6)},`,
			`#EXT-X-BYTERANGE:${length}@${offset}`,
			uri
		]),
		'#EXT-X-ENDLIST'
	]);
}

/** A playlist with one WebVTT file over the whole lecture, as HLS wants subtitles. */
export function subtitlesPlaylist({ uri, durationS }: { uri: string; durationS: number }): string {
	return lines([
		'#EXTM3U',
		'#EXT-X-VERSION:7',
		`#EXT-X-TARGETDURATION:${Math.max(1, Math.ceil(durationS))}`,
		'#EXT-X-MEDIA-SEQUENCE:0',
		'#EXT-X-PLAYLIST-TYPE:VOD',
		`#EXTINF:${durationS.toFixed(3)},`,
		uri,
		'#EXT-X-ENDLIST'
	]);
}

/** What a master playlist is made of. `uri` gives the address of a rendition's playlist by its name. */
export type MasterInput = Readonly<{
	video: readonly MasterVideo[];
	audio?: MasterAudio;
	/** Label and language of the sound; defaults to Vietnamese. */
	audioLabel?: { name: string; language: string };
	subtitles?: readonly MasterSubtitles[];
	uri: (name: string) => string;
}>;

/**
 * Writes the master playlist: the renditions from the smallest up, then sound alone. A player starts with the first
 * it can afford, so the smallest stands first.
 */
export function masterPlaylist({ video, audio, audioLabel, subtitles = [], uri }: MasterInput): string {
	const label = audioLabel ?? { name: 'Tiếng Việt', language: 'vi' };
	const smallestFirst = video.toSorted((a, b) => a.bandwidth - b.bandwidth);
	return lines([
		'#EXTM3U',
		'#EXT-X-VERSION:7',
		'#EXT-X-INDEPENDENT-SEGMENTS',
		...(audio && video.length > 0
			? [
					`#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME=${quoted(label.name)},LANGUAGE=${quoted(label.language)},` +
						`DEFAULT=YES,AUTOSELECT=YES,CHANNELS="${audio.channels}",URI=${quoted(uri(audio.name))}`
				]
			: []),
		...subtitles.map(
			({ name, language, isDefault, uri: address }) =>
				`#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subtitles",NAME=${quoted(name)},LANGUAGE=${quoted(language)},` +
				`DEFAULT=${isDefault ? 'YES' : 'NO'},AUTOSELECT=YES,FORCED=NO,URI=${quoted(address)}`
		),
		...smallestFirst.flatMap((rendition) => [streamInf(rendition, audio, subtitles.length > 0), uri(rendition.name)]),
		...(audio ? [audioOnlyInf(audio, video.length > 0, subtitles.length > 0), uri(audio.name)] : [])
	]);
}

function streamInf(rendition: MasterVideo, audio: MasterAudio | undefined, hasSubtitles: boolean): string {
	return (
		`#EXT-X-STREAM-INF:BANDWIDTH=${rendition.bandwidth + (audio?.bandwidth ?? 0)},` +
		`AVERAGE-BANDWIDTH=${rendition.averageBandwidth + (audio?.averageBandwidth ?? 0)},` +
		`RESOLUTION=${rendition.width}x${rendition.height},FRAME-RATE=${rendition.fps.toFixed(3)},` +
		`CODECS=${quoted(audio ? `${rendition.codecs},${audio.codecs}` : rendition.codecs)}` +
		(audio ? ',AUDIO="audio"' : '') +
		(hasSubtitles ? ',SUBTITLES="subtitles"' : '')
	);
}

/** RFC 8216 wants every variant of a master to name the same groups. */
function audioOnlyInf(audio: MasterAudio, isInGroup: boolean, hasSubtitles: boolean): string {
	return (
		`#EXT-X-STREAM-INF:BANDWIDTH=${audio.bandwidth},AVERAGE-BANDWIDTH=${audio.averageBandwidth},CODECS=${quoted(audio.codecs)}` +
		(isInGroup ? ',AUDIO="audio"' : '') +
		(hasSubtitles ? ',SUBTITLES="subtitles"' : '')
	);
}

/**
 * Peak and average bit rate. The peak is the largest over any run of neighbouring segments that lasts 0.5 to 1.5
 * target durations (RFC 8216 4.3.4.2): a last segment of a few frames does not count alone.
 */
export function measuredBandwidths({ segments }: MediaPlaylist): Bandwidths {
	const targetS = Math.max(1, ...segments.map(({ durationS }) => Math.round(durationS)));
	const average = bitsPerSecond(segments);
	let peak = 0;
	for (let first = 0; first < segments.length; first++) {
		for (let last = first; last < segments.length; last++) {
			const run = segments.slice(first, last + 1);
			const runS = run.reduce((sum, { durationS }) => sum + durationS, 0);
			if (runS > targetS * 1.5) break;
			if (runS >= targetS * 0.5) peak = Math.max(peak, bitsPerSecond(run));
		}
	}
	return { bandwidth: Math.ceil(Math.max(peak, average)), averageBandwidth: Math.ceil(average) };
}

function bitsPerSecond(segments: readonly Segment[]): number {
	const bytes = segments.reduce((sum, { length }) => sum + length, 0);
	return (bytes * 8) / Math.max(0.001, playlistDurationS({ segments }));
}

/** How long a rendition plays, seconds. */
export function playlistDurationS({ segments }: Pick<MediaPlaylist, 'segments'>): number {
	return segments.reduce((sum, { durationS }) => sum + durationS, 0);
}

/** A quoted-string has no escapes (RFC 8216 4.2); labels are typed by people. */
function quoted(text: string): string {
	return `"${text.replace(/[\u0000-\u001f\u007f]/g, ' ').replaceAll('"', '”')}"`;
}

function lines(all: readonly string[]): string {
	return `${all.join('\n')}\n`;
}
