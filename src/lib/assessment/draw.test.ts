import { describe, expect, test } from 'vitest';
import { layOut, pickQuestions, type Drawable } from './draw.ts';
import type { PaperContent } from './paper.ts';
import type { QuestionBody } from './question.ts';

const pool: Drawable[] = Array.from({ length: 10 }, (_, i) => ({
	questionId: `q${i}`,
	versionId: `v${i}`,
	topicId: i < 6 ? 'law' : 'safety',
	difficulty: i % 2 === 0 ? 'easy' : 'hard'
}));
/** A repeatable source of chance. */
function chance(seed: number): () => number {
	let state = seed;
	return () => ((state = (state * 1_103_515_245 + 12_345) % 2 ** 31), state / 2 ** 31);
}
const part = (topicId: string, count: number, difficulty: 'easy' | 'hard' | null = null) =>
	({ kind: 'random', topicId, difficulty, count, marks: 1 }) as const;
const pick = (content: PaperContent, seen: readonly string[] = []) =>
	pickQuestions(content, pool, new Set(seen), chance(7));

describe('drawing', () => {
	test('takes from topic and difficulty, never one twice, never a fixed one', () => {
		const { picked, shortages } = pick([
			{ kind: 'fixed', questionId: 'q0', marks: 2 },
			part('law', 2, 'easy'),
			part('law', 3)
		]);
		expect(shortages).toEqual([]);
		expect(picked.map(({ questionId }) => questionId).toSorted()).toEqual(['q0', 'q1', 'q2', 'q3', 'q4', 'q5']);
		expect(picked[0]).toMatchObject({ questionId: 'q0', marks: 2 });
		expect(
			picked
				.slice(1, 3)
				.map(({ questionId }) => questionId)
				.toSorted()
		).toEqual(['q2', 'q4']);
	});

	test('prefers what the person has not seen', () => {
		const { picked } = pick([part('law', 2)], ['q0', 'q1', 'q2', 'q3']);
		expect(picked.map(({ questionId }) => questionId).toSorted()).toEqual(['q4', 'q5']);
		expect(pick([part('law', 4)], ['q0', 'q1', 'q2']).picked).toHaveLength(4);
	});

	test('tells what is missing', () => {
		expect(pick([part('safety', 5)]).shortages).toMatchObject([{ available: 4 }]);
	});
});

const single: QuestionBody = {
	type: 'single',
	keepsOrder: false,
	options: ['a1a', 'b2b', 'c3c', 'd4d'].map((id) => ({ id, html: id, credit: 0, feedback: '' }))
};
const scenario: QuestionBody = {
	type: 'scenario',
	parts: [
		{ id: 'p1p', stem: '', body: single, explanation: '', weight: 1 },
		{
			id: 'p2p',
			stem: '',
			body: { type: 'true_false', isTrue: true, feedbackTrue: '', feedbackFalse: '' },
			explanation: '',
			weight: 3
		}
	]
};

describe('laying out', () => {
	const bodies = new Map<string, QuestionBody>(
		pool.map(({ versionId }) => [versionId, versionId === 'v9' ? scenario : single])
	);
	const picked = pool.map(({ questionId, versionId }, i) => ({
		questionId,
		versionId,
		marks: 4,
		section: i < 5 ? 0 : 1
	}));

	test('keeps sections apart and scenarios together, and shares their marks by weight', () => {
		const items = layOut(picked, bodies, { shufflesQuestions: true, shufflesOptions: true }, chance(3));
		expect(items.map(({ position }) => position)).toEqual(items.map((_, i) => i + 1));
		expect(items.map(({ section }) => section)).toEqual(items.map((_, i) => (i < 5 ? 0 : 1)));
		const parts = items.filter(({ versionId }) => versionId === 'v9');
		expect(parts.map(({ partId, marks }) => [partId, marks])).toEqual([
			['p1p', 1],
			['p2p', 3]
		]);
		expect(parts[1]!.position).toBe(parts[0]!.position + 1);
		expect(items.map(({ versionId }) => versionId)).not.toEqual(picked.map(({ versionId }) => versionId));
	});

	test('leaves order alone where the paper says so', () => {
		const items = layOut(picked, bodies, { shufflesQuestions: false, shufflesOptions: false }, chance(3));
		expect(items[0]).toMatchObject({ versionId: 'v0', optionOrder: ['a1a', 'b2b', 'c3c', 'd4d'] });
	});
});
