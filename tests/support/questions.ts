import { randomUUID } from 'node:crypto';
import type { Question, QuestionBody } from '#lib/assessment/question.ts';

/** A single choice of four whose second option is right. */
export function aQuestion(more: Partial<Question> = {}): Question {
	return {
		stem: `<p>Câu hỏi ${randomUUID()}</p>`,
		body: singleChoice('sai một', 'đúng', 'sai hai', 'sai ba'),
		explanation: '<p>Xem điều luật.</p>',
		difficulty: 'easy',
		topic: 'Pháp luật về PBGDPL',
		citations: [{ document: '14/2012/QH13', article: 'Điều 35', validFrom: null, validTo: null }],
		...more
	};
}

/** Options with ids `opt0`, `opt1`, …; `opt1` is the key. */
export function singleChoice(...texts: string[]): QuestionBody {
	const options = texts.map((text, i) => ({
		id: `opt${i}`,
		html: `<p>${text}</p>`,
		credit: i === 1 ? 100 : 0,
		feedback: `<p>vì ${text}</p>`
	}));
	return { type: 'single', keepsOrder: false, options };
}
