import type { CommitAnswer, CommitRequest } from '../runtime/protocol.ts';

// Commits that no answer has come for, in the browser's storage: what a killed browser or a cut line leaves for the next
// launch. Without storage (some browsers keep it from frames) the last seconds are lost with the tab.

const KEY = 'commits:';
/** Older ones are of no use: the attempt has gone on elsewhere or is over. */
const LIFE_MS = 14 * 24 * 60 * 60 * 1000;

type Owner = Readonly<{ launchId: string; attemptId: string | null }>;
type Staged = Readonly<{ item: string; commit: CommitRequest['commits'][number] }>;
type Left = { attemptId: string | null; at: number; queue: Staged[] };

/** Keeps a launch's queue; an empty one is forgotten. */
export function keep({ launchId, attemptId }: Owner, queue: readonly Staged[]): void {
	if (queue.length === 0) return forget(launchId);
	quietly(() => localStorage.setItem(KEY + launchId, JSON.stringify({ attemptId, at: Date.now(), queue })));
}

export function forget(launchId: string): void {
	quietly(() => localStorage.removeItem(KEY + launchId));
}

/**
 * Sends what earlier launches of this attempt left behind; called before anything is opened.
 * @returns false when something could not be saved any more, because newer work was
 */
export async function sendLeft(base: string, attemptId: string): Promise<boolean> {
	let isAllSaved = true;
	for (const [launchId, left] of list()) {
		if (Date.now() - left.at > LIFE_MS) forget(launchId);
		if (left.attemptId !== attemptId) continue;
		const items = [...new Set(left.queue.map(({ item }) => item))];
		for (const item of items) {
			const commits = left.queue.filter((one) => one.item === item).map(({ commit }) => commit);
			const response = await fetch(`${base}left`, {
				method: 'POST',
				body: JSON.stringify({ launchId, item, commits })
			});
			const answer = (await response.json()) as CommitAnswer;
			if (!answer.ok) isAllSaved = false;
		}
		forget(launchId);
	}
	return isAllSaved;
}

function list(): [string, Left][] {
	const found: [string, Left][] = [];
	quietly(() => {
		for (let i = 0; i < localStorage.length; i++) {
			const key = localStorage.key(i) ?? '';
			if (key.startsWith(KEY))
				found.push([key.slice(KEY.length), JSON.parse(localStorage.getItem(key) ?? '{}') as Left]);
		}
	});
	return found;
}

function quietly(work: () => void): void {
	try {
		work();
	} catch {
		// no storage, or no room in it
	}
}
