import { trackPlayed, type Observation } from './played-ranges.ts';
import { sendHeartbeats, type SaveStatus } from './heartbeat.ts';
import { unsentBeats } from './unsent.ts';

/** How often what was played is sent while it plays. */
const BEAT_MS = 10_000;

/** What the media element's events mean for the record. */
const KINDS: Readonly<Record<string, Observation['kind']>> = {
	timeupdate: 'moving',
	playing: 'moving',
	ratechange: 'moving',
	pause: 'stopped',
	waiting: 'stopped',
	ended: 'stopped',
	seeking: 'jumped',
	emptied: 'jumped'
};

/**
 * Records what a video element plays and sends it to the lesson's page: every ten seconds, when it pauses, and when the
 * page is hidden or left.
 * @param lessonUrl address of the lesson's page
 */
export function recordPlaying(video: HTMLVideoElement, lessonUrl: string, onstatus: (status: SaveStatus) => void) {
	const played = trackPlayed();
	const sender = sendHeartbeats({ lessonUrl, onstatus, post, unsent: unsentBeats(deviceStorage()) });
	const gone = new AbortController();
	const { signal } = gone;
	let positionS = video.currentTime;
	const send = () => sender.send(played.take(), positionS);

	for (const [event, kind] of Object.entries(KINDS)) {
		video.addEventListener(
			event,
			() => {
				const isStill = kind === 'moving' && video.paused;
				const { currentTime, playbackRate: rate } = video;
				// While a new source is put in, the position is 0 for a moment: that is nobody's place in the lecture.
				if (video.readyState > 0) positionS = currentTime;
				played.observe({ kind: isStill ? 'stopped' : kind, positionS: currentTime, rate, atMs: performance.now() });
			},
			{ signal }
		);
	}
	video.addEventListener('pause', () => void send(), { signal });
	// The first play opens the playback on the server, so that its clock runs with ours.
	video.addEventListener('playing', () => void send(), { signal, once: true });
	window.addEventListener('pagehide', () => void send(), { signal });
	window.addEventListener('online', () => void send(), { signal });
	document.addEventListener('visibilitychange', () => document.hidden && void send(), { signal });
	const timer = setInterval(() => {
		if (!video.paused || navigator.onLine) void send();
		void sender.sendAbandoned();
	}, BEAT_MS);
	void sender.sendAbandoned();

	return {
		/** Takes the lesson over again on this device. */
		continueHere(): void {
			sender.resume();
			void send();
		},
		stop(): void {
			clearInterval(timer);
			gone.abort();
			void send();
		}
	};
}

function post(url: string, body: unknown): Promise<Response> {
	return fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', accept: 'application/json' },
		body: JSON.stringify(body),
		keepalive: true // outlives the page, so a beat sent while it closes arrives
	});
}

function deviceStorage(): Storage | undefined {
	try {
		return localStorage;
	} catch {
		return undefined; // cookies and storage are blocked
	}
}
