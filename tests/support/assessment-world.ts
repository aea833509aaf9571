import type { Question } from '#lib/assessment/question.ts';
import type { Actor } from '#lib/server/identity/actor.ts';
import { addQuestions } from '#lib/server/assessment/write-question.ts';
import { takeStep } from '#lib/server/assessment/question-steps.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aQuestion } from './questions.ts';
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
