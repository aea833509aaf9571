import { randomInt } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { gradeOf, percentOf } from '#lib/assessment/attempt-rules.ts';
import type { PaperSettings } from '#lib/assessment/paper.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { attempts, papers, sittings } from './paper-tables.ts';

type SittingRow = typeof sittings.$inferSelect;
export type PaperRow = typeof papers.$inferSelect;
export type AttemptRow = typeof attempts.$inferSelect;

/** A sitting with its paper and its attempts in order. */
export type Sitting = Readonly<{ sitting: SittingRow; paper: PaperRow; attempts: readonly AttemptRow[] }>;

/** Makes a person's sitting of a paper; the caller has authorised, sees to it that there is one, and keeps the id. */
export async function openSitting(
	tx: Database,
	facts: Readonly<{ paperId: string; personId: string; unitId: string }>
): Promise<string> {
	const [made] = await tx.insert(sittings).values(facts).returning({ id: sittings.id });
	return made!.id;
}

/** @throws {DomainError} `not_found` */
export async function getSitting(db: Database, sittingId: string): Promise<Sitting> {
	return complete(
		db,
		await db
			.select(columns)
			.from(sittings)
			.innerJoin(papers, eq(papers.id, sittings.paperId))
			.where(eq(sittings.id, sittingId))
	);
}

/** The same, held until the transaction ends: all that changes attempts begins here. */
export async function lockSitting(tx: Database, sittingId: string): Promise<Sitting> {
	const found = await tx
		.select(columns)
		.from(sittings)
		.innerJoin(papers, eq(papers.id, sittings.paperId))
		.where(eq(sittings.id, sittingId))
		.for('update', { of: sittings });
	return complete(tx, found);
}

const columns = { sitting: sittings, paper: papers };

async function complete(db: Database, [found]: readonly { sitting: SittingRow; paper: PaperRow }[]): Promise<Sitting> {
	if (!found) throw new DomainError('not_found', 'assessment.no_such_attempt');
	const rows = await db
		.select()
		.from(attempts)
		.where(eq(attempts.sittingId, found.sitting.id))
		.orderBy(attempts.number);
	return { sitting: found.sitting, paper: { ...found.paper, settings: withExtra(found) }, attempts: rows };
}

/** The rules as they hold for this person. */
function withExtra({ sitting, paper }: { sitting: SittingRow; paper: PaperRow }): PaperSettings {
	const { timeLimitMin, attemptLimit, closesAt } = paper.settings;
	const { extraMin, extraAttempts } = sitting;
	return {
		...paper.settings,
		timeLimitMin: timeLimitMin === null ? null : timeLimitMin + extraMin,
		attemptLimit: attemptLimit === null ? null : attemptLimit + extraAttempts,
		closesAt: closesAt === null ? null : new Date(Date.parse(closesAt) + extraMin * 60_000).toISOString()
	};
}

/** Marks of an attempt as percent; null while it is open or waits for somebody to mark it. */
export function percentOfAttempt({ score, maxMarks, submittedAt }: AttemptRow): number | null {
	return score === null || submittedAt === null ? null : percentOf(score, maxMarks);
}

/** What a sitting has come to. */
export type Standing = Readonly<{ sittingId: string; percent: number | null; isPassed: boolean }>;

/** Works the grade out anew from the attempts, in the caller's transaction, which holds the sitting. */
export async function settleSitting(ctx: Context, tx: Database, sittingId: string): Promise<Standing> {
	const { paper, attempts: all } = await getSitting(tx, sittingId);
	const percents = all.map(percentOfAttempt).filter((percent) => percent !== null);
	const percent = gradeOf(percents, paper.settings.gradeOf);
	const isPassed = percent !== null && percent >= paper.settings.passPercent;
	await tx
		.update(sittings)
		.set({ gradePercent: percent, isPassed, gradedAt: percent === null ? null : ctx.now })
		.where(eq(sittings.id, sittingId));
	return { sittingId, percent, isPassed };
}

/** Condition: the sitting is this person's, under whichever of the rows merged into one. `paper_sitting` is joined as `s`. */
export const isOfPerson = (personId: string) => sql`exists (
	select 1 from person p, person me where p.id = s.person_id and me.id = ${personId}
		and coalesce(p.canonical_id, p.id) = coalesce(me.canonical_id, me.id))`;

/** Chance of cryptographic quality, 0 to below 1. */
export const randomShare = (): number => randomInt(2 ** 47) / 2 ** 47;
