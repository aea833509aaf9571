import { plainText } from './plain-text.ts';
import type { AtomicBody, BodyOf, Gap } from './question.ts';

/** The key of a question as a page shows it, once the rules of the paper allow it. */
export type Revealed =
	| Readonly<{ type: 'single' | 'multiple'; right: readonly string[] }>
	| Readonly<{ type: 'true_false'; isTrue: boolean }>
	| Readonly<{ type: 'matching'; matches: Readonly<Record<string, string>> }>
	| Readonly<{ type: 'ordering'; order: readonly string[] }>
	| Readonly<{ type: 'text'; forms: readonly string[] }>
	| Readonly<{ type: 'cloze'; gaps: Readonly<Record<string, string>> }>
	| Readonly<{ type: 'by_hand' }>;

export function reveal(body: AtomicBody): Revealed {
	switch (body.type) {
		case 'single':
		case 'multiple':
			return { type: body.type, right: body.options.filter(({ credit }) => credit > 0).map(({ id }) => id) };
		case 'true_false':
			return { type: 'true_false', isTrue: body.isTrue };
		case 'matching': {
			const textOf = (id: string) => body.matches.find((match) => match.id === id)?.text ?? '';
			return {
				type: 'matching',
				matches: Object.fromEntries(body.pairs.map((pair) => [pair.id, textOf(pair.matchId)]))
			};
		}
		case 'ordering':
			return { type: 'ordering', order: body.items.map(({ id }) => id) };
		case 'short':
			return { type: 'text', forms: fullForms(body) };
		case 'numeric':
			return { type: 'text', forms: numberForms(body) };
		case 'cloze':
			return { type: 'cloze', gaps: Object.fromEntries(body.gaps.map((gap) => [gap.id, gapForms(gap).join(' / ')])) };
		case 'essay':
		case 'upload':
			return { type: 'by_hand' };
	}
}

/**
 * What is said about the answer that was given: of the chosen options, of the form it fits. Empty where nothing is.
 * @public
 */
export function feedbackOn(body: AtomicBody, answer: unknown): string[] {
	const found = (): (string | undefined)[] => {
		if (body.type === 'true_false')
			return [answer === true ? body.feedbackTrue : answer === false ? body.feedbackFalse : ''];
		if (body.type !== 'single' && body.type !== 'multiple') return [];
		const chosen = Array.isArray(answer) ? answer : [answer];
		return body.options.filter(({ id }) => chosen.includes(id)).map(({ feedback }) => feedback);
	};
	return found().filter((html): html is string => html !== undefined && plainText(html) !== '');
}

type Accepted = Pick<BodyOf<'short'>, 'accepted'>;
type Numbers = Pick<BodyOf<'numeric'>, 'accepted'>;

function fullForms({ accepted }: Accepted): string[] {
	return accepted.filter(({ credit }) => credit === 100).map(({ text }) => text);
}

function numberForms({ accepted }: Numbers): string[] {
	const number = (value: number) => String(value).replace('.', ',');
	return accepted
		.filter(({ credit }) => credit === 100)
		.map(({ value, tolerance }) => number(value) + (tolerance > 0 ? ` ± ${number(tolerance)}` : ''));
}

function gapForms(gap: Gap): string[] {
	switch (gap.kind) {
		case 'short':
			return fullForms(gap);
		case 'numeric':
			return numberForms(gap);
		case 'choice':
			return gap.options.filter(({ credit }) => credit === 100).map(({ text }) => text);
	}
}
