import * as v from 'valibot';
import type { Answer } from '../answer.ts';
import { SaveRequest, type GivenAnswer, type NewerAnswer, type SaveReply } from '../save-answers.ts';

/**
 * Where the answers of this device are: all on the server, on their way, waiting for the network, refused since nobody is
 * signed in any more, or past the end of the attempt.
 */
export type SaveState = 'saved' | 'saving' | 'offline' | 'signed_out' | 'over';
export type SaveStatus = Readonly<{ state: SaveState; waiting: number; savedAt: Date | null }>;

/** An answer that the server has not confirmed. */
type Waiting = GivenAnswer & { givenAt: number };

/** A choice against a newer one on the server is given again when it is younger than this: its person is looking at it. */
const FRESH_MS = 10_000;
/** Pauses between tries while the server does not answer. */
const RETRY_MS = [1000, 2000, 4000, 8000];
const TIMEOUT_MS = 15_000;
const PREFIX = 'quiz-unsent:';

const Kept = v.array(v.object({ ...SaveRequest.entries.answers.pipe[0].item.entries, givenAt: v.number() }));

/**
 * Sends answers as they are given and keeps on the device what the server has not confirmed, so that a closed tab or a
 * lost network loses nothing.
 * @param sequences what the server holds, by position
 * @param storage of the browser; undefined or full, answers stay in memory as long as the page is open
 */
export function saveQueue({
	url,
	attemptId,
	sequences,
	storage,
	onstatus,
	onreply,
	onnewer,
	send = (body, isLast) => post(url, body, isLast)
}: {
	url: string;
	attemptId: string;
	sequences: ReadonlyMap<number, number>;
	storage: Storage | undefined;
	onstatus(status: SaveStatus): void;
	onreply(reply: SaveReply): void;
	/** The server keeps another answer, given on another device. */
	onnewer(answers: readonly NewerAnswer[]): void;
	send?: (body: { answers: GivenAnswer[] }, isLast: boolean) => Promise<SaveReply | number>;
}) {
	const known = new Map(sequences);
	const waiting = new Map<number, Waiting>();
	const key = `${PREFIX}${attemptId}:${crypto.randomUUID()}`;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let underWay: Promise<void> | undefined;
	let failures = 0;
	let state: SaveState = 'saved';
	let savedAt: Date | null = null;

	for (const answer of takeKept(storage, attemptId)) {
		if (answer.sequence > (known.get(answer.position) ?? 0)) waiting.set(answer.position, answer);
	}
	if (waiting.size > 0) keep();

	function tell(next: SaveState) {
		state = next;
		onstatus({ state, waiting: waiting.size, savedAt });
	}

	function give(position: number, answer: Answer, delayMs = 0) {
		if (state === 'over') return;
		const sequence = Math.max(known.get(position) ?? 0, waiting.get(position)?.sequence ?? 0) + 1;
		waiting.set(position, { position, answer: answer as GivenAnswer['answer'], sequence, givenAt: Date.now() });
		keep();
		tell(failures > 0 ? 'offline' : 'saving');
		later(delayMs);
	}

	function later(delayMs: number) {
		clearTimeout(timer);
		timer = setTimeout(() => void flush(), delayMs);
	}

	/** Sends all that waits. Resolves when it was tried; what is left is in `waiting`. */
	async function flush(isLast = false): Promise<number> {
		clearTimeout(timer);
		await underWay;
		if (waiting.size > 0 && state !== 'over') {
			underWay = sendAll(isLast).finally(() => (underWay = undefined));
			await underWay;
		}
		return waiting.size;
	}

	async function sendAll(isLast: boolean) {
		const sent = [...waiting.values()].slice(0, 100);
		const answers = sent.map(({ position, answer, sequence }) => ({ position, answer, sequence }));
		const reply = await send({ answers }, isLast).catch(() => 0);
		if (typeof reply === 'number') return fail(reply);
		failures = 0;
		savedAt = new Date();
		for (const { position, sequence } of reply.saved) settle(position, sequence);
		settleNewer(reply.newer);
		keep();
		onreply(reply);
		if (reply.state === 'over') return tell('over');
		tell(waiting.size > 0 ? 'saving' : 'saved');
		if (waiting.size > 0) later(0);
	}

	function fail(status: number) {
		if (status === 401 || status === 403) return tell('signed_out');
		failures++;
		tell('offline');
		later(RETRY_MS[Math.min(failures, RETRY_MS.length) - 1]!);
	}

	function settle(position: number, sequence: number) {
		known.set(position, Math.max(sequence, known.get(position) ?? 0));
		if (waiting.get(position)?.sequence === sequence) waiting.delete(position);
	}

	/** Another device was there first: what was given just now is given again on top, what waited for long gives way. */
	function settleNewer(newer: readonly NewerAnswer[]) {
		const adopted: NewerAnswer[] = [];
		for (const each of newer) {
			known.set(each.position, each.sequence);
			const mine = waiting.get(each.position);
			if (!mine) continue;
			if (mine.sequence > each.sequence) continue; // changed again while this was on its way
			if (Date.now() - mine.givenAt < FRESH_MS) mine.sequence = each.sequence + 1;
			else {
				waiting.delete(each.position);
				adopted.push(each);
			}
		}
		if (adopted.length > 0) onnewer(adopted);
	}

	function keep() {
		try {
			if (waiting.size === 0) storage?.removeItem(key);
			else storage?.setItem(key, JSON.stringify([...waiting.values()]));
		} catch {
			// full or forbidden: the answers stay in memory for as long as the page is open
		}
	}

	return {
		give,
		flush,
		/** What an earlier page of this device left behind, to be shown. */
		restored: [...waiting.values()] as readonly GivenAnswer[]
	};
}

async function post(url: string, body: object, isLast: boolean): Promise<SaveReply | number> {
	const answer = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
		keepalive: isLast,
		...(!isLast && { signal: AbortSignal.timeout(TIMEOUT_MS) })
	});
	return answer.ok ? ((await answer.json()) as SaveReply) : answer.status;
}

/** Unconfirmed answers of pages that are gone; taken over, so that one page sends them. */
function takeKept(storage: Storage | undefined, attemptId: string): Waiting[] {
	const found: Waiting[] = [];
	for (const key of Object.keys(storage ?? {}).filter((each) => each.startsWith(`${PREFIX}${attemptId}:`))) {
		found.push(...read(storage?.getItem(key)));
		storage?.removeItem(key);
	}
	return found.sort((a, b) => a.sequence - b.sequence);
}

function read(text: string | null | undefined): Waiting[] {
	try {
		const parsed = v.safeParse(Kept, JSON.parse(text ?? ''));
		return parsed.success ? parsed.output : [];
	} catch {
		return [];
	}
}
