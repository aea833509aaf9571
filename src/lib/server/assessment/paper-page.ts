import { and, desc, eq, ilike, inArray } from 'drizzle-orm';
import { paperSize, type PaperPart } from '#lib/assessment/paper.ts';
import { plainText } from '#lib/assessment/plain-text.ts';
import type { Difficulty } from '#lib/assessment/question.ts';
import { likeContains } from '#lib/text/fold.ts';
import { authorise } from '../identity/permissions.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { listTopics } from './citations.ts';
import { canBeFixed, countPools } from './drawable.ts';
import { getPaper } from './papers.ts';
import { isUsable } from './question-access.ts';
import { questions, questionTopics, questionVersions } from './tables.ts';

/** An entry of a paper as its builder lists it. */
export type ShownPart =
	| Readonly<{ kind: 'section'; title: string }>
	| Readonly<{ kind: 'fixed'; words: string; topic: string; difficulty: Difficulty; marks: number; questionId: string }>
	| Readonly<{
			kind: 'random';
			topic: string;
			difficulty: Difficulty | null;
			count: number;
			marks: number;
			/** Questions of the bank that it can draw from now. */
			available: number;
	  }>;

/** All that the builder of a paper shows; the caller has authorised for the paper. */
export async function getPaperForAuthor(ctx: Context, paperId: string, search: string) {
	authorise(ctx.actor, 'question:author');
	const paper = await getPaper(ctx.db, paperId);
	const [topics, pools, fixed, found] = await Promise.all([
		listTopics(ctx.db),
		countPools(ctx.db, paper.unitId),
		listFixed(
			ctx.db,
			paper.content.flatMap((part) => (part.kind === 'fixed' ? [part.questionId] : []))
		),
		search === '' ? [] : findQuestions(ctx.db, paper.unitId, search)
	]);
	const names = new Map(topics.map(({ id, name }) => [id, name]));
	const available = (topicId: string, difficulty: Difficulty | null) =>
		pools
			.filter((pool) => pool.topicId === topicId && (difficulty === null || pool.difficulty === difficulty))
			.reduce((sum, { count }) => sum + count, 0);
	const show = (part: PaperPart): ShownPart => {
		if (part.kind === 'section') return part;
		const { marks } = part;
		if (part.kind === 'random') {
			const { topicId, difficulty, count } = part;
			const topic = names.get(topicId) ?? '';
			return { kind: 'random', topic, difficulty, count, marks, available: available(topicId, difficulty) };
		}
		const question = fixed.get(part.questionId);
		const { words = '', topic = '', difficulty = 'medium' } = question ?? {};
		return { kind: 'fixed', questionId: part.questionId, words, topic, difficulty, marks };
	};
	const held = new Set(fixed.keys());
	return {
		...{ title: paper.title, lockVersion: paper.lockVersion, settings: paper.settings },
		parts: paper.content.map(show),
		size: paperSize(paper.content),
		pools: topics.map(({ id, name }) => ({ id, name, count: available(id, null) })).filter(({ count }) => count > 0),
		found: found.filter(({ id }) => !held.has(id))
	};
}

async function listFixed(db: Database, ids: readonly string[]) {
	if (ids.length === 0) return new Map<string, Found>();
	const rows = await listWhere(db).where(inArray(questions.id, [...ids]));
	return new Map(rows.map((row) => [row.id, toFound(row)]));
}

/** Most lines of a search. */
const MOST_FOUND = 20;

async function findQuestions(db: Database, unitId: string, search: string): Promise<Found[]> {
	const rows = await listWhere(db)
		.where(and(canBeFixed(unitId), ilike(questionVersions.searchText, likeContains(search))))
		.orderBy(desc(questionVersions.savedAt), questions.id)
		.limit(MOST_FOUND);
	return rows.map(toFound);
}

type Found = Readonly<{ id: string; words: string; topic: string; difficulty: Difficulty }>;

function listWhere(db: Database) {
	return db
		.select({
			id: questions.id,
			stem: questionVersions.stem,
			topic: questionTopics.name,
			difficulty: questions.difficulty
		})
		.from(questions)
		.innerJoin(questionVersions, isUsable())
		.innerJoin(questionTopics, eq(questionTopics.id, questions.topicId))
		.$dynamic();
}

function toFound({ stem, ...row }: { id: string; stem: string; topic: string; difficulty: Difficulty }): Found {
	const words = plainText(stem);
	return { ...row, words: words.length <= 200 ? words : `${words.slice(0, 200)} …` };
}
