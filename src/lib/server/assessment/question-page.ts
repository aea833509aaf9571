import { and, desc, eq, sql } from 'drizzle-orm';
import { checkQuestion } from '#lib/assessment/check-question.ts';
import { deliver } from '#lib/assessment/deliver.ts';
import type { AtomicBody, Question } from '#lib/assessment/question.ts';
import { reveal } from '#lib/assessment/reveal.ts';
import { afterStep, REVIEWER_STEPS, STEPS, type Step } from '#lib/assessment/workflow.ts';
import { accountIdOf, type Actor } from '../identity/actor.ts';
import { authorise } from '../identity/permissions.ts';
import { listUnits } from '../organisation/queries.ts';
import { today, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { listCitations, listTopics } from './citations.ts';
import { findDuplicates } from './find-duplicates.ts';
import { listAddresses, mediaIdsIn, withAddresses } from './media.ts';
import { getQuestion, standingOf, type VersionRow } from './question-access.ts';
import { mapTexts, richTextsOf } from './safe-question.ts';
import { listDocumentNumbers } from './documents.ts';
import { questionSteps, questionTopics, questionVersions } from './tables.ts';

/** Name of the person behind an account, as a column; operators have only a display name. */
const nameOf = (account: typeof questionSteps.accountId | typeof questionVersions.authorId) => sql<string | null>`(
	select coalesce(p.full_name, a.display_name) from account a left join person p on p.id = a.person_id
	where a.id = ${account})`;

/** A question to be looked at, with its key: stem, where it is answered, what is right. */
type ShownPart = Readonly<{
	stem: string;
	item: ReturnType<typeof deliver>;
	revealed: ReturnType<typeof reveal>;
	explanation: string;
	feedback: readonly Readonly<{ of: string; html: string }>[];
}>;

/**
 * All that the bank's page of a question shows.
 * @param number version to show; the newest one by default
 * @throws {DomainError} `not_found`
 */
export async function getQuestionPage(ctx: Context, questionId: string, number?: number) {
	const { question, newest, mayWrite, mayReview } = await getQuestion(ctx, questionId);
	const version = number === undefined ? newest : await getVersion(ctx.db, questionId, number);
	const [topic, citations, versions, steps, duplicates, parts] = await Promise.all([
		getTopic(ctx.db, question.topicId),
		listCitations(ctx.db, [version.id]),
		listVersions(ctx.db, questionId),
		listSteps(ctx.db, questionId),
		findDuplicates(ctx, newest),
		showParts(ctx, version)
	]);
	return {
		...{ question, topic, versions, steps, duplicates, parts, mayWrite, mayReview },
		version: { ...factsOf(version), stem: parts.stem, explanation: parts.explanation },
		citations: citations.get(version.id) ?? [],
		problems: checkQuestion(version),
		possible: possibleSteps(ctx.actor, question, newest, { mayWrite, mayReview }),
		isOwn: accountIdOf(ctx.actor) !== null && newest.authorId === accountIdOf(ctx.actor)
	};
}

function factsOf({ id, number, type, state, reviewNote, reviewedAt, savedAt }: VersionRow) {
	return { id, number, type, state, reviewNote, reviewedAt, savedAt };
}

/** Steps that the actor may take now; a reviewer's own question waits for somebody else. */
function possibleSteps(
	actor: Actor,
	question: Parameters<typeof standingOf>[0],
	newest: VersionRow,
	{ mayWrite, mayReview }: { mayWrite: boolean; mayReview: boolean }
): Step[] {
	const standing = standingOf(question, newest);
	const isOwn = newest.authorId !== null && newest.authorId === accountIdOf(actor);
	return STEPS.filter((step) => {
		if (!afterStep(standing, step)) return false;
		if (REVIEWER_STEPS.includes(step)) return mayReview && !isOwn;
		return step === 'flag' ? mayWrite || mayReview : mayWrite;
	});
}

async function showParts(ctx: Context, { stem, body, explanation }: VersionRow) {
	const addressed = await withAddresses(ctx, richTextsOf({ stem, body, explanation }));
	const shown = mapTexts(body, addressed);
	const list: ShownPart[] =
		shown.type === 'scenario'
			? shown.parts.map((part) => ({ stem: part.stem, explanation: part.explanation, ...showBody(part.body) }))
			: [{ stem: '', explanation: '', ...showBody(shown) }];
	return { stem: addressed(stem), explanation: addressed(explanation), list };
}

function showBody(body: AtomicBody) {
	const feedback =
		body.type === 'single' || body.type === 'multiple'
			? body.options.filter((option) => option.feedback).map((option) => ({ of: option.html, html: option.feedback }))
			: [];
	return { item: deliver(body, []), revealed: reveal(body), feedback };
}

async function getVersion(db: Database, questionId: string, number: number): Promise<VersionRow> {
	const [found] = await db
		.select()
		.from(questionVersions)
		.where(and(eq(questionVersions.questionId, questionId), eq(questionVersions.number, number)));
	if (!found) throw new DomainError('not_found', 'assessment.no_such_question');
	return found;
}

function listVersions(db: Database, questionId: string) {
	return db
		.select({
			number: questionVersions.number,
			state: questionVersions.state,
			savedAt: questionVersions.savedAt,
			author: nameOf(questionVersions.authorId),
			reviewedAt: questionVersions.reviewedAt,
			reviewer: sql<string | null>`(select coalesce(p.full_name, a.display_name) from account a
				left join person p on p.id = a.person_id where a.id = ${questionVersions.reviewedBy})`
		})
		.from(questionVersions)
		.where(eq(questionVersions.questionId, questionId))
		.orderBy(desc(questionVersions.number));
}

function listSteps(db: Database, questionId: string) {
	return db
		.select({
			id: questionSteps.id,
			at: questionSteps.at,
			step: questionSteps.step,
			version: questionSteps.version,
			note: questionSteps.note,
			name: nameOf(questionSteps.accountId)
		})
		.from(questionSteps)
		.where(eq(questionSteps.questionId, questionId))
		.orderBy(desc(questionSteps.id))
		.limit(50);
}

async function getTopic(db: Database, topicId: string): Promise<string> {
	const [row] = await db
		.select({ name: questionTopics.name })
		.from(questionTopics)
		.where(eq(questionTopics.id, topicId));
	return row?.name ?? '';
}

/** What the editor of a question offers and, of an existing one, what it holds. */
export async function getQuestionForEdit(ctx: Context, questionId: string) {
	const { question, newest, mayWrite } = await getQuestion(ctx, questionId);
	if (!mayWrite) throw new DomainError('forbidden', 'identity.not_permitted');
	const citations = (await listCitations(ctx.db, [newest.id])).get(newest.id) ?? [];
	const { stem, body, explanation } = newest;
	const mediaIds = mediaIdsIn(richTextsOf(newest));
	return {
		lockVersion: question.lockVersion,
		unitId: question.unitId,
		isShared: question.isShared,
		status: question.status,
		newestState: newest.state,
		/** Addresses of the media in its texts, for the editor. */
		media: Object.fromEntries(await listAddresses(ctx.db, ctx.storage, mediaIds)),
		content: {
			...{ stem, body, explanation, difficulty: question.difficulty },
			topic: await getTopic(ctx.db, question.topicId),
			citations
		} satisfies Question,
		...(await getChoices(ctx))
	};
}

/** Units the actor writes for, topics and documents that are there already. */
export async function getChoices(ctx: Context) {
	const scope = authorise(ctx.actor, 'question:author');
	const [units, topics, documents] = await Promise.all([
		listUnits(ctx.db, scope, { day: today(ctx) }),
		listTopics(ctx.db),
		listDocumentNumbers(ctx)
	]);
	return { units: units.map(({ id, name }) => ({ id, name })), topics: topics.map(({ name }) => name), documents };
}
