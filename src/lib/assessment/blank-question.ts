import type { AtomicBody, AtomicType, Question, QuestionType } from './question.ts';

/** A body with nothing in it yet. */
export function blankBody(type: AtomicType): AtomicBody {
	switch (type) {
		case 'single':
			return { type, options: [], keepsOrder: false };
		case 'multiple':
			return { type, options: [], keepsOrder: false, rule: 'all_or_nothing' };
		case 'true_false':
			return { type, isTrue: true, feedbackTrue: '', feedbackFalse: '' };
		case 'matching':
			return { type, pairs: [], matches: [], rule: 'each' };
		case 'ordering':
			return { type, items: [], rule: 'all_or_nothing' };
		case 'short':
			return { type, accepted: [], ignoresCase: true, ignoresAccents: false };
		case 'numeric':
			return { type, accepted: [], unit: '' };
		case 'cloze':
			return { type, text: '', gaps: [] };
		case 'essay':
			return { type, rubric: [], minWords: null, maxWords: null, notes: '' };
		case 'upload':
			return { type, rubric: [], accepts: ['image', 'document'], mostFiles: 3, notes: '' };
	}
}

/** A question of this type as its editor begins. */
export function blankQuestion(type: QuestionType): Question {
	const body = type === 'scenario' ? { type, parts: [] } : blankBody(type);
	return { stem: '', body, explanation: '', difficulty: 'medium', topic: '', citations: [] };
}
