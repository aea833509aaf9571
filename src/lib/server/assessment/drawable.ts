import { and, eq, inArray, or, sql } from 'drizzle-orm';
import type { Drawable } from '#lib/assessment/draw.ts';
import type { PaperContent } from '#lib/assessment/paper.ts';
import type { Database } from '../platform/database.ts';
import { isUsable } from './question-access.ts';
import { questions, questionVersions } from './tables.ts';

/** Questions that a unit's papers may hold: its own and shared ones, with the version papers draw. */
function isOpenTo(unitId: string) {
	return or(eq(questions.unitId, unitId), eq(questions.isShared, true));
}

/** What a machine marks: random parts draw nothing else, so that nobody waits for a marker by chance. */
const isMarkedByMachine = sql`${questionVersions.type} not in ('essay', 'upload')
	and (${questionVersions.type} <> 'scenario' or not jsonb_path_exists(${questionVersions.body}, '$.parts[*].body.type ? (@ == "essay" || @ == "upload")'))`;

/** What an attempt at a paper of this unit can take: its fixed questions, and all in use under the topics it draws from. */
export async function listDrawable(db: Database, unitId: string, content: PaperContent): Promise<Drawable[]> {
	const fixed = content.flatMap((part) => (part.kind === 'fixed' ? [part.questionId] : []));
	const topics = [...new Set(content.flatMap((part) => (part.kind === 'random' ? [part.topicId] : [])))];
	const wanted = [
		...(fixed.length > 0 ? [inArray(questions.id, fixed)] : []),
		...(topics.length > 0
			? [
					and(
						inArray(questions.topicId, topics),
						inArray(questions.status, ['in_use', 'needs_review']),
						isMarkedByMachine
					)
				]
			: [])
	];
	if (wanted.length === 0) return [];
	return db
		.select({
			questionId: questions.id,
			versionId: questionVersions.id,
			topicId: questions.topicId,
			difficulty: questions.difficulty
		})
		.from(questions)
		.innerJoin(questionVersions, isUsable())
		.where(and(or(...wanted), isOpenTo(unitId)))
		.orderBy(questions.id);
}

/** How many questions can be drawn, by topic and difficulty. */
export function countPools(db: Database, unitId: string) {
	return db
		.select({ topicId: questions.topicId, difficulty: questions.difficulty, count: sql<number>`count(*)::int` })
		.from(questions)
		.innerJoin(questionVersions, isUsable())
		.where(and(inArray(questions.status, ['in_use', 'needs_review']), isOpenTo(unitId), isMarkedByMachine))
		.groupBy(questions.topicId, questions.difficulty);
}

/** Questions that can be put into a paper by hand: reviewed ones too. */
export function canBeFixed(unitId: string) {
	return and(inArray(questions.status, ['reviewed', 'in_use', 'needs_review']), isOpenTo(unitId));
}
