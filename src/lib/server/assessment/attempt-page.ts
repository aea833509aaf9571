import { and, asc, eq, sql } from 'drizzle-orm';
import { remainingS, shownInReview } from '#lib/assessment/attempt-rules.ts';
import type { AttemptItem, FinishedAttemptView, OpenAttempt, ReturnedAnswer } from '#lib/assessment/attempt-view.ts';
import type { ReviewPart } from '#lib/assessment/paper.ts';
import type { AtomicBody } from '#lib/assessment/question.ts';
import { feedbackOn, reveal } from '#lib/assessment/reveal.ts';
import { today, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { listAttemptFiles, placeKey } from './attempt-files.ts';
import { withAddresses } from './media.ts';
import { attemptItems, returnedItems } from './paper-tables.ts';
import { isReturned } from './return-item.ts';
import { richTextsOf } from './safe-question.ts';
import { showItem } from './show-item.ts';
import { percentOfAttempt, type AttemptRow, type Sitting } from './sittings.ts';
import { questionVersions } from './tables.ts';

/**
 * An attempt of a sitting as its person sees it. The caller has authorised: the sitting is the person's own. Of an open
 * attempt nothing of the key is read into the answer; of a finished one what the paper's rules allow at this time.
 * @throws {DomainError} `not_found` also when the attempt belongs to another sitting
 */
export async function showAttempt(
	ctx: Context,
	{ paper, attempts }: Sitting,
	attemptId: string
): Promise<OpenAttempt | FinishedAttemptView> {
	const attempt = attempts.find(({ id }) => id === attemptId);
	if (!attempt) throw new DomainError('not_found', 'assessment.no_such_attempt');
	const { number, sections } = attempt;
	const facts = { attemptId, title: paper.title, number, sections, questionCount: await countItems(ctx.db, attemptId) };
	const { submittedAt } = attempt;
	if (submittedAt === null) {
		const items = await listItems(ctx, attempt, null);
		const { layout } = paper.settings;
		const left = remainingS(attempt.deadlineAt, ctx.now);
		return { ...facts, state: 'open', items, remainingS: left, layout, reached: attempt.reached };
	}
	const shown = shownInReview(paper.settings, { submittedAt, begun: attempts.length }, ctx.now);
	const percent = shown.includes('marks') ? percentOfAttempt(attempt) : null;
	return {
		...{ ...facts, state: 'done', submittedAt, submittedBy: attempt.submittedBy ?? 'person', shown, percent },
		isPassed: percent === null ? null : percent >= paper.settings.passPercent,
		passPercent: paper.settings.passPercent,
		waitsForMarker: attempt.score === null,
		returned: attempt.score === null ? await listReturned(ctx, attempt) : [],
		items: shown.includes('answer') ? await listItems(ctx, attempt, shown) : []
	};
}

async function countItems(db: Database, attemptId: string): Promise<number> {
	const [row] = await db
		.select({ count: sql<number>`count(*)::int` })
		.from(attemptItems)
		.where(eq(attemptItems.attemptId, attemptId));
	return row?.count ?? 0;
}

/** What the marker sent back and the learner may still change. */
async function listReturned(ctx: Context, attempt: AttemptRow): Promise<ReturnedAnswer[]> {
	const rows = await ctx.db
		.select({ position: returnedItems.position, comment: returnedItems.comment, dueOn: returnedItems.dueOn })
		.from(returnedItems)
		.where(and(eq(returnedItems.attemptId, attempt.id), isReturned(today(ctx))))
		.orderBy(asc(returnedItems.position));
	if (rows.length === 0) return [];
	const items = await listItems(ctx, attempt, null);
	return rows.flatMap((row) => {
		const item = items.find(({ position }) => position === row.position);
		if (!item) return [];
		const { situation, stem, answer, files } = item;
		return [{ ...row, situation, stem, item: item.item, answer, files }];
	});
}

/** @param shown what may be seen of a finished attempt; null for an open one */
async function listItems(
	ctx: Context,
	{ id, reached, submittedAt }: AttemptRow,
	shown: readonly ReviewPart[] | null
): Promise<AttemptItem[]> {
	const isOneOnly = reached !== null && submittedAt === null;
	const rows = await ctx.db
		.select({ item: attemptItems, version: questionVersions })
		.from(attemptItems)
		.innerJoin(questionVersions, eq(questionVersions.id, attemptItems.versionId))
		.where(and(eq(attemptItems.attemptId, id), isOneOnly ? eq(attemptItems.position, reached) : undefined))
		.orderBy(asc(attemptItems.position));
	const addressed = await withAddresses(
		ctx,
		rows.flatMap(({ version }) => richTextsOf(version))
	);
	const items = rows.map(({ item, version }) => ({ item, ...showItem(item, version, addressed) }));
	const sent = await listAttemptFiles(ctx, items.some(({ body }) => body.type === 'upload') ? [id] : []);
	return items.map(({ item, asked, body, explanation }) => {
		const review = shown && reviewOf(body, item, explanation, shown);
		const files = sent.get(placeKey(id, item.position)) ?? [];
		return { ...asked, answer: item.answer ?? null, files, sequence: item.sequence, review };
	});
}

function reviewOf(
	body: AtomicBody,
	{ answer, marks, share, comment }: typeof attemptItems.$inferSelect,
	explanation: string,
	shown: readonly ReviewPart[]
): NonNullable<AttemptItem['review']> {
	return {
		marksReached: shown.includes('marks') && share !== null ? share * marks : null,
		...(shown.includes('key') && { revealed: reveal(body) }),
		explanation: shown.includes('explanation') ? explanation : '',
		feedback: shown.includes('explanation') ? feedbackOn(body, answer) : [],
		comment: shown.includes('marks') ? (comment ?? '') : ''
	};
}
