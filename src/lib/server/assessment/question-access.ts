import { and, eq, getTableColumns, or, type SQL } from 'drizzle-orm';
import { afterStep, type Standing, type Step } from '#lib/assessment/workflow.ts';
import type { Actor } from '../identity/actor.ts';
import { authorise, can, covers, type Permission, type UnitScope } from '../identity/permissions.ts';
import { inScope } from '../organisation/scope.ts';
import { units } from '../organisation/tables.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { questions, questionVersions } from './tables.ts';

export type QuestionRow = typeof questions.$inferSelect;
export type VersionRow = typeof questionVersions.$inferSelect;

/**
 * The units whose questions the actor may read, as author or reviewer.
 * @throws {DomainError} `forbidden` for everybody else
 */
export const bankScope = (actor: Actor): UnitScope => authorise(actor, 'question:read');

/** Condition "may be read": a question of the scope's units, or one that its unit shares. `units` is joined. */
export function isReadable(scope: UnitScope): SQL | undefined {
	return or(inScope(units.path, scope), eq(questions.isShared, true));
}

/**
 * A question with its newest version, for reading.
 * @throws {DomainError} `not_found` outside the actor's units, unless shared
 */
export async function getQuestion(
	ctx: Context,
	questionId: string
): Promise<{ question: QuestionRow; newest: VersionRow; unitPath: string; mayWrite: boolean; mayReview: boolean }> {
	const [found] = await ctx.db
		.select({ question: questions, newest: questionVersions, unitPath: units.path })
		.from(questions)
		.innerJoin(units, eq(units.id, questions.unitId))
		.innerJoin(questionVersions, isNewest())
		.where(and(eq(questions.id, questionId), isReadable(bankScope(ctx.actor))));
	if (!found) throw new DomainError('not_found', 'assessment.no_such_question');
	return {
		...found,
		mayWrite: holds(ctx.actor, 'question:author', found.unitPath),
		mayReview: holds(ctx.actor, 'question:review', found.unitPath)
	};
}

/** Join condition: the version that was written last. */
export function isNewest(): SQL | undefined {
	return and(eq(questionVersions.questionId, questions.id), eq(questionVersions.number, questions.newestVersion));
}

/** Join condition: the version that papers draw. */
/** @public */
export function isUsable(): SQL | undefined {
	return and(eq(questionVersions.questionId, questions.id), eq(questionVersions.number, questions.usableVersion));
}

function holds(actor: Actor, permission: Permission, unitPath: string): boolean {
	return can(actor, permission) && covers(authorise(actor, permission), unitPath);
}

/**
 * Locks a question and its newest version for a change by somebody with this permission in its unit.
 * @throws {DomainError} `forbidden` without the role; `not_found` outside its units
 */
export async function lockQuestion(
	tx: Database,
	actor: Actor,
	questionId: string,
	permission: Permission
): Promise<{ question: QuestionRow; newest: VersionRow }> {
	const scope = authorise(actor, permission);
	const [found] = await tx
		.select({ question: getTableColumns(questions), newest: getTableColumns(questionVersions) })
		.from(questions)
		.innerJoin(units, eq(units.id, questions.unitId))
		.innerJoin(questionVersions, isNewest())
		.where(and(eq(questions.id, questionId), inScope(units.path, scope)))
		.for('update', { of: questions });
	if (!found) throw new DomainError('not_found', 'assessment.no_such_question');
	return found;
}

/** A question as the rules of the workflow see it. */
export function standingOf(question: QuestionRow, newest: Pick<VersionRow, 'state'>): Standing {
	return {
		status: question.status,
		newest: newest.state,
		hasUsable: question.usableVersion !== null,
		wasUsed: question.firstUsedAt !== null
	};
}

/** @throws {DomainError} `conflict` when the step cannot be taken from where the question stands */
export function mustFollow(standing: Standing, step: Step): NonNullable<ReturnType<typeof afterStep>> {
	const after = afterStep(standing, step);
	if (!after) throw new DomainError('conflict', 'assessment.question_moved_on');
	return after;
}
