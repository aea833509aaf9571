import { type SQL, sql } from 'drizzle-orm';
import { authorise, can } from '../identity/permissions.ts';
import { inScope } from '../organisation/scope.ts';
import type { Context } from '../platform/context.ts';
import type { Selection } from './selection.ts';

/** Rows on one page of a list. An export takes them all. */
const PAGE_SIZE = 50;
const EXPORT_LIMIT = 200_000;

/** A page of a list; `total` counts the whole list and equals the figure that led here. */
export type Listing<Row> = Readonly<{
	selection: Selection;
	rows: readonly Row[];
	total: number;
	page: number;
	pages: number;
}>;

/**
 * Whether the actor may open the page of class `a`: figures count classes of other organisers too, whose pages belong to
 * those.
 */
export function mayOpen({ actor }: Context): SQL {
	if (!can(actor, 'training:read')) return sql`false`;
	const scope = authorise(actor, 'training:read');
	return sql`(select ${inScope(sql`o.path`, scope)} from unit o where o.id = a.organiser_unit_id)`;
}

/** The rows to read for a page, or all of them for a file. */
export function range(page: number, isExport: boolean) {
	return isExport ? { limit: EXPORT_LIMIT, offset: 0 } : { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE };
}

export function pageOf<Row>(selection: Selection, rows: readonly Row[], total: number, page: number): Listing<Row> {
	return { selection, rows, total, page, pages: Math.max(1, Math.ceil(total / PAGE_SIZE)) };
}
