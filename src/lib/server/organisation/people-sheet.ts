import { formatDay } from '#lib/i18n/format.ts';
import type { Locale } from '#lib/i18n/index.ts';
import { organisationMessages } from '#lib/i18n/organisation.ts';
import { recordAudit } from '../audit/record.ts';
import { today, type Context } from '../platform/context.ts';
import type { Sheet } from '../platform/office/sheet-files.ts';
import { findPeople, type PeopleFilter } from './people-pages.ts';

/**
 * The roster as the filter leaves it, one row per person, for a file: without telephones and personal numbers, which a
 * list that leaves the system has no need of (Luật 91/2025/QH15). That it was taken is written down.
 */
export async function peopleSheet(ctx: Context, filter: PeopleFilter, locale: Locale): Promise<Sheet> {
	const { rows } = await findPeople(ctx, { ...filter, page: 'all' });
	await recordAudit(ctx, ctx.db, 'people.exported', { list: 'roster', rows: rows.length });
	const t = organisationMessages[locale].people;
	return {
		title: t.title,
		headings: [t.fullName, t.birth, t.position, t.unitWork, t.categories, t.account, t.training],
		rows: rows.map((row) => [
			row.fullName,
			row.birthYear ?? '',
			row.position ?? '',
			row.unitName,
			row.categories.join('; '),
			t.accountStates[row.account ?? 'none'],
			row.trained ? t.trained : t.untrained
		]),
		notes: [t.total(rows.length), formatDay(today(ctx))]
	};
}
