import { sql } from 'drizzle-orm';
import { analyseItems, analysePaper, remarksOn, type Sheet } from '#lib/assessment/analysis.ts';
import type { Answer } from '#lib/assessment/answer.ts';
import { plainText } from '#lib/assessment/plain-text.ts';
import type { AtomicBody, QuestionBody } from '#lib/assessment/question.ts';
import { authorise } from '../identity/permissions.ts';
import type { Context } from '../platform/context.ts';
import { getPaper } from './papers.ts';
import { atomicBody } from './show-item.ts';

type Row = {
	attempt_id: string;
	question_id: string;
	part_id: string | null;
	stem: string;
	body: QuestionBody;
	marks: number;
	share: number;
	answer: Answer | null;
	seconds: number | null;
};

/** More attempts are not looked at: the newest tell enough. */
const MOST_ATTEMPTS = 5000;
/** A pause this long was not spent on the question, seconds. */
const LONGEST_S = 3600;

/**
 * What the first attempts of everybody tell about a paper and its questions; no names in it. The caller has authorised for
 * what shows the paper.
 */
export async function getAnalysis(ctx: Context, paperId: string) {
	authorise(ctx.actor, 'question:author');
	const paper = await getPaper(ctx.db, paperId);
	const rows = await readResponses(ctx, paperId);
	const sheets = new Map<string, Row[]>();
	for (const row of rows) sheets.set(row.attempt_id, [...(sheets.get(row.attempt_id) ?? []), row]);
	const list: Sheet[] = [...sheets.values()].map((sheet) =>
		sheet.map((row) => ({
			...{ key: keyOf(row), marks: row.marks, share: row.share },
			chosen: chosenIn(row.answer),
			seconds: row.seconds !== null && row.seconds <= LONGEST_S ? row.seconds : null
		}))
	);
	const known = new Map(rows.map((row) => [keyOf(row), row]));
	const items = analyseItems(list).map((item) => {
		const { question_id: questionId, part_id, stem, body } = known.get(item.key)!;
		const asked = body.type === 'scenario' ? (body.parts.find(({ id }) => id === part_id)?.stem ?? '') : stem;
		const options = optionsOf(atomicBody(body, part_id));
		return {
			...item,
			questionId,
			words: shorten(plainText(asked)),
			options: withCounts(options, item),
			remarks: remarksOn(item, options)
		};
	});
	return { title: paper.title, paper: analysePaper(list), items };
}

const keyOf = ({ question_id, part_id }: Row) => (part_id ? `${question_id}/${part_id}` : question_id);

/** First attempts that were handed in and marked; seconds are those since the answer before was saved. */
async function readResponses(ctx: Context, paperId: string): Promise<Row[]> {
	return ctx.db.execute<Row>(sql`
		with first as (
			select distinct on (a.sitting_id) a.id, a.started_at from attempt a join paper_sitting s on s.id = a.sitting_id
			where s.paper_id = ${paperId} and a.score is not null and a.submitted_at is not null
			order by a.sitting_id, a.number limit ${MOST_ATTEMPTS}
		)
		select i.attempt_id, v.question_id, i.part_id, v.stem, v.body, i.marks, i.share, i.answer,
			extract(epoch from i.saved_at - coalesce(lag(i.saved_at) over (partition by i.attempt_id order by i.saved_at), first.started_at))::float8 as seconds
		from first join attempt_item i on i.attempt_id = first.id join question_version v on v.id = i.version_id
		where i.share is not null order by i.attempt_id, i.position`);
}

function chosenIn(answer: Answer | null): readonly string[] {
	if (typeof answer === 'string') return [answer];
	if (typeof answer === 'boolean') return [String(answer)];
	return Array.isArray(answer) ? answer : [];
}

/** What could be chosen, with its words. */
type Choice = Readonly<{ id: string; isRight: boolean; words: string }>;

function optionsOf(body: AtomicBody | undefined): Choice[] {
	if (body?.type !== 'single' && body?.type !== 'multiple') return [];
	return body.options.map(({ id, html, credit }) => ({ id, isRight: credit > 0, words: shorten(plainText(html)) }));
}

function withCounts(options: readonly Choice[], { options: counts }: ReturnType<typeof analyseItems>[number]) {
	return options.map((option) => {
		const { all = 0, upper = 0, lower = 0 } = counts.find(({ id }) => id === option.id) ?? {};
		return { ...option, all, upper, lower };
	});
}

function shorten(words: string): string {
	return words.length <= 160 ? words : `${words.slice(0, 160)} …`;
}
