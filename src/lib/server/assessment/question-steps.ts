import { eq } from 'drizzle-orm';
import { checkQuestion } from '#lib/assessment/check-question.ts';
import { REVIEWER_STEPS, type Step } from '#lib/assessment/workflow.ts';
import type { AuditDeed } from '#lib/i18n/audit-words.ts';
import { recordAudit } from '../audit/record.ts';
import { accountIdOf, type Actor } from '../identity/actor.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError, isDomainError } from '../platform/errors.ts';
import { lockQuestion, mustFollow, standingOf, type QuestionRow, type VersionRow } from './question-access.ts';
import { questions, questionVersions } from './tables.ts';
import { noteStep } from './write-question.ts';

/** Steps that tell why. */
const WITH_REASON: readonly Step[] = ['return', 'flag', 'retire'];

/**
 * Takes a question one step on.
 * @param note why; needed for returning, flagging and retiring
 * @throws {DomainError} `conflict` `assessment.question_moved_on` when the step cannot be taken from here,
 * `assessment.incomplete` when it cannot be asked yet; `forbidden` `assessment.own_question` for whoever wrote it;
 * `invalid` `assessment.reason_needed`
 */
export async function takeStep(ctx: Context, questionId: string, step: Step, note?: string): Promise<void> {
	if (WITH_REASON.includes(step) && !note) throw new DomainError('invalid', 'assessment.reason_needed');
	await ctx.db.transaction(async (tx) => {
		const { question, newest } = await lockQuestion(tx, ctx.actor, questionId, permissionOf(ctx.actor, step));
		await stepLocked(ctx, tx, question, newest, step, note);
	});
}

/** Doubts may be raised by authors and reviewers; reviewing is the reviewers', the rest the authors'. */
function permissionOf(actor: Actor, step: Step): 'question:author' | 'question:review' {
	if (REVIEWER_STEPS.includes(step)) return 'question:review';
	const isReviewer =
		step === 'flag' && actor.kind === 'account' && actor.grants.every(({ role }) => role !== 'trainer');
	return isReviewer ? 'question:review' : 'question:author';
}

async function stepLocked(
	ctx: Context,
	tx: Database,
	question: QuestionRow,
	newest: VersionRow,
	step: Step,
	note: string | undefined
): Promise<void> {
	const after = mustFollow(standingOf(question, newest), step);
	if (REVIEWER_STEPS.includes(step)) assertNotAuthor(ctx.actor, newest);
	if ((step === 'submit' || step === 'approve') && checkQuestion(newest).length > 0)
		throw new DomainError('conflict', 'assessment.incomplete');
	const isFlagged = after.status === 'needs_review';
	await tx
		.update(questionVersions)
		.set({ state: after.newest, ...versionChange(ctx, step, note) })
		.where(eq(questionVersions.id, newest.id));
	await tx
		.update(questions)
		.set({
			status: after.status,
			flaggedAt: isFlagged ? ctx.now : null,
			flagReason: isFlagged ? (note ?? question.flagReason) : null,
			...(step === 'approve' && { usableVersion: newest.number }),
			...(after.status === 'in_use' && !question.firstUsedAt && { firstUsedAt: ctx.now }),
			lockVersion: question.lockVersion + 1
		})
		.where(eq(questions.id, question.id));
	await noteStep(ctx, tx, { questionId: question.id, version: newest.number, step, note });
	await recordAudit(ctx, tx, `question.${PAST[step]}`, {
		objectId: question.id,
		unitId: question.unitId,
		version: newest.number
	});
}

function versionChange(ctx: Context, step: Step, note: string | undefined): Partial<VersionRow> {
	switch (step) {
		case 'submit':
			return { submittedAt: ctx.now, reviewNote: null };
		case 'withdraw':
			return { submittedAt: null };
		case 'return':
			return { submittedAt: null, reviewNote: note ?? null };
		case 'approve':
			return { reviewedBy: accountIdOf(ctx.actor), reviewedAt: ctx.now, reviewNote: note ?? null };
		case 'confirm':
			return { reviewedBy: accountIdOf(ctx.actor), reviewedAt: ctx.now };
		default:
			return {};
	}
}

/** Whoever wrote a question does not review it: four eyes. */
function assertNotAuthor(actor: Actor, { authorId }: VersionRow): void {
	const account = accountIdOf(actor);
	if (account && account === authorId) throw new DomainError('forbidden', 'assessment.own_question');
}

const PAST: Readonly<Record<Step, AuditDeed>> = {
	submit: 'submitted',
	withdraw: 'withdrawn',
	approve: 'approved',
	return: 'returned',
	use: 'taken_into_use',
	flag: 'flagged',
	confirm: 'confirmed',
	retire: 'retired',
	restore: 'restored'
};

/** What became of questions that were chosen together. `refused` counts by the code of the rule that said no. */
export type StepsTaken = Readonly<{ taken: number; refused: Readonly<Record<string, number>> }>;

/** Takes many questions one step on, each by itself: one that cannot go does not keep the others. */
export async function takeSteps(
	ctx: Context,
	questionIds: readonly string[],
	step: Step,
	note?: string
): Promise<StepsTaken> {
	const refused: Record<string, number> = {};
	let taken = 0;
	for (const questionId of questionIds) {
		try {
			await takeStep(ctx, questionId, step, note);
			taken++;
		} catch (error) {
			if (!isDomainError(error)) throw error;
			refused[error.code] = (refused[error.code] ?? 0) + 1;
		}
	}
	return { taken, refused };
}
