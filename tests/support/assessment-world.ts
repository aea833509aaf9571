import { randomUUID } from 'node:crypto';
import type { Question, QuestionBody } from '#lib/assessment/question.ts';
import type { Actor } from '#lib/server/identity/actor.ts';
import { addQuestions } from '#lib/server/assessment/write-question.ts';
import { takeStep } from '#lib/server/assessment/question-steps.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { as } from './test.ts';
import { anActor, aProvince, type TestUnit } from './training-world.ts';

/** A province with somebody who writes questions and somebody else who reviews them. */
export type AssessmentWorld = Readonly<{
	department: TestUnit;
	commune: TestUnit;
	author: Actor;
	reviewer: Actor;
}>;

export async function anAssessmentWorld(ctx: Context): Promise<AssessmentWorld> {
	const { province, department, commune } = await aProvince(ctx);
	return {
		department,
		commune,
		author: anActor('trainer', department),
		reviewer: anActor('content_approver', province)
	};
}

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

/** Adds a question, has it reviewed, and takes it into use. @returns its id */
export async function aUsableQuestion(
	ctx: Context,
	world: AssessmentWorld,
	more: Partial<Question> = {}
): Promise<string> {
	const [id] = await addQuestions(as(ctx, world.author), { unitId: world.department.id }, [aQuestion(more)]);
	await takeStep(as(ctx, world.author), id!, 'submit');
	await takeStep(as(ctx, world.reviewer), id!, 'approve');
	await takeStep(as(ctx, world.author), id!, 'use');
	return id!;
}
