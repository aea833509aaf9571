import * as v from 'valibot';
import type { ScormSettings } from './settings.ts';
import type { Standing, Values } from './runtime/status.ts';

/** What a learner did in one question of a package, as its content reports it. All of it is text from outside. */
export type Interaction = Readonly<{
	number: number;
	id: string;
	type: string;
	description: string;
	response: string;
	correct: string;
	result: string;
	latency: string;
}>;

/** Interactions among an item's values, in their order. */
export function interactionsOf(values: Values): Interaction[] {
	const found = new Map<number, Record<string, string>>();
	for (const [element, value] of Object.entries(values)) {
		const [, index, field] = /^cmi\.interactions\.(\d+)\.(.+)$/.exec(element) ?? [];
		if (index && field) found.set(Number(index), { ...found.get(Number(index)), [field]: value });
	}
	return [...found]
		.sort(([a], [b]) => a - b)
		.map(([number, fields]) => ({
			number: number + 1,
			id: fields.id ?? '',
			type: fields.type ?? '',
			description: fields.description ?? '',
			response: fields.student_response ?? fields.learner_response ?? '',
			correct: Object.entries(fields)
				.filter(([field]) => field.startsWith('correct_responses.'))
				.map(([, pattern]) => pattern)
				.join(' | '),
			result: fields.result ?? '',
			latency: fields.latency ?? ''
		}));
}

/** Why a lesson is not complete, or what is odd about it; sentences in lib/i18n/scorm-results.ts. */
export type Finding =
	| 'not_begun'
	| 'items_left'
	| 'says_nothing'
	| 'says_incomplete'
	| 'failed'
	| 'pass_not_told'
	| 'never_ended'
	| 'no_interactions';

/** One item of an attempt, as far as findings need it. */
type ItemFacts = Standing & Readonly<{ values: Values; exit: string | null; interactionCount: number }>;

/** What keeps an attempt from completing its lesson, most telling first. */
export function findingsOf(
	attempt: Standing,
	items: readonly ItemFacts[],
	{ itemCount, settings }: { itemCount: number; settings: Pick<ScormSettings, 'needsPass'> }
): Finding[] {
	const findings: Finding[] = [];
	if (items.length === 0) return ['not_begun'];
	if (attempt.completion !== 'completed') {
		const open = items.filter(({ completion }) => completion !== 'completed');
		if (items.length < itemCount) findings.push('items_left');
		if (open.some(({ values }) => !statusIn(values))) findings.push('says_nothing');
		else if (open.length > 0) findings.push('says_incomplete');
		if (open.some(({ exit }) => exit === null)) findings.push('never_ended');
	} else if (settings.needsPass && attempt.success !== 'passed') {
		findings.push(attempt.success === 'failed' ? 'failed' : 'pass_not_told');
	}
	if (attempt.score === 1 && items.every(({ interactionCount }) => interactionCount === 0))
		findings.push('no_interactions');
	return findings;
}

const statusIn = (values: Values) => values['cmi.core.lesson_status'] ?? values['cmi.completion_status'];

const Id = v.pipe(v.string(), v.uuid());

/** "Hủy lượt học": the reason stands in the audit log and beside the attempt. */
export const ResetAttemptInput = v.object({
	attemptId: Id,
	reason: v.pipe(
		v.string('form.required'),
		v.trim(),
		v.minLength(3, 'form.required'),
		v.maxLength(500, 'form.too_long')
	)
});
