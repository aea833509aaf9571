import { and, desc, eq, ilike, sql, type SQL } from 'drizzle-orm';
import type { QuestionFilter } from '#lib/assessment/input.ts';
import { plainText } from '#lib/assessment/plain-text.ts';
import { likeContains } from '#lib/text/fold.ts';
import { units } from '../organisation/tables.ts';
import type { Context } from '../platform/context.ts';
import { bankScope, isNewest, isReadable } from './question-access.ts';
import { questions, questionTopics, questionVersions } from './tables.ts';

const PER_PAGE = 50;
/** Words of a stem that a list shows. */
const SHOWN_LENGTH = 220;

const columns = {
	id: questions.id,
	stem: questionVersions.stem,
	type: questionVersions.type,
	version: questionVersions.number,
	state: questionVersions.state,
	savedAt: questionVersions.savedAt,
	topic: questionTopics.name,
	difficulty: questions.difficulty,
	status: questions.status,
	flagReason: questions.flagReason,
	isShared: questions.isShared
};

/** The bank as the actor may read it, narrowed by a filter; what was changed last comes first. */
export async function listQuestions(ctx: Context, filter: QuestionFilter) {
	const where = and(isReadable(bankScope(ctx.actor)), ...questionConditions(filter));
	const joined = () =>
		ctx.db
			.select({ count: sql<number>`count(*)::int` })
			.from(questions)
			.innerJoin(units, eq(units.id, questions.unitId))
			.innerJoin(questionVersions, isNewest())
			.where(where);
	const rows = await ctx.db
		.select(columns)
		.from(questions)
		.innerJoin(units, eq(units.id, questions.unitId))
		.innerJoin(questionTopics, eq(questionTopics.id, questions.topicId))
		.innerJoin(questionVersions, isNewest())
		.where(where)
		.orderBy(desc(questionVersions.savedAt), questions.id)
		.limit(PER_PAGE)
		.offset((filter.page - 1) * PER_PAGE);
	const [total] = await joined();
	return {
		rows: rows.map(({ stem, ...row }) => ({ ...row, words: shorten(plainText(stem)) })),
		count: total?.count ?? 0,
		pageCount: Math.max(1, Math.ceil((total?.count ?? 0) / PER_PAGE))
	};
}

/** How many questions stand where, for the tabs above the list. */
/** @public */
export async function countByStatus(ctx: Context): Promise<Record<string, number>> {
	const rows = await ctx.db
		.select({ status: questions.status, state: questionVersions.state, count: sql<number>`count(*)::int` })
		.from(questions)
		.innerJoin(units, eq(units.id, questions.unitId))
		.innerJoin(questionVersions, isNewest())
		.where(isReadable(bankScope(ctx.actor)))
		.groupBy(questions.status, questionVersions.state);
	const counts: Record<string, number> = {};
	for (const { status, state, count } of rows) {
		counts[status] = (counts[status] ?? 0) + count;
		if (state === 'submitted' && status !== 'retired') counts.submitted = (counts.submitted ?? 0) + count;
	}
	return counts;
}

/** What of the bank a filter leaves; `questionVersions` is the newest version, joined. */
export function questionConditions({
	q,
	topic,
	document,
	difficulty,
	type,
	status
}: QuestionFilter): (SQL | undefined)[] {
	return [
		q ? ilike(questionVersions.searchText, likeContains(q)) : undefined,
		topic ? eq(questions.topicId, topic) : undefined,
		difficulty ? eq(questions.difficulty, difficulty) : undefined,
		type ? eq(questionVersions.type, type) : undefined,
		document
			? sql`exists (select 1 from question_citation c where c.version_id = ${questionVersions.id} and c.document_id = ${document})`
			: undefined,
		statusCondition(status)
	];
}

function statusCondition(status: QuestionFilter['status']): SQL | undefined {
	if (status === 'submitted')
		return and(eq(questionVersions.state, 'submitted'), sql`${questions.status} <> 'retired'`);
	if (status === 'doubled')
		return sql`${questions.status} <> 'retired' and exists (select 1 from question_version v join question q
			on q.id = v.question_id and q.newest_version = v.number
			where v.duplicate_key = ${questionVersions.duplicateKey} and v.question_id <> ${questions.id} and q.status <> 'retired')`;
	// Retired questions are asked for by name.
	return status ? eq(questions.status, status) : sql`${questions.status} <> 'retired'`;
}

function shorten(words: string): string {
	return words.length <= SHOWN_LENGTH ? words : `${words.slice(0, SHOWN_LENGTH).replace(/\s\S*$/, '')} …`;
}
