import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { GivenAnswer, NewerAnswer, SaveReply } from '../save-answers.ts';
import { saveQueue, type SaveStatus } from './save-queue.ts';

/** A browser's storage. */
function memory(): Storage {
	const map = new Map<string, string>();
	const methods = {
		getItem: (key: string) => map.get(key) ?? null,
		setItem: (key: string, value: string) => void (map.set(key, value), (target[key] = value)),
		removeItem: (key: string) => void (map.delete(key), delete target[key])
	};
	const target: Record<string, unknown> = {};
	return Object.assign(
		target,
		Object.fromEntries(Object.entries(methods).map(([name, value]) => [name, value]))
	) as never;
}

/** A server that keeps answers as ours does, and can be cut off. */
function aServer() {
	const kept = new Map<number, GivenAnswer>();
	const server = {
		kept,
		isReachable: true,
		requests: 0,
		async send({ answers }: { answers: GivenAnswer[] }): Promise<SaveReply | number> {
			server.requests++;
			if (!server.isReachable) throw new TypeError('no network');
			const saved: SaveReply['saved'][number][] = [];
			const newer: NewerAnswer[] = [];
			for (const given of answers) {
				const held = kept.get(given.position);
				if (!held || given.sequence > held.sequence) kept.set(given.position, given);
				const now = kept.get(given.position)!;
				if (now.answer === given.answer) saved.push({ position: given.position, sequence: given.sequence });
				else newer.push({ position: now.position, sequence: now.sequence, answer: now.answer });
			}
			return { state: 'open', savedAt: '', remainingS: null, saved, newer };
		}
	};
	return server;
}

function aPage(server: ReturnType<typeof aServer>, storage = memory(), sequences = new Map<number, number>()) {
	const seen = { status: undefined as SaveStatus | undefined, newer: [] as NewerAnswer[] };
	const queue = saveQueue({
		...{ url: '', attemptId: 'a', sequences, storage, send: server.send },
		onstatus: (status) => (seen.status = status),
		onreply: () => {},
		onnewer: (answers) => seen.newer.push(...answers)
	});
	return { ...queue, seen };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('an answer is sent at once, typing when it pauses, each only once', async () => {
	const server = aServer();
	const page = aPage(server);
	page.give(1, 'a');
	await vi.advanceTimersByTimeAsync(0);
	expect([server.kept.get(1)?.answer, page.seen.status?.state]).toEqual(['a', 'saved']);
	for (const text of ['m', 'mộ', 'một']) {
		page.give(2, text, 600);
		await vi.advanceTimersByTimeAsync(100);
	}
	expect(server.requests).toBe(1);
	await vi.advanceTimersByTimeAsync(600);
	expect([server.requests, server.kept.get(2)?.answer]).toEqual([2, 'một']);
});

test('without a network answers wait, are said to wait, and go when it is back', async () => {
	const server = aServer();
	const page = aPage(server);
	server.isReachable = false;
	page.give(1, 'a');
	page.give(2, 'b');
	await vi.advanceTimersByTimeAsync(5000);
	expect(page.seen.status).toMatchObject({ state: 'offline', waiting: 2 });
	server.isReachable = true;
	await vi.advanceTimersByTimeAsync(8000);
	expect([...server.kept.keys()]).toEqual([1, 2]);
	expect(page.seen.status).toMatchObject({ state: 'saved', waiting: 0 });
});

test('what a closed page left behind is shown and sent by the next one', async () => {
	const server = aServer();
	const storage = memory();
	server.isReachable = false;
	const first = aPage(server, storage);
	first.give(1, 'a');
	await vi.advanceTimersByTimeAsync(100);
	server.isReachable = true;
	const second = aPage(server, storage);
	expect(second.restored).toMatchObject([{ position: 1, answer: 'a' }]);
	expect(await second.flush()).toBe(0);
	expect(server.kept.get(1)?.answer).toBe('a');
	expect(aPage(server, storage, new Map([[1, 1]])).restored).toEqual([]);
});

test('a fresh choice wins over another tab’s, one that waited long gives way', async () => {
	const server = aServer();
	const [here, there] = [aPage(server), aPage(server)];
	there.give(1, 'b');
	await vi.advanceTimersByTimeAsync(0);
	here.give(1, 'a');
	await vi.advanceTimersByTimeAsync(10);
	expect(server.kept.get(1)).toMatchObject({ answer: 'a', sequence: 2 });
	server.isReachable = false;
	here.give(1, 'c');
	await vi.advanceTimersByTimeAsync(60_000);
	server.isReachable = true;
	server.kept.set(1, { position: 1, answer: 'd', sequence: 7 });
	await vi.advanceTimersByTimeAsync(60_000);
	expect([server.kept.get(1)?.answer, here.seen.newer]).toEqual(['d', [{ position: 1, sequence: 7, answer: 'd' }]]);
});
