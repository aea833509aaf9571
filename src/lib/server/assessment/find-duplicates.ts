import { and, desc, eq, ne, or, sql } from 'drizzle-orm';
import { plainText } from '#lib/assessment/plain-text.ts';
import { units } from '../organisation/tables.ts';
import type { Context } from '../platform/context.ts';
import { bankScope, isNewest, isReadable, type VersionRow } from './question-access.ts';
import { questions, questionVersions } from './tables.ts';

/** Share of three-letter pieces two questions must have in common to be shown as alike. */
const ALIKE = 0.6;
const MOST = 5;

/** A question that asks the same (`isSame`), or nearly. */
export type Duplicate = Readonly<{ id: string; words: string; status: string; isSame: boolean; percent: number }>;

/** Questions of the bank, as far as the actor may read it, that ask what this version asks. */
export async function findDuplicates(
	ctx: Context,
	version: Pick<VersionRow, 'searchText' | 'duplicateKey' | 'questionId'>
): Promise<Duplicate[]> {
	const likeness = sql<number>`similarity(${questionVersions.searchText}, ${version.searchText})`;
	const rows = await ctx.db
		.select({
			id: questions.id,
			stem: questionVersions.stem,
			status: questions.status,
			isSame: sql<boolean>`${questionVersions.duplicateKey} = ${version.duplicateKey}`,
			percent: sql<number>`round(${likeness} * 100)::int`
		})
		.from(questions)
		.innerJoin(units, eq(units.id, questions.unitId))
		.innerJoin(questionVersions, isNewest())
		.where(
			and(
				isReadable(bankScope(ctx.actor)),
				ne(questions.id, version.questionId),
				ne(questions.status, 'retired'),
				or(
					eq(questionVersions.duplicateKey, version.duplicateKey),
					and(sql`${questionVersions.searchText} % ${version.searchText}`, sql`${likeness} >= ${ALIKE}`)
				)
			)
		)
		.orderBy(desc(likeness))
		.limit(MOST);
	return rows.map(({ stem, ...row }) => ({ ...row, words: plainText(stem).slice(0, 200) }));
}

/** Which of these duplicate keys the bank knows already, for the preview of an import. */
export async function knownDuplicates(ctx: Context, keys: readonly string[]): Promise<Map<string, string>> {
	if (keys.length === 0) return new Map();
	const rows = await ctx.db
		.select({ key: questionVersions.duplicateKey, id: questions.id })
		.from(questions)
		.innerJoin(units, eq(units.id, questions.unitId))
		.innerJoin(questionVersions, isNewest())
		.where(
			and(
				isReadable(bankScope(ctx.actor)),
				ne(questions.status, 'retired'),
				sql`${questionVersions.duplicateKey} = any(${sql.param([...keys])}::text[])`
			)
		);
	return new Map(rows.map(({ key, id }) => [key, id]));
}
