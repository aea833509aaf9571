import { formatDateTime } from '#lib/i18n/format.ts';
import type { Locale } from '#lib/i18n/index.ts';
import { sitesMessages } from '#lib/i18n/sites.ts';
import type { Context } from '../platform/context.ts';
import type { Sheet } from '../platform/office/sheet-files.ts';
import { getSitesPage } from './sites.ts';

/** The bridge sites of a class, who has sent a list and who has not, for a file. @throws as getSitesPage */
export async function siteSheet(ctx: Context, activityId: string, locale: Locale): Promise<Sheet> {
	const { activity, sites, stage, sent } = await getSitesPage(ctx, activityId, {});
	const s = sitesMessages[locale];
	const timeOf = (at: Date | null) => (at ? formatDateTime(at) : '');
	return {
		title: s.title,
		headings: [s.unit, s.state, s.sentOn, s.expected, s.listed, s.attended],
		rows: sites.map((site) => [
			...[site.unitName, s.states[site.state], timeOf(site.sentAt ?? site.nominatedAt)],
			...[site.expectedCount ?? '', site.listed, site.attended]
		]),
		notes: [activity.title, s.stages[stage], s.sentOf(String(sent), String(sites.length))]
	};
}
