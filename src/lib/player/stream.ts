import type Hls from 'hls.js';
import type { FragmentLoaderContext, HlsConfig, LoaderCallbacks, LoaderConfiguration } from 'hls.js';
import { freshAddresses } from './fresh-address.ts';
import { heightsOf, rungFor, type Quality } from './quality.ts';

/** What keeps a lecture from playing: the line, or the device's decoder. */
export type StreamProblem = 'network' | 'media';

export type StreamOptions = Readonly<{
	/** Master playlist. */
	src: string;
	/** Playlist of the sound alone. */
	audioSrc?: string | undefined;
	quality: Quality;
	/** Heights that can be chosen, once they are known. */
	onheights: (heights: number[]) => void;
	onproblem: (problem: StreamProblem) => void;
}>;

/** A lecture on a video element. Nothing but the master playlist is fetched before `start`. */
export type Stream = Readonly<{
	start(atS: number): void;
	/** Takes effect at the next segment, sound alone at once. */
	choose(quality: Quality): void;
	/** Goes on after a problem, at the position where it stopped. */
	retry(): void;
	/** Reads the master playlist anew and goes on where it plays. */
	reopen(): void;
	destroy(): void;
}>;

type HlsClass = typeof Hls;

/**
 * Attaches a lecture to a video element.
 * @returns undefined where the browser plays HLS neither by script nor on its own; the page then keeps its plain file
 */
export async function openStream(video: HTMLVideoElement, options: StreamOptions): Promise<Stream | undefined> {
	const { default: Hls } = await import('hls.js');
	if (Hls.isSupported()) return scripted(Hls, video, options);
	if (video.canPlayType('application/vnd.apple.mpegurl')) return native(video, options);
	return undefined;
}

function scripted(Hls: HlsClass, video: HTMLVideoElement, options: StreamOptions): Stream {
	const { src, audioSrc, onheights, onproblem } = options;
	let { quality } = options;
	/** Where to load from once the playlist is known; undefined until somebody plays. */
	let fromS: number | undefined;
	let problemAtMs = -Infinity;
	const addresses = freshAddresses(readText, () => performance.now());
	const hls = new Hls({ ...CONFIG, ...firstRung(), fLoader: loaderWith(Hls, addresses) as HlsConfig['fLoader'] });

	const sourceOf = (each: Quality) => (each === 'audio' && audioSrc ? audioSrc : src);
	const apply = () => (hls.nextLevel = rungFor(quality, hls.levels));

	hls.on(Hls.Events.MANIFEST_PARSED, () => {
		if (quality !== 'audio') onheights(heightsOf(hls.levels));
		apply();
		if (fromS !== undefined) hls.startLoad(fromS);
	});
	const note = (playlistUrl: string, address: string | undefined) => address && addresses.seen(playlistUrl, address);
	hls.on(Hls.Events.LEVEL_LOADED, (_, { details }) => note(details.url, details.fragments[0]?.url));
	hls.on(Hls.Events.AUDIO_TRACK_LOADED, (_, { details }) => note(details.url, details.fragments[0]?.url));
	hls.on(Hls.Events.ERROR, (_, { fatal, type, response }) => {
		if ([401, 403, 410].includes(response?.code ?? 0)) addresses.expire();
		if (!fatal) return;
		const isFirst = performance.now() - problemAtMs > PATIENCE_MS;
		problemAtMs = performance.now();
		const isMedia = type === Hls.ErrorTypes.MEDIA_ERROR;
		if (!isFirst) onproblem(isMedia ? 'media' : 'network');
		else if (isMedia) hls.recoverMediaError();
		else hls.startLoad();
	});

	hls.loadSource(sourceOf(quality));
	hls.attachMedia(video);

	function reopen() {
		const { currentTime, paused } = video;
		if (fromS !== undefined) fromS = currentTime;
		hls.loadSource(sourceOf(quality));
		if (!paused) void video.play().catch(() => undefined); // a new source pauses; going on is what was asked
	}

	return {
		start(atS) {
			if (fromS !== undefined) return;
			fromS = atS;
			if (hls.levels.length > 0) hls.startLoad(atS);
		},
		choose(next) {
			const isOtherSource = sourceOf(next) !== sourceOf(quality);
			quality = next;
			if (isOtherSource) reopen();
			else apply();
		},
		reopen,
		retry() {
			problemAtMs = -Infinity;
			addresses.expire();
			if (fromS !== undefined) fromS = video.currentTime || fromS;
			hls.loadSource(sourceOf(quality));
		},
		destroy: () => hls.destroy()
	};
}

/** Safari and some televisions: no choice of rungs, and a reload is the only way to fresh addresses. */
function native(video: HTMLVideoElement, { src, audioSrc, quality, onproblem }: StreamOptions): Stream {
	const sourceOf = (each: Quality) => (each === 'audio' && audioSrc ? audioSrc : src);
	const onerror = () => onproblem('network');
	const load = (url: string, atS: number) => {
		video.src = url;
		video.addEventListener('loadedmetadata', () => (video.currentTime = atS), { once: true });
	};
	video.addEventListener('error', onerror);
	video.src = sourceOf(quality);
	return {
		start: (atS) => load(video.src, atS),
		choose: (next) => load(sourceOf(next), video.currentTime),
		retry: () => load(video.src, video.currentTime),
		reopen: () => load(video.src, video.currentTime),
		destroy: () => video.removeEventListener('error', onerror)
	};
}

/** A second fatal error within this time is shown; a first one is met by going on. */
const PATIENCE_MS = 20_000;

const CONFIG: Partial<HlsConfig> = {
	autoStartLoad: false, // nobody pays for a lecture they have not begun
	capLevelToPlayerSize: true,
	maxBufferLength: 30,
	maxMaxBufferLength: 60,
	backBufferLength: 60
};

/** On a line that is slow, or not known to be fast, begin at the lowest rung: sound first. */
function firstRung(): Partial<HlsConfig> {
	const connection = (navigator as { connection?: { downlink?: number } }).connection;
	const bitsPerSecond = (connection?.downlink ?? 0) * 1_000_000;
	if (bitsPerSecond < 1_500_000) return { startLevel: 0, abrEwmaDefaultEstimate: 300_000 };
	return { startLevel: -1, abrEwmaDefaultEstimate: bitsPerSecond * 0.6, testBandwidth: false };
}

/** Loads segments from the address their playlist has by now, not from the one it had when it was read. */
function loaderWith(Hls: HlsClass, addresses: ReturnType<typeof freshAddresses>) {
	return class FreshLoader extends Hls.DefaultConfig.loader {
		#isGone = false;

		override load(
			context: FragmentLoaderContext,
			config: LoaderConfiguration,
			callbacks: LoaderCallbacks<FragmentLoaderContext>
		): void {
			const loadFrom = (url: string) => {
				if (this.#isGone) return;
				context.url = url;
				super.load(context, config, callbacks as never);
			};
			const address = addresses.freshen(context.frag.baseurl, context.url);
			if (typeof address === 'string') loadFrom(address);
			else void address.then(loadFrom);
		}

		override abort(): void {
			this.#isGone = true;
			super.abort();
		}

		override destroy(): void {
			this.#isGone = true;
			super.destroy();
		}
	};
}

async function readText(url: string): Promise<string> {
	const response = await fetch(url);
	if (!response.ok) throw new Error(`Playlist answered ${response.status}`);
	return response.text();
}
