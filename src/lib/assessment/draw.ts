import { shuffle, shuffledIds } from './deliver.ts';
import type { PaperContent, PaperPart, PaperSettings } from './paper.ts';
import type { Difficulty, QuestionBody } from './question.ts';

/** A question that can be drawn. */
export type Drawable = Readonly<{ questionId: string; versionId: string; topicId: string; difficulty: Difficulty }>;

/** A question taken into an attempt. */
export type Picked = Readonly<{ questionId: string; versionId: string; marks: number; section: number }>;

/** Too few questions for a part. */
export type Shortage = Readonly<{ part: Extract<PaperPart, { kind: 'random' }>; available: number }>;

/**
 * Chooses the questions of one attempt: never one twice, those the person has not seen first.
 * @param questions all that may be taken, fixed ones among them
 * @param seen ids of questions in the person's earlier attempts
 * @param random from 0 to below 1, of cryptographic quality
 */
export function pickQuestions(
	content: PaperContent,
	questions: readonly Drawable[],
	seen: ReadonlySet<string>,
	random: () => number
): { picked: Picked[]; shortages: Shortage[] } {
	const byId = new Map(questions.map((question) => [question.questionId, question]));
	const taken = new Set(content.flatMap((part) => (part.kind === 'fixed' ? [part.questionId] : [])));
	const picked: Picked[] = [];
	const shortages: Shortage[] = [];
	let section = 0;
	for (const part of content) {
		if (part.kind === 'section') section++;
		else if (part.kind === 'fixed') {
			const question = byId.get(part.questionId);
			if (question) picked.push({ ...idsOf(question), marks: part.marks, section });
		} else {
			const pool = questions.filter((each) => isInPool(part, each) && !taken.has(each.questionId));
			const fresh = shuffle(pool, random).toSorted(
				(a, b) => Number(seen.has(a.questionId)) - Number(seen.has(b.questionId))
			);
			const drawn = fresh.slice(0, part.count);
			if (drawn.length < part.count) shortages.push({ part, available: drawn.length });
			for (const question of drawn) {
				taken.add(question.questionId);
				picked.push({ ...idsOf(question), marks: part.marks, section });
			}
		}
	}
	return { picked, shortages };
}

const idsOf = ({ questionId, versionId }: Drawable) => ({ questionId, versionId });

function isInPool(part: Extract<PaperPart, { kind: 'random' }>, { topicId, difficulty }: Drawable): boolean {
	return topicId === part.topicId && (part.difficulty === null || difficulty === part.difficulty);
}

/** One thing to answer in an attempt; `partId` where it is a question of a scenario. */
export type LaidItem = Readonly<{
	position: number;
	versionId: string;
	partId: string | null;
	section: number;
	marks: number;
	/** Of options, matches or items, as this person sees them. */
	optionOrder: string[];
}>;

/**
 * Lays the picked questions out as this attempt will show them: shuffled within their section where the paper says so,
 * scenarios in one piece, a scenario's marks shared out by the weights of its questions.
 */
export function layOut(
	picked: readonly Picked[],
	bodies: ReadonlyMap<string, QuestionBody>,
	{ shufflesQuestions, shufflesOptions }: Pick<PaperSettings, 'shufflesQuestions' | 'shufflesOptions'>,
	random: () => number
): LaidItem[] {
	const order = shufflesQuestions ? shuffle(picked, random).toSorted((a, b) => a.section - b.section) : picked;
	const items = order.flatMap(({ versionId, marks, section }): Omit<LaidItem, 'position'>[] => {
		const body = bodies.get(versionId);
		if (!body) return [];
		if (body.type !== 'scenario')
			return [{ versionId, partId: null, section, marks, optionOrder: shuffledIds(body, shufflesOptions, random) }];
		const weights = body.parts.reduce((sum, { weight }) => sum + weight, 0);
		return body.parts.map((part) => ({
			...{ versionId, section, partId: part.id, marks: (marks * part.weight) / weights },
			optionOrder: shuffledIds(part.body, shufflesOptions, random)
		}));
	});
	return items.map((item, i) => ({ position: i + 1, ...item }));
}
