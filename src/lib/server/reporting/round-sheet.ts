import { formatDateTime, formatDay } from '#lib/i18n/format.ts';
import type { Locale } from '#lib/i18n/index.ts';
import { organisationMessages } from '#lib/i18n/organisation.ts';
import { reportingMessages } from '#lib/i18n/reporting.ts';
import type { Context } from '../platform/context.ts';
import type { Sheet } from '../platform/office/sheet-files.ts';
import { getPeriodPage } from './periods.ts';

/** Which unit has sent its report of a period and which has not, for a file. @throws as getPeriodPage */
export async function roundSheet(ctx: Context, periodId: string, locale: Locale): Promise<Sheet> {
	const { period, units } = await getPeriodPage(ctx, periodId);
	const t = reportingMessages[locale];
	const { unitTypes } = organisationMessages[locale];
	return {
		title: t.unitReports,
		headings: [t.unit, t.type, t.state, t.sentAt, t.reminder],
		rows: units.map((unit) => [
			...[
				unit.name,
				unitTypes[unit.type as keyof typeof unitTypes],
				t.states[unit.state],
				unit.sentAt ? formatDateTime(unit.sentAt) : ''
			],
			unit.remindedAt ? t.remindedAt(String(unit.reminderCount), formatDateTime(unit.remindedAt)) : ''
		]),
		notes: [
			period.name,
			t.report.lead(t.period, formatDay(period.fromOn), formatDay(period.toOn), formatDay(period.cutOff))
		]
	};
}
