import type { AttemptItem } from '#lib/assessment/attempt-view.ts';
import { deliver } from '#lib/assessment/deliver.ts';
import type { AtomicBody, QuestionBody } from '#lib/assessment/question.ts';
import { mapTexts } from './safe-question.ts';
import type { VersionRow } from './question-access.ts';

type Laid = Readonly<{
	position: number;
	partId: string | null;
	section: number;
	marks: number;
	optionOrder: readonly string[];
}>;

/**
 * A question of an attempt as it is asked. What is for its review comes apart, so that the caller decides what goes out.
 * @param addressed puts addresses in place of media ids
 * @throws {Error} when the version has no such part: attempts keep their version, so that is a defect
 */
export function showItem(
	{ position, partId, section, marks, optionOrder }: Laid,
	version: Pick<VersionRow, 'id' | 'stem' | 'body' | 'explanation'>,
	addressed: (html: string) => string
): {
	asked: Pick<AttemptItem, 'position' | 'section' | 'marks' | 'situation' | 'stem' | 'item'>;
	body: AtomicBody;
	explanation: string;
} {
	const whole = mapTexts(version.body, addressed);
	const part = whole.type === 'scenario' ? whole.parts.find(({ id }) => id === partId) : undefined;
	const body = atomicBody(whole, partId);
	if (!body) throw new Error(`question version ${version.id} has no part ${partId}`);
	const asked = {
		...{ position, section, marks, item: deliver(body, optionOrder) },
		situation: part ? addressed(version.stem) : '',
		stem: part ? part.stem : addressed(version.stem)
	};
	return { asked, body, explanation: part ? part.explanation : addressed(version.explanation) };
}

/** The question that is answered: of a scenario the part. */
export function atomicBody(body: QuestionBody, partId: string | null): AtomicBody | undefined {
	if (body.type !== 'scenario') return body;
	return body.parts.find(({ id }) => id === partId)?.body;
}
