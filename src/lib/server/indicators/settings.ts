import { asc, desc } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { countingRules } from '../training/tables.ts';
import { targets, targetStages } from './tables.ts';

export type StageRow = typeof targetStages.$inferSelect;
export type TargetRow = typeof targets.$inferSelect;

/** The stages of the plan in the order of their days. */
export function listStages(db: Database): Promise<StageRow[]> {
	return db.select().from(targetStages).orderBy(asc(targetStages.startsOn));
}

/** All targets of all stages, people before activities. */
export function listTargets(db: Database): Promise<TargetRow[]> {
	return db.select().from(targets).orderBy(asc(targets.stageCode), desc(targets.indicator));
}

/** Id of the counting rule in force, or undefined while the default holds; an edit must name the one it saw. */
export async function currentRuleId(db: Database): Promise<string | undefined> {
	const [rule] = await db
		.select({ id: countingRules.id })
		.from(countingRules)
		.orderBy(desc(countingRules.recordedAt), desc(countingRules.id))
		.limit(1);
	return rule?.id;
}
