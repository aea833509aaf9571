import { auditActionText } from '#lib/i18n/audit-words.ts';
import { formatDateTime, formatNumber } from '#lib/i18n/format.ts';
import { identityMessages } from '#lib/i18n/identity.ts';
import type { Locale } from '#lib/i18n/index.ts';
import type { AuditFilter } from '../audit/queries.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../platform/context.ts';
import type { Sheet } from '../platform/office/sheet-files.ts';
import { listAuditEvents } from './audit-log.ts';

/** What one file holds; who needs more narrows the days. */
const ROWS = 100_000;

/** The audit log as the filter leaves it, the newest first, for a file; that it was taken stands in it, too. */
export async function auditSheet(ctx: Context, filter: AuditFilter, locale: Locale): Promise<Sheet> {
	const { rows, before } = await listAuditEvents(ctx, filter, ROWS);
	await recordAudit(ctx, ctx.db, 'audit.exported', { rows: rows.length });
	const { audit: t } = identityMessages[locale];
	const actorOf = (row: (typeof rows)[number]) =>
		row.actorKind === 'account' ? (row.actorName ?? row.actorAccountId ?? '') : t[row.actorKind];
	return {
		title: t.title,
		headings: [t.at, t.actor, t.action, t.actionCode, t.object, t.unit, t.details, t.address, t.request],
		rows: rows.map((row) => [
			formatDateTime(row.at),
			actorOf(row),
			auditActionText(row.action, locale),
			row.action,
			row.objectId ?? '',
			row.unitName ?? '',
			JSON.stringify(row.details),
			row.clientAddress ?? '',
			row.requestId
		]),
		notes: [t.lead, ...(before ? [t.onlyNewest(formatNumber(ROWS, locale))] : [])]
	};
}
