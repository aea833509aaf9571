import { expect, test } from 'vitest';
import type { Heartbeat } from '#lib/learning/heartbeat.ts';
import { sendHeartbeats, type SaveStatus } from './heartbeat.ts';
import { unsentBeats } from './unsent.ts';

type Answer = (url: string, body: Heartbeat) => Response;

/** A browser's storage in memory: keys are own properties, as in localStorage. */
function storage(): Storage {
	const items: Record<string, string> = {};
	Object.defineProperties(items, {
		getItem: { value: (key: string) => items[key] ?? null },
		setItem: { value: (key: string, value: string) => void (items[key] = value) },
		removeItem: { value: (key: string) => void delete items[key] }
	});
	return items as unknown as Storage;
}

const PLAYBACK = '2b1b3a52-0f54-4a44-9a6e-1c2f3d4e5f60';
const saved = (body: Heartbeat, sequence = body.sequence) =>
	Response.json({ sequence, coveragePercent: 12, isComplete: false, savedAt: '2026-03-05T07:05:00Z' });

/** A sender whose server is `answer`; `offline` makes the next posts fail. */
function aSender(answer: Answer = (_, body) => saved(body), kept = storage(), now = () => 0) {
	const beats: Heartbeat[] = [];
	const statuses: SaveStatus[] = [];
	const network = { offline: false };
	const sender = sendHeartbeats({
		lessonUrl: '/learn/p/lessons/l',
		unsent: unsentBeats(kept, now),
		onstatus: (status) => statuses.push(status),
		post: async (url, body) => {
			if (network.offline) throw new TypeError('Failed to fetch');
			if (url.endsWith('/playback')) return Response.json({ playbackId: PLAYBACK, resumeAtS: 0 });
			beats.push(body as Heartbeat);
			return answer(url, body as Heartbeat);
		}
	});
	return { sender, beats, statuses, network, kept };
}

test('a beat carries what was played and says when it was saved', async () => {
	const { sender, beats, statuses } = aSender();
	await sender.send([[0, 9.8]], 9.8);
	expect(beats).toEqual([{ playbackId: PLAYBACK, sequence: 1, positionS: 9.8, ranges: [[0, 9.8]] }]);
	expect(statuses).toEqual([
		{ kind: 'saved', at: new Date('2026-03-05T07:05:00Z'), coveragePercent: 12, isComplete: false }
	]);
});

test('nothing played sends nothing', async () => {
	const { sender, beats } = aSender();
	await sender.send([[0, 5]], 5);
	await sender.send([], 5);
	expect(beats).toHaveLength(1);
});

test('after a lost network one beat brings everything under a new number', async () => {
	const { sender, beats, statuses, network } = aSender();
	await sender.send([[0, 10]], 10);
	network.offline = true;
	await sender.send([[10, 20]], 20);
	await sender.send([[20, 30]], 30);
	network.offline = false;
	await sender.send([[30, 40]], 40);
	expect(statuses.map((status) => status.kind)).toEqual(['saved', 'offline', 'offline', 'saved']);
	expect(beats.at(-1)).toMatchObject({ sequence: 4, ranges: [[10, 40]] });
});

test('a busy server keeps the ranges for the next beat', async () => {
	let isBusy = true;
	const { sender, beats, statuses } = aSender((_, body) => (isBusy ? new Response('', { status: 503 }) : saved(body)));
	await sender.send([[0, 10]], 10);
	isBusy = false;
	await sender.send([], 10);
	expect(statuses.map((status) => status.kind)).toEqual(['pending', 'saved']);
	expect(beats.at(-1)?.ranges).toEqual([[0, 10]]);
});

test('a newer device stops this one until it is asked to go on here', async () => {
	let isTaken = true;
	const { sender, beats, statuses } = aSender((_, body) =>
		isTaken ? Response.json({ code: 'learning.playback_taken_over' }, { status: 409 }) : saved(body)
	);
	await sender.send([[0, 10]], 10);
	await sender.send([[10, 20]], 20);
	expect(statuses).toEqual([{ kind: 'taken_over' }]);
	expect(beats).toHaveLength(1);
	isTaken = false;
	sender.resume();
	await sender.send([[20, 30]], 30);
	expect(beats.at(-1)).toMatchObject({ sequence: 1, ranges: [[20, 30]] });
});

test('a number that another page used is skipped, and the ranges are sent again', async () => {
	const { sender, beats } = aSender((_, body) => saved(body, Math.max(body.sequence, 5)));
	await sender.send([[0, 10]], 10);
	await sender.send([], 10);
	expect(beats.map((beat) => [beat.sequence, beat.ranges])).toEqual([
		[1, [[0, 10]]],
		[6, [[0, 10]]]
	]);
});

test('a page that was closed without a network is credited by the next one', async () => {
	const kept = storage();
	const closed = aSender(undefined, kept);
	await closed.sender.send([[0, 10]], 10);
	closed.network.offline = true;
	await closed.sender.send([[10, 60]], 60);
	const next = aSender(undefined, kept, () => 60_000);
	await next.sender.sendAbandoned();
	expect(next.beats).toMatchObject([{ sequence: 3, ranges: [[10, 60]] }]);
	expect(Object.keys(kept)).toEqual([]);
});

test('a page that is open elsewhere is left alone', async () => {
	const kept = storage();
	const open = aSender(undefined, kept);
	await open.sender.send([[0, 10]], 10);
	open.network.offline = true;
	await open.sender.send([[10, 20]], 20);
	const other = aSender(undefined, kept, () => 20_000);
	await other.sender.sendAbandoned();
	expect(other.beats).toEqual([]);
});

test('a storage that holds nonsense is cleaned, not thrown over', async () => {
	const kept = storage();
	kept.setItem('unsent-beat:x', '{"url":1}');
	kept.setItem('theme', 'dark');
	const { sender, beats } = aSender(undefined, kept);
	await sender.sendAbandoned();
	expect(beats).toEqual([]);
	expect(Object.keys(kept)).toEqual(['theme']);
});
