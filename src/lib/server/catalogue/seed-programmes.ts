import { sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { seedId } from '../platform/seed-values.ts';
import { programmeCourses, programmes, programmeVersions } from './programme-tables.ts';

/** One standard programme of the courses that are published. */
export async function seedProgrammes(tx: Database, { unitId }: { unitId: string }): Promise<void> {
	const courses = await tx.execute<{ id: string }>(sql`select distinct c.id, c.code from course c
		join course_version v on v.course_id = c.id where v.status = 'published' order by c.code`);
	const [id, versionId] = [seedId('programme digital'), seedId('programme digital 1')];
	await tx.insert(programmes).values({ id, unitId });
	await tx.insert(programmeVersions).values({
		...{ id: versionId, programmeId: id, number: 1 },
		title: 'Chương trình bồi dưỡng kỹ năng chuyển đổi số cho báo cáo viên, tuyên truyền viên pháp luật',
		summary: 'Dùng chung trong toàn tỉnh; đơn vị mở lớp theo từng khóa học của chương trình.',
		documentNo: '45/QĐ-STP',
		documentDate: '2026-03-02'
	});
	if (courses.length === 0) return;
	await tx
		.insert(programmeCourses)
		.values(courses.map(({ id: courseId }, position) => ({ versionId, courseId, position, isRequired: position < 3 })));
}
