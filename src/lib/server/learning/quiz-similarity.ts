import { sql } from 'drizzle-orm';
import { errorSimilarity, LEAST_SAME, matchChance, MOST_CHANCE } from '#lib/assessment/similarity.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../platform/context.ts';
import { getClassQuiz } from './quiz-board.ts';

/** Two people of one unit whose wrong answers are more alike than chance explains. */
export type AlikePair = Readonly<{
	unit: string;
	names: readonly [string, string];
	participationIds: readonly [string, string];
	/** Questions both got wrong, and those of them with the same wrong answer. */
	bothWrong: number;
	same: number;
	/** Identical wrong answers that chance would bring. */
	expected: number;
}>;

type Line = {
	a: string;
	b: string;
	name_a: string;
	name_b: string;
	unit: string;
	same: number;
	wrong: string[];
};

/** Most pairs that are worked through, those with the most identical wrong answers. */
const MOST_PAIRS = 200;

/**
 * Pairs of people within one unit of a class with many identical wrong answers in their last attempts; only of papers that
 * say so, since it is sensitive. Looking is recorded. Information, never a verdict.
 * @throws {DomainError} `not_found` outside the actor's classes
 */
export async function listAlikePairs(ctx: Context, activityId: string, lessonId: string) {
	const { title, paper } = await getClassQuiz(ctx, 'quiz:invigilate', activityId, lessonId);
	const facts = { title, paperTitle: paper.title };
	if (!paper.settings.keepsSteps) return { ...facts, isCompared: false, pairs: [] };
	const wrong = wrongAnswers(activityId, lessonId);
	const counts = await ctx.db.execute<{ question: string; counts: number[] }>(sql`
		select question, array_agg(count) as counts from (
			select question, answer, count(*)::int as count from (${wrong}) w group by question, answer) each
		group by question`);
	const chances = new Map(counts.map(({ question, counts: each }) => [question, matchChance(each)]));
	const pairs = await ctx.db.execute<Line>(sql`
		with wrong as materialized (${wrong}), alike as (
			select a.participation_id as a, b.participation_id as b, count(*)::int as same
			from wrong a join wrong b on b.unit_id = a.unit_id and b.question = a.question and b.answer = a.answer
				and b.participation_id > a.participation_id
			group by 1, 2 having count(*) >= ${LEAST_SAME} order by 3 desc, 1, 2 limit ${MOST_PAIRS}
		)
		select alike.a, alike.b, alike.same, pa.full_name as name_a, pb.full_name as name_b,
			(select v.name from unit_version v where v.unit_id = x.unit_id_then order by v.valid_from desc limit 1) as unit,
			(select array_agg(wa.question) from wrong wa join wrong wb on wb.question = wa.question
				where wa.participation_id = alike.a and wb.participation_id = alike.b) as wrong
		from alike join participation x on x.id = alike.a join participation y on y.id = alike.b
		join person pa on pa.id = x.person_id join person pb on pb.id = y.person_id`);
	await recordAudit(ctx, ctx.db, 'quiz.similarity_viewed', { objectId: activityId, lessonId, rows: pairs.length });
	return {
		...{ ...facts, isCompared: true },
		pairs: pairs
			.flatMap((line) => toPair(line, chances))
			.toSorted((a, b) => b.same - b.expected - (a.same - a.expected))
	};
}

/** What was answered wrongly in each person's last attempt that was handed in; what people mark is left out. */
const wrongAnswers = (activityId: string, lessonId: string) => sql`
	select last.participation_id, last.unit_id, i.version_id || coalesce('/' || i.part_id, '') as question, i.answer
	from (
		select distinct on (p.id) p.id as participation_id, p.unit_id_then as unit_id, a.id as attempt_id
		from participation p join lesson_quiz q on q.participation_id = p.id and q.lesson_id = ${lessonId}
		join attempt a on a.sitting_id = q.sitting_id and a.submitted_at is not null
		where p.activity_id = ${activityId} and p.voided_at is null order by p.id, a.number desc
	) last
	join attempt_item i on i.attempt_id = last.attempt_id
	where i.share < 1 and i.answer is not null and i.rubric_points is null`;

function toPair(line: Line, chances: ReadonlyMap<string, number>): AlikePair[] {
	const { expected, chance } = errorSimilarity(
		line.same,
		line.wrong.map((question) => chances.get(question) ?? 0)
	);
	if (chance > MOST_CHANCE) return [];
	return [
		{
			unit: line.unit,
			names: [line.name_a, line.name_b],
			participationIds: [line.a, line.b],
			...{ bothWrong: line.wrong.length, same: line.same, expected }
		}
	];
}
