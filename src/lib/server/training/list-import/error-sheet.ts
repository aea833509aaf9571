import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Locale } from '#lib/i18n/index.ts';
import { listsMessages } from '#lib/i18n/lists.ts';
import { recordAudit } from '../../audit/record.ts';
import { authorise } from '../../identity/permissions.ts';
import type { Context } from '../../platform/context.ts';
import type { Sheet } from '../../platform/office/sheet-files.ts';
import { listImportRows } from '../list-import-tables.ts';
import { getListImport } from './import-access.ts';

/** Lines that cannot come in as they stand. */
const REFUSED = ['unreadable', 'unit_unknown'] as const;

/**
 * The lines of a list that did not come in, with the reason of each, to be mended and brought again.
 * @throws {DomainError} `not_found` outside the actor's units
 */
export async function listErrorSheet(ctx: Context, importId: string, locale: Locale): Promise<Sheet> {
	const list = await getListImport(ctx.db, authorise(ctx.actor, 'training:manage'), importId);
	const { row, fullName, birthYear, position, unitText, state, problem } = listImportRows;
	const rows = await ctx.db
		.select({ row, fullName, birthYear, position, unitText, state, problem })
		.from(listImportRows)
		.where(and(eq(listImportRows.importId, importId), inArray(state, [...REFUSED])))
		.orderBy(asc(row));
	await recordAudit(ctx, ctx.db, 'people.exported', { list: 'list_errors', rows: rows.length, objectId: importId });
	const { page } = listsMessages[locale];
	return {
		title: page.errorsTitle,
		headings: page.errorHeadings,
		rows: rows.map((line) => [
			...[line.fullName, line.birthYear ?? '', line.position ?? '', line.unitText ?? '', line.row],
			(line.problem && page.problems[line.problem]) ?? page.states[line.state]
		]),
		notes: [list.fileName ?? '']
	};
}
