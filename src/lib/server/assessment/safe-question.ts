import type { AtomicBody, Gap, QuestionBody, QuestionContent } from '#lib/assessment/question.ts';
import { toSafeHtml } from '../platform/safe-html.ts';

/** A text of a question as it is stored; media of ours are kept by id. */
const safeHtml = (written: string): string => toSafeHtml(written, { withMedia: true });

/** The question with every rich text in it made safe. */
export function toSafeContent({ stem, body, explanation }: QuestionContent): QuestionContent {
	return { stem: safeHtml(stem), body: mapTexts(body, safeHtml), explanation: safeHtml(explanation) };
}

/** A body with each of its rich texts replaced: made safe when written, given addresses of media when shown. */
export function mapTexts(body: QuestionBody, change: (html: string) => string): QuestionBody {
	if (body.type !== 'scenario') return mapAtomic(body, change);
	const parts = body.parts.map((part) => ({
		...part,
		stem: change(part.stem),
		body: mapAtomic(part.body, change),
		explanation: change(part.explanation)
	}));
	return { ...body, parts };
}

/** All rich texts of a question. */
export function richTextsOf({ stem, body, explanation }: QuestionContent): string[] {
	const texts = [stem, explanation];
	mapTexts(body, (html) => {
		texts.push(html);
		return html;
	});
	return texts;
}

type WithFeedback = Readonly<{ feedback: string }>;

function mapAtomic(body: AtomicBody, change: (html: string) => string): AtomicBody {
	const feedback = <T extends WithFeedback>(each: T): T => ({ ...each, feedback: change(each.feedback) });
	const html = <T extends { html: string }>(each: T): T => ({ ...each, html: change(each.html) });
	switch (body.type) {
		case 'single':
		case 'multiple':
			return { ...body, options: body.options.map((option) => feedback(html(option))) };
		case 'true_false':
			return { ...body, feedbackTrue: change(body.feedbackTrue), feedbackFalse: change(body.feedbackFalse) };
		case 'matching':
			return { ...body, pairs: body.pairs.map(html) };
		case 'ordering':
			return { ...body, items: body.items.map(html) };
		case 'short':
			return { ...body, accepted: body.accepted.map(feedback) };
		case 'numeric':
			return { ...body, accepted: body.accepted.map(feedback) };
		case 'cloze':
			return { ...body, text: change(body.text), gaps: body.gaps.map((gap) => mapGap(gap, feedback)) };
		case 'essay':
		case 'upload':
			return { ...body, notes: change(body.notes) };
	}
}

function mapGap(gap: Gap, feedback: <T extends WithFeedback>(each: T) => T): Gap {
	switch (gap.kind) {
		case 'short':
			return { ...gap, accepted: gap.accepted.map(feedback) };
		case 'numeric':
			return { ...gap, accepted: gap.accepted.map(feedback) };
		case 'choice':
			return { ...gap, options: gap.options.map(feedback) };
	}
}
