import type { Database } from '../platform/database.ts';
import { targets, targetStages } from './tables.ts';

const STAGES: readonly (typeof targetStages.$inferInsert)[] = [
	{ code: '2025-2027', startsOn: '2025-01-01', endsOn: '2027-12-31', position: 1 },
	{ code: '2028-2030', startsOn: '2028-01-01', endsOn: '2030-12-31', position: 2 }
];

const STAFF =
	'cán bộ, công chức, viên chức, chiến sĩ lực lượng vũ trang nhân dân tham mưu thực hiện công tác PBGDPL, báo cáo viên pháp luật, tuyên truyền viên pháp luật được tập huấn kiến thức và kỹ năng chuyển đổi số trong công tác PBGDPL';
const ONLINE = 'hoạt động tập huấn được thực hiện bằng hình thức trực tuyến';
/** The plan whose wording stands above; a province puts its own plan's number in the settings. */
const PLAN = '184/KH-UBND ngày 27/12/2025';

/** Nguyên văn mục II.2 a) và b), Kế hoạch 184/KH-UBND: "trên" is strict, "100%" can only be reached. */
const TARGETS: readonly (typeof targets.$inferInsert)[] = [
	{
		...{ stageCode: '2025-2027', indicator: 'trained_share', comparison: 'above', percent: 80, planNo: PLAN },
		wording: `trên 80% ${STAFF}`
	},
	{
		...{ stageCode: '2025-2027', indicator: 'online_share', comparison: 'above', percent: 75, planNo: PLAN },
		wording: `trên 75% ${ONLINE}`
	},
	{
		...{ stageCode: '2028-2030', indicator: 'trained_share', comparison: 'at_least', percent: 100, planNo: PLAN },
		wording: `100% ${STAFF}`
	},
	{
		...{ stageCode: '2028-2030', indicator: 'online_share', comparison: 'above', percent: 90, planNo: PLAN },
		wording: `trên 90% ${ONLINE}`
	}
];

/**
 * Writes the two stages and four targets where they are missing and leaves edited ones alone. The strict counting rule
 * needs no row: it holds until the province records another one (training/counting-rule.ts).
 */
export async function ensureTargets(db: Database): Promise<void> {
	await db
		.insert(targetStages)
		.values([...STAGES])
		.onConflictDoNothing();
	await db
		.insert(targets)
		.values([...TARGETS])
		.onConflictDoNothing();
}
