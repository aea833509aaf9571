import { layOut, type LaidItem, type Picked } from './draw.ts';
import type { PaperSettings } from './paper.ts';
import type { QuestionBody } from './question.ts';

/** Most mã đề of one printed paper. */
export const MOST_VARIANTS = 8;

/** One mã đề: the questions in the order, and the options under the letters, that its sheets show. */
export type PaperVariant = Readonly<{ code: string; items: readonly LaidItem[] }>;

/** Layouts that are tried for one variant before the questions are said to allow no more. */
const TRIES = 50;

/**
 * Lays the same questions out several times, no two alike, each under a code of three digits that says nothing of its order.
 * @returns undefined when so few questions, or switches that are off, allow fewer layouts
 */
export function layOutVariants(
	picked: readonly Picked[],
	bodies: ReadonlyMap<string, QuestionBody>,
	how: Pick<PaperSettings, 'shufflesQuestions' | 'shufflesOptions'> & Readonly<{ count: number }>,
	random: () => number
): PaperVariant[] | undefined {
	const variants = new Map<string, PaperVariant>();
	const codes = new Set<string>();
	for (let tries = 0; variants.size < how.count && tries < TRIES * how.count; tries++) {
		const items = layOut(picked, bodies, how, random);
		const layout = JSON.stringify(items);
		if (!variants.has(layout)) variants.set(layout, { code: newCode(codes, random), items });
	}
	if (variants.size < how.count) return undefined;
	return [...variants.values()].sort((a, b) => Number(a.code) - Number(b.code));
}

function newCode(taken: Set<string>, random: () => number): string {
	for (;;) {
		const code = String(100 + Math.floor(random() * 900));
		if (taken.has(code)) continue;
		taken.add(code);
		return code;
	}
}
