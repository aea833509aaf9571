import { and, eq, inArray } from 'drizzle-orm';
import { pickQuestions } from '#lib/assessment/draw.ts';
import { DEFAULT_SETTINGS, paperSize, type PaperContent, type PaperSettings } from '#lib/assessment/paper.ts';
import { recordAudit } from '../audit/record.ts';
import { accountIdOf } from '../identity/actor.ts';
import { authorise } from '../identity/permissions.ts';
import { inScope } from '../organisation/scope.ts';
import { units } from '../organisation/tables.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { canBeFixed, listDrawable } from './drawable.ts';
import { papers } from './paper-tables.ts';
import { isUsable } from './question-access.ts';
import type { PaperRow } from './sittings.ts';
import { questions, questionVersions } from './tables.ts';

/** More entries are a mistake or an attack. */
const MOST_PARTS = 200;
const MOST_QUESTIONS = 200;

/** Makes an empty paper of a unit; the caller has authorised. */
export async function addPaper(ctx: Context, tx: Database, facts: { unitId: string; title: string }): Promise<string> {
	const [added] = await tx
		.insert(papers)
		.values({ ...facts, content: [], settings: DEFAULT_SETTINGS, createdBy: accountIdOf(ctx.actor) })
		.returning({ id: papers.id });
	await recordAudit(ctx, tx, 'paper.added', { objectId: added!.id, unitId: facts.unitId });
	return added!.id;
}

/** A paper of its own with the same content and rules: what was approved elsewhere never changes. */
export async function copyPaper(ctx: Context, tx: Database, paperId: string): Promise<string> {
	const { unitId, title, content, settings, lockVersion } = await getPaper(tx, paperId);
	const copy = await addPaper(ctx, tx, { unitId, title });
	await tx.update(papers).set({ content, settings, lockVersion }).where(eq(papers.id, copy));
	return copy;
}

/** Says nothing about rights. @throws {DomainError} `not_found` */
export async function getPaper(db: Database, paperId: string): Promise<PaperRow> {
	const [found] = await db.select().from(papers).where(eq(papers.id, paperId));
	if (!found) throw new DomainError('not_found', 'assessment.no_such_paper');
	return found;
}

/** What a change of a paper makes of it. */
export type PaperChange = (paper: PaperRow) => { content?: PaperContent; settings?: PaperSettings };

/**
 * Changes a paper in the caller's transaction.
 * @param lockVersion what the form was loaded with
 * @throws {DomainError} `forbidden`; `not_found` outside the actor's units; `conflict` `form.stale`, `assessment.too_long`;
 * `invalid` `assessment.cannot_be_asked` for a question that is not reviewed, of another unit or not there
 */
export async function changePaper(
	ctx: Context,
	tx: Database,
	paperId: string,
	lockVersion: number,
	change: PaperChange
): Promise<void> {
	const scope = authorise(ctx.actor, 'question:author');
	const [found] = await tx
		.select({ paper: papers })
		.from(papers)
		.innerJoin(units, eq(units.id, papers.unitId))
		.where(and(eq(papers.id, paperId), inScope(units.path, scope)))
		.for('update', { of: papers });
	if (!found) throw new DomainError('not_found', 'assessment.no_such_paper');
	const { paper } = found;
	if (paper.lockVersion !== lockVersion) throw new DomainError('conflict', 'form.stale');
	const next = { content: paper.content, settings: paper.settings, ...change(paper) };
	await assertContent(tx, paper, next.content);
	await tx
		.update(papers)
		.set({ ...next, lockVersion: lockVersion + 1 })
		.where(eq(papers.id, paperId));
	await recordAudit(ctx, tx, 'paper.changed', { objectId: paperId, unitId: paper.unitId, ...paperSize(next.content) });
}

async function assertContent(
	tx: Database,
	{ unitId, content: before }: PaperRow,
	content: PaperContent
): Promise<void> {
	if (content.length > MOST_PARTS || paperSize(content).questions > MOST_QUESTIONS)
		throw new DomainError('conflict', 'assessment.too_long');
	const held = new Set(before.flatMap((part) => (part.kind === 'fixed' ? [part.questionId] : [])));
	const fixed = content.flatMap((part) => (part.kind === 'fixed' ? [part.questionId] : []));
	if (new Set(fixed).size < fixed.length) throw new DomainError('invalid', 'assessment.asked_twice');
	const added = fixed.filter((id) => !held.has(id));
	if (added.length === 0) return;
	const found = await tx
		.select({ id: questions.id })
		.from(questions)
		.innerJoin(questionVersions, isUsable())
		.where(and(inArray(questions.id, added), canBeFixed(unitId)));
	if (found.length < added.length) throw new DomainError('invalid', 'assessment.cannot_be_asked');
}

/** Papers of the list that no attempt could be drawn from: nothing in them, or too few questions in the bank. */
export async function listUnready(db: Database, paperIds: readonly string[]): Promise<Set<string>> {
	if (paperIds.length === 0) return new Set();
	const rows = await db
		.select()
		.from(papers)
		.where(inArray(papers.id, [...paperIds]));
	const unready = new Set<string>();
	for (const { id, unitId, content } of rows) {
		const drawable = await listDrawable(db, unitId, content);
		const { picked, shortages } = pickQuestions(content, drawable, new Set(), () => 0);
		if (picked.length === 0 || shortages.length > 0) unready.add(id);
	}
	return unready;
}

/** A paper goes into use: so do the reviewed questions it holds. */
export async function takePaperIntoUse(ctx: Context, tx: Database, paperId: string): Promise<void> {
	const { content } = await getPaper(tx, paperId);
	const fixed = content.flatMap((part) => (part.kind === 'fixed' ? [part.questionId] : []));
	if (fixed.length === 0) return;
	await tx
		.update(questions)
		.set({ status: 'in_use', firstUsedAt: ctx.now })
		.where(and(inArray(questions.id, fixed), eq(questions.status, 'reviewed')));
}
