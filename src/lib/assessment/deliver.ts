import type { AtomicBody, Gap, UploadKind } from './question.ts';

type Part = Readonly<{ id: string; html: string }>;
type Named = Readonly<{ id: string; text: string }>;
/** What a rubric tells those who are marked by it. */
type ShownCriterion = Readonly<{ title: string; description: string; maxPoints: number }>;
type ShownGap = Readonly<{ id: string; kind: Gap['kind']; options: readonly Named[] }>;

/**
 * A question as a learner gets it: what is needed to answer and nothing else. Built field by field, so that a new field of
 * the key stays behind unless somebody lets it out here.
 */
export type Delivered =
	| Readonly<{ type: 'single' | 'multiple'; options: readonly Part[] }>
	| Readonly<{ type: 'true_false' }>
	| Readonly<{ type: 'matching'; pairs: readonly Part[]; matches: readonly Named[] }>
	| Readonly<{ type: 'ordering'; items: readonly Part[] }>
	| Readonly<{ type: 'short' }>
	| Readonly<{ type: 'numeric'; unit: string }>
	| Readonly<{ type: 'cloze'; text: string; gaps: readonly ShownGap[] }>
	| Readonly<{ type: 'essay'; minWords: number | null; maxWords: number | null; rubric: readonly ShownCriterion[] }>
	| Readonly<{ type: 'upload'; accepts: readonly UploadKind[]; mostFiles: number; rubric: readonly ShownCriterion[] }>;

/**
 * @param order ids of options, matches or items in the order this learner sees them (`shuffledIds`); ids that are missing
 * come last
 */
export function deliver(body: AtomicBody, order: readonly string[]): Delivered {
	switch (body.type) {
		case 'single':
		case 'multiple':
			return { type: body.type, options: inOrder(body.options, order).map(part) };
		case 'true_false':
		case 'short':
			return { type: body.type };
		case 'matching':
			return { type: 'matching', pairs: body.pairs.map(part), matches: inOrder(body.matches, order).map(named) };
		case 'ordering':
			return { type: 'ordering', items: inOrder(body.items, order).map(part) };
		case 'numeric':
			return { type: 'numeric', unit: body.unit };
		case 'cloze':
			return { type: 'cloze', text: body.text, gaps: body.gaps.map(gap) };
		case 'essay':
			return { type: 'essay', minWords: body.minWords, maxWords: body.maxWords, rubric: body.rubric.map(criterion) };
		case 'upload':
			return { type: 'upload', accepts: body.accepts, mostFiles: body.mostFiles, rubric: body.rubric.map(criterion) };
	}
}

const part = ({ id, html }: Part): Part => ({ id, html });
const named = ({ id, text }: Named): Named => ({ id, text });
const criterion = ({ title, description, maxPoints }: ShownCriterion): ShownCriterion => ({
	title,
	description,
	maxPoints
});

/** Choices of a gap come by id: ids are random, the author's order often begins with the key. */
function gap(each: Gap): ShownGap {
	const options = each.kind === 'choice' ? each.options.map(named).toSorted((a, b) => (a.id < b.id ? -1 : 1)) : [];
	return { id: each.id, kind: each.kind, options };
}

/**
 * Ids of what is shuffled in a question, in a new order. Options that refer to each other keep theirs; matches and items
 * to be ordered are always shuffled, since as written they are the key.
 * @param random from 0 to below 1; of cryptographic quality where something hangs on it
 */
export function shuffledIds(body: AtomicBody, shufflesOptions: boolean, random: () => number): string[] {
	switch (body.type) {
		case 'single':
		case 'multiple': {
			const ids = body.options.map(({ id }) => id);
			return shufflesOptions && !body.keepsOrder ? shuffle(ids, random) : ids;
		}
		case 'matching':
			return shuffle(
				body.matches.map(({ id }) => id),
				random
			);
		case 'ordering':
			return shuffle(
				body.items.map(({ id }) => id),
				random
			);
		default:
			return [];
	}
}

/**
 * A new array in random order (Fisher–Yates).
 * @public
 */
export function shuffle<T>(list: readonly T[], random: () => number): T[] {
	const result = [...list];
	for (let i = result.length - 1; i > 0; i--) {
		const j = Math.floor(random() * (i + 1));
		[result[i], result[j]] = [result[j]!, result[i]!];
	}
	return result;
}

function inOrder<T extends { id: string }>(parts: readonly T[], order: readonly string[]): T[] {
	const place = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length);
	return parts.toSorted((a, b) => place(a.id) - place(b.id));
}
