import { eq } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { lessonVersions, modules } from './tables.ts';

/** Whether lessons of a version have a text and an address, by lesson version. */
export async function lessonContents(
	db: Database,
	courseVersionId: string
): Promise<Map<string, { hasBody: boolean; url: string | null }>> {
	const rows = await db
		.select({ id: lessonVersions.id, body: lessonVersions.bodyHtml, url: lessonVersions.url })
		.from(lessonVersions)
		.innerJoin(modules, eq(modules.id, lessonVersions.moduleId))
		.where(eq(modules.courseVersionId, courseVersionId));
	return new Map(rows.map(({ id, body, url }) => [id, { hasBody: body !== '', url }]));
}
