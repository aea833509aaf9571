import { desc, eq } from 'drizzle-orm';
import type { QualifyingRule } from '#lib/training/qualifying.ts';
import { categories } from '../organisation/tables.ts';
import type { Database } from '../platform/database.ts';
import { countingRules } from './tables.ts';

export type CountingRule = QualifyingRule &
	Readonly<{
		hybridRule: 'strict' | 'majority_online' | 'all_hybrid';
		guidingDocument: string | null;
		attendancePercent: number;
		smallUnitActivities: number;
	}>;

/** What holds until the province decides otherwise (domain rules 1, 3, 4). */
const DEFAULT_RULE: Omit<CountingRule, 'targetCategories'> = {
	hybridRule: 'strict',
	guidingDocument: null,
	countedKinds: ['training', 'refresher'],
	countedTopics: ['digital_skills'],
	attendancePercent: 80,
	smallUnitActivities: 5
};

/** The rule in force: the newest one recorded, or the default. */
export async function currentRule(db: Database): Promise<CountingRule> {
	const [[rule], targets] = await Promise.all([
		db.select().from(countingRules).orderBy(desc(countingRules.recordedAt), desc(countingRules.id)).limit(1),
		db.select({ code: categories.code }).from(categories).where(eq(categories.isTarget, true))
	]);
	const { hybridRule, guidingDocument, countedKinds, countedTopics, attendancePercent, smallUnitActivities } =
		rule ?? DEFAULT_RULE;
	const targetCategories = targets.map(({ code }) => code);
	return {
		...{ hybridRule, guidingDocument, countedKinds, countedTopics, attendancePercent, smallUnitActivities },
		targetCategories
	};
}
