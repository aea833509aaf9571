import { sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { trainingTopics } from './register-tables.ts';

/**
 * Topics known at delivery. `digital_skills` is what the plan counts (Kế hoạch 184/KH-UBND II.2); the others say more
 * closely what a class is about. A province renames, retires and adds its own.
 */
const TOPICS: readonly (readonly [code: string, nameVi: string, nameEn: string])[] = [
	['digital_skills', 'Kỹ năng chuyển đổi số trong công tác PBGDPL', 'Digital skills for legal dissemination'],
	['introduction', 'Nhập môn chuyển đổi số', 'Introduction to digital transformation'],
	['legal_search', 'Tra cứu Cổng Pháp luật quốc gia, pháp điển', 'Searching the national law portal'],
	['short_video', 'Kịch bản, video ngắn', 'Scripts, short videos'],
	['infographic', 'Infographic, tờ gấp số', 'Infographics, digital leaflets'],
	['audio', 'Podcast, bản tin truyền thanh', 'Podcasts, local radio'],
	['social_media', 'Zalo OA, Facebook', 'Zalo OA, Facebook'],
	['online_meetings', 'Hội nghị trực tuyến', 'Online conferences'],
	['online_contests', 'Tổ chức cuộc thi trực tuyến', 'Online contests'],
	['responsible_ai', 'AI có trách nhiệm', 'Responsible AI'],
	['security', 'An toàn thông tin', 'Information security'],
	['personal_data', 'Bảo vệ dữ liệu cá nhân', 'Personal data protection'],
	['misinformation', 'Xử lý tin giả, bình luận', 'Handling false news and comments'],
	['vulnerable_groups', 'PBGDPL cho nhóm yếu thế, dân tộc thiểu số', 'Vulnerable groups, ethnic minorities'],
	['digital_reports', 'Thống kê, báo cáo số', 'Digital statistics and reports'],
	['digital_presentation', 'Thuyết trình số', 'Digital presentation'],
	['this_system', 'Sử dụng hệ thống này', 'Using this system'],
	['other_law', 'Nội dung pháp luật khác', 'Other legal training']
];

/** Writes the topics where they are missing and leaves edited ones alone. */
export async function ensureTopics(db: Database): Promise<void> {
	await db
		.insert(trainingTopics)
		.values(TOPICS.map(([code, nameVi, nameEn], i) => ({ code, nameVi, nameEn, position: i + 1 })))
		.onConflictDoNothing();
}

/** Topics that may be chosen on a day, and those of `also`, named before they were retired; all of them without a day. */
export function listTopics(db: Database, day?: string, also: readonly string[] = []) {
	return db
		.select()
		.from(trainingTopics)
		.where(
			day
				? sql`(${trainingTopics.retiredOn} is null or ${trainingTopics.retiredOn} > ${day}
					or ${trainingTopics.code} = any(${sql.param([...also])}::text[]))`
				: undefined
		)
		.orderBy(trainingTopics.position, trainingTopics.code);
}
