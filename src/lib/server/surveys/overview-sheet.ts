import { formatDay, formatPercent } from '#lib/i18n/format.ts';
import type { Locale } from '#lib/i18n/index.ts';
import { surveyMessages } from '#lib/i18n/surveys.ts';
import type { Context } from '../platform/context.ts';
import type { Sheet } from '../platform/office/sheet-files.ts';
import { getSurveyOverview } from './overview.ts';

/** "Mức độ hài lòng của học viên" of a year by class, for a file; shares from too few forms say so. @throws as getSurveyOverview */
export async function surveySheet(ctx: Context, year: number | undefined, locale: Locale): Promise<Sheet> {
	const overview = await getSurveyOverview(ctx, { year });
	const { overview: t, trainees } = surveyMessages[locale];
	return {
		title: trainees,
		headings: [t.className, t.unit, t.endedOn, t.issued, t.returned, t.rate, t.share],
		rows: overview.classes.map(({ title, unitName, endedOn, issued, returned, share }) => [
			...[title, unitName, formatDay(endedOn), issued, returned, formatPercent(returned, issued, locale)],
			share ? formatPercent(share.part, share.whole, locale) : t.hidden
		]),
		notes: [t.lead(overview.year)]
	};
}
