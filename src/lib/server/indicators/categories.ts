import { asc, eq } from 'drizzle-orm';
import { categories } from '../organisation/tables.ts';
import type { Database } from '../platform/database.ts';

/** A target category (nhóm đối tượng) with its names. */
export type CategoryName = Readonly<{ code: string; nameVi: string; nameEn: string }>;

/** The categories whose members are the denominator of the targets, in their order. */
export function listCategories(db: Database): Promise<CategoryName[]> {
	return db
		.select({ code: categories.code, nameVi: categories.nameVi, nameEn: categories.nameEn })
		.from(categories)
		.where(eq(categories.isTarget, true))
		.orderBy(asc(categories.position));
}
