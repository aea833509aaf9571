import { isStoredElement } from '../runtime/elements.ts';
import type { Standard } from '../manifest.ts';
import type { CommitAnswer, CommitRequest, EngineState } from '../runtime/protocol.ts';
import { forget, keep } from './left-commits.ts';

/** How saving stands, for the learner to see. */
export type SaveState = 'saved' | 'saving' | 'unsaved' | 'elsewhere' | 'over';

type Values = Record<string, string>;
type Staged = { item: string; commit: CommitRequest['commits'][number] };

/** What a browser lets a page send while it closes, less some room for headers. */
const BEACON_MAX_BYTES = 60_000;
const RETRY_MS = [1000, 2000, 5000, 10_000];
/** A line that has just failed is not asked to hold up the page again. */
const QUIET_AFTER_FAILURE_MS = 3000;

type Options = Readonly<{
	/** Address of the launch, ends with `/`. */
	base: string;
	standard: Standard;
	launchId: string;
	attemptId: string | null;
	/** Of the sequencing engine, where the package has one; goes with the last word of a closing page. */
	engine?: () => EngineState;
	/** False in review and browse: nothing is sent. */
	isKept: boolean;
	onState(state: SaveState): void;
	onSaved(answer: Extract<CommitAnswer, { ok: true }>): void;
}>;

/**
 * Sends what changed, numbered and in order, and keeps it (here and in the browser's storage) until the server says that its
 * database has it. Whatever was not answered is sent again.
 */
export function openTransport(options: Options) {
	let item = '';
	let known: Values = {};
	let sequence = 0;
	let queue: Staged[] = [];
	let sending: Promise<void> | undefined;
	let failures = 0;
	let failedAt = -Infinity;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let isOver = false;
	let leaving: 'stays' | 'frame' | 'page' = 'stays';

	/** Begins with an item; `values` are what the server knows of it. */
	function begin(next: string, values: Values): void {
		item = next;
		known = stored(values);
	}

	function stored(values: Values): Values {
		const own = Object.entries(values).filter(
			([element, value]) => typeof value === 'string' && isStoredElement(options.standard, element)
		);
		return Object.fromEntries(own);
	}

	/** Puts what differs from the last time into the queue. */
	function stage(values: Values, isTerminate: boolean): void {
		if (!options.isKept || isOver) return;
		const now = stored(values);
		const changed = Object.entries(now).filter(([element, value]) => value !== (known[element] ?? ''));
		if (changed.length === 0 && !isTerminate) return;
		known = now;
		queue.push({ item, commit: { sequence: ++sequence, values: Object.fromEntries(changed), isTerminate } });
		keep(options, queue);
		options.onState('saving');
	}

	/** Commits of one item that go together, oldest first. */
	function batch(): CommitRequest | undefined {
		const first = queue[0];
		if (!first) return undefined;
		const end = queue.findIndex((one) => one.item !== first.item);
		const commits = (end < 0 ? queue : queue.slice(0, end)).map(({ commit }) => commit);
		return { item: first.item, commits };
	}

	/** @returns true when the answer settles the batch */
	function take(answer: CommitAnswer): boolean {
		if (answer.ok) {
			failures = 0;
			queue = queue.filter(({ commit }) => commit.sequence > answer.saved);
			keep(options, queue);
			options.onSaved(answer);
			if (queue.length === 0) options.onState('saved');
			return true;
		}
		if (answer.code === 'crossed') return false;
		isOver = true;
		if (answer.code === 'elsewhere') forget(options.launchId); // what is newer there must not be overwritten later
		options.onState(answer.code === 'elsewhere' ? 'elsewhere' : 'over');
		return false;
	}

	function fail(): false {
		failedAt = performance.now();
		options.onState('unsaved');
		clearTimeout(timer);
		timer = setTimeout(() => void send(), RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)]);
		return false;
	}

	/** Holds the page until the database has all of it, as a Commit must be answered. */
	function sendNow(): boolean {
		if (isOver) return false;
		if (leaving === 'frame') return true; // browsers let nothing be waited for now; it is sent as soon as the frame is gone
		if (leaving === 'page') return leave();
		while (queue.length > 0) {
			if (performance.now() - failedAt < QUIET_AFTER_FAILURE_MS || !navigator.onLine) return fail();
			const request = new XMLHttpRequest();
			try {
				request.open('POST', `${options.base}commit`, false);
				request.send(JSON.stringify(batch()));
				if (request.status !== 200) return fail();
				if (!take(JSON.parse(request.responseText) as CommitAnswer) && isOver) return false;
			} catch {
				return fail();
			}
		}
		return true;
	}

	/** Sends all that waits; what comes while it is at it goes too. */
	function send(): Promise<void> {
		return (sending ??= sendAll().finally(() => (sending = undefined)));
	}

	async function sendAll(): Promise<void> {
		try {
			for (let next = batch(); next && !isOver; next = batch()) {
				const response = await fetch(`${options.base}commit`, { method: 'POST', body: JSON.stringify(next) });
				if (!response.ok) throw new Error(String(response.status));
				take((await response.json()) as CommitAnswer);
			}
		} catch {
			fail();
		}
	}

	/** The page is being closed: a beacon for what fits one. All stays in storage until some answer comes. */
	function leave(): boolean {
		const last = batch();
		if (!last || isOver) return !isOver;
		const bodies = [JSON.stringify({ ...last, engine: options.engine?.() }), JSON.stringify(last)];
		const body = bodies.find((text) => new Blob([text]).size <= BEACON_MAX_BYTES);
		return body !== undefined && navigator.sendBeacon(`${options.base}commit`, body);
	}

	addEventListener('online', () => {
		failedAt = -Infinity;
		void send();
	});
	return {
		begin,
		stage,
		sendNow,
		send,
		leave,
		/** Content is being left, alone or with the whole page. */
		setLeaving: (what: typeof leaving) => void (leaving = what),
		isUpToDate: () => queue.length === 0
	};
}

export type Transport = ReturnType<typeof openTransport>;
