import type { Context } from '../platform/context.ts';
import { log } from '../platform/log.ts';
import { reportProgress, type Claim } from './transcode-state.ts';

const EVERY_MS = 1000;

/** The run no longer owns its revision: the trainer cancelled, or another worker took over. */
class RevisionLost extends Error {}

/**
 * Writes how far a run has come, once a second, also while nothing moves, so that pages can tell a slow run from a dead
 * one. The same statement tells whether the revision is still this run's; if not, `signal` aborts.
 * A database that is away for a while does not stop the run: ffmpeg needs none.
 */
export function openProgress(ctx: Context, claim: Claim, stop: AbortSignal) {
	const lost = new AbortController();
	let state: 'probing' | 'transcoding' = 'probing';
	let percent = 0;
	let writing: Promise<void> | undefined;

	async function write(): Promise<void> {
		try {
			if (!(await reportProgress(ctx, claim, { state, percent }))) lost.abort(new RevisionLost('revision lost'));
		} catch (error) {
			log.warn({ err: error }, 'could not report progress');
		}
	}

	const timer = setInterval(() => {
		writing ??= write().finally(() => (writing = undefined));
	}, EVERY_MS);

	return {
		signal: AbortSignal.any([stop, lost.signal]),
		get isLost() {
			return lost.signal.aborted;
		},
		throwIfLost: () => lost.signal.throwIfAborted(),
		report(nextState: 'probing' | 'transcoding', nextPercent: number) {
			state = nextState;
			percent = Math.max(percent, nextPercent);
		},
		async close() {
			clearInterval(timer);
			await writing;
		}
	};
}
