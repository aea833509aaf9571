import { formatDateTime } from '#lib/i18n/format.ts';
import type { Locale } from '#lib/i18n/index.ts';
import { selfReportMessages } from '#lib/i18n/self-report.ts';
import { recordAudit } from '../../audit/record.ts';
import type { Context } from '../../platform/context.ts';
import type { Sheet } from '../../platform/office/sheet-files.ts';
import { allSelfReports, type SelfReportFilter } from './of-unit.ts';

/** Who has reported on a year, with what they did, for a file; that it was taken is written down. */
export async function selfReportSheet(ctx: Context, filter: SelfReportFilter, locale: Locale): Promise<Sheet> {
	const rows = await allSelfReports(ctx, filter);
	await recordAudit(ctx, ctx.db, 'people.exported', { list: 'self_reports', rows: rows.length });
	const t = selfReportMessages[locale];
	return {
		title: t.listTitle,
		headings: [t.person, t.unit, t.category, t.state, t.sentAt, t.activities, t.online, t.people],
		rows: rows.map((row) => [
			...[row.fullName, row.unitName, t.categories[row.isRapporteur ? 'legal_rapporteur' : 'legal_propagandist']],
			...[t.states[row.state], row.sentAt ? formatDateTime(row.sentAt) : ''],
			...[row.activities, row.online, row.people]
		]),
		notes: [t.yearOf(filter.year), t.basis]
	};
}
