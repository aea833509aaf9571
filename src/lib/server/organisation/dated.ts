import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

/** A dated row's two columns; half-open: `validTo` is the first day it no longer holds. */
export type Dated = Readonly<{ validFrom: PgColumn; validTo: PgColumn }>;

/** Condition "the row holds on that day" (`yyyy-mm-dd`). */
export function holdsOn({ validFrom, validTo }: Dated, day: string): SQL {
	return sql`${validFrom} <= ${day} and (${validTo} is null or ${validTo} > ${day})`;
}
