import { formatDay } from '#lib/i18n/format.ts';
import type { Locale } from '#lib/i18n/index.ts';
import { registerMessages } from '#lib/i18n/register.ts';
import { trainingMessages } from '#lib/i18n/training.ts';
import type { ClassFilter } from '#lib/training/register-filter.ts';
import { listLegalFields } from '../organisation/reference-data.ts';
import { today, type Context } from '../platform/context.ts';
import type { Sheet } from '../platform/office/sheet-files.ts';
import { listAllClasses, type ListedClass } from './class-list.ts';
import { listTopics } from './reference-data.ts';

/** Names of topics and legal fields by code, in one language; a code without a row names itself. */
type TopicNames = Readonly<{ topic(code: string): string; field(code: string): string }>;

/** @param locale whose names */
async function topicNames(ctx: Context, locale: Locale): Promise<TopicNames> {
	const [topics, fields] = await Promise.all([listTopics(ctx.db), listLegalFields(ctx.db)]);
	const names = (rows: readonly { code: string; nameVi: string; nameEn: string }[]) => {
		const byCode = new Map(rows.map((row) => [row.code, locale === 'vi' ? row.nameVi : row.nameEn]));
		return (code: string) => byCode.get(code) ?? code;
	};
	return { topic: names(topics), field: names(fields) };
}

/** The register as the filter leaves it, one row per class, for a file. @throws as listClasses */
export async function registerSheet(ctx: Context, filter: ClassFilter, locale: Locale): Promise<Sheet> {
	const r = registerMessages[locale];
	const [rows, names] = await Promise.all([listAllClasses(ctx, filter), topicNames(ctx, locale)]);
	return {
		title: r.sheet.title,
		headings: r.sheet.headings,
		rows: rows.map((row, i) => [i + 1, ...cellsOf(row, names, locale)]),
		notes: [r.sheet.asOf(formatDay(today(ctx))), r.sheet.count(String(rows.length))]
	};
}

function cellsOf(row: ListedClass, names: TopicNames, locale: Locale): (string | number)[] {
	const t = trainingMessages[locale];
	return [
		row.title,
		t.kinds[row.kind],
		row.documentNo ?? row.approver ?? '',
		row.documentDate ? formatDay(row.documentDate) : '',
		row.organiserName,
		row.coOrganisers.join('; '),
		row.topics.map(names.topic).join('; '),
		row.legalFields.map(names.field).join('; '),
		t.modes[row.mode],
		formatDay(row.startsOn),
		formatDay(row.endedOn ?? row.dueOn),
		row.teachingPeriods,
		row.place ?? '',
		row.lecturers ?? '',
		t.statuses[row.status],
		row.summoned,
		row.attended,
		row.completed + row.aggregateCompleted,
		row.stateBudgetVnd ?? '',
		row.otherFundsVnd ?? '',
		row.evidenceCount
	];
}
