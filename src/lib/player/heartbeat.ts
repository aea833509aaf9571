import { normalise, without, type SecondRange } from '#lib/learning/coverage.ts';
import { MAX_RANGES, type Heartbeat, type HeartbeatAnswer, type PlaybackAnswer } from '#lib/learning/heartbeat.ts';
import type { unsentBeats } from './unsent.ts';

/** How the learner's time stands with the server. */
export type SaveStatus =
	| Readonly<{ kind: 'saved'; at: Date; coveragePercent: number; isComplete: boolean }>
	| Readonly<{ kind: 'pending' | 'offline' | 'taken_over' | 'signed_out' }>
	/** A rule said no (the class has ended …); nothing more is sent. `code` has its sentence in lib/i18n/errors.ts. */
	| Readonly<{ kind: 'refused'; code: string }>;

/** What the sender needs of the browser; a test hands in its own. */
export type HeartbeatOptions = Readonly<{
	/** Address of the lesson's page; its `/playback` and `/heartbeat` are posted to. */
	lessonUrl: string;
	unsent: ReturnType<typeof unsentBeats>;
	post: (url: string, body: unknown) => Promise<Response>;
	onstatus: (status: SaveStatus) => void;
}>;

/**
 * Sends what was played. Ranges stay in the queue until the server has answered, and every beat carries all of them under
 * a new number: a beat whose answer was lost costs nothing (the server credits a second once), and after hours without a
 * network one beat brings everything, so that the time that passed pays for it.
 */
export function sendHeartbeats({ lessonUrl, unsent, post, onstatus }: HeartbeatOptions) {
	const url = `${lessonUrl}/heartbeat`;
	let playback: { id: string; sequence: number } | undefined;
	let queue: readonly SecondRange[] = [];
	let positionS = 0;
	let isSending = false;
	let isOver = false;

	/** Opens the playback on the server; the first beat does so too when this has failed. */
	async function start(): Promise<void> {
		if (playback || isOver) return;
		const response = await post(`${lessonUrl}/playback`, {});
		if (!response.ok) return refuse(response);
		const answer = (await response.json()) as PlaybackAnswer;
		playback = { id: answer.playbackId, sequence: 0 };
	}

	async function beat(): Promise<void> {
		if (!playback || queue.length === 0) return;
		playback.sequence += 1;
		keepQueue();
		const body = nextBeat(playback);
		const response = await post(url, body);
		if (!response.ok) return refuse(response);
		const answer = (await response.json()) as HeartbeatAnswer;
		// A page that took this one for gone has sent under this number already: go on from the server's.
		if (answer.sequence === body.sequence) queue = without(queue, body.ranges);
		else playback.sequence = answer.sequence;
		keepQueue();
		onstatus({
			kind: 'saved',
			at: new Date(answer.savedAt),
			coveragePercent: answer.coveragePercent,
			isComplete: answer.isComplete
		});
	}

	function nextBeat({ id, sequence }: { id: string; sequence: number }): Heartbeat {
		const ranges = queue.slice(0, MAX_RANGES).map(([start, end]): [number, number] => [start, end]);
		return { playbackId: id, sequence, positionS, ranges };
	}

	function keepQueue(): void {
		if (!playback) return;
		if (queue.length === 0) unsent.forget(playback.id);
		else unsent.keep({ url, beat: nextBeat({ ...playback, sequence: Math.max(1, playback.sequence) }) });
	}

	async function refuse(response: Response): Promise<void> {
		if (response.status === 401) return onstatus({ kind: 'signed_out' });
		if (response.status === 429 || response.status >= 500) return onstatus({ kind: 'pending' });
		const { code = 'page.internal' } = (await response.json().catch(() => ({}))) as { code?: string };
		// Told "taken over", the device has been credited; a playback the server does not know will never be.
		if (playback) unsent.forget(playback.id);
		playback = undefined;
		queue = [];
		isOver = true;
		onstatus(code === 'learning.playback_taken_over' ? { kind: 'taken_over' } : { kind: 'refused', code });
	}

	return {
		/**
		 * Sends these ranges and all that wait. Safe to call at any moment, also when the page goes away.
		 * @returns once the server has answered or could not be reached; never throws
		 */
		async send(ranges: readonly SecondRange[], atS: number): Promise<void> {
			if (isOver) return;
			queue = normalise([...queue, ...ranges]);
			positionS = atS;
			keepQueue();
			if (isSending) return;
			isSending = true;
			try {
				await start();
				await beat();
			} catch {
				onstatus({ kind: 'offline' });
			} finally {
				isSending = false;
			}
		},
		/** Takes the lesson over again on this device, after another one had it. */
		resume(): void {
			isOver = false;
		},
		/** Sends what earlier pages left behind; the playback they belonged to may have ended, the seconds still count. */
		async sendAbandoned(): Promise<void> {
			for (const { url, beat } of unsent.abandoned()) {
				const again = { ...beat, sequence: beat.sequence + 1 };
				const response = await post(url, again).catch(() => undefined);
				const isSettled = response && (response.ok || [400, 404, 409].includes(response.status));
				if (isSettled) unsent.forget(beat.playbackId);
			}
		}
	};
}
