import { indicatorsMessages } from '#lib/i18n/indicators.ts';
import { formatDay } from '#lib/i18n/format.ts';
import type { Locale } from '#lib/i18n/index.ts';
import { trainingMessages } from '#lib/i18n/training.ts';
import type { TargetsFilter } from '#lib/indicators/input.ts';
import { ruleLines } from '#lib/indicators/rule-lines.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../platform/context.ts';
import type { Sheet } from '../platform/office/sheet-files.ts';
import { listCategories } from './categories.ts';
import { listTargetActivities } from './list-activities.ts';
import { partOf } from './list-aggregates.ts';
import { listTargetPeople } from './list-people.ts';
import { listClasses, listSummoned } from './list-summoned.ts';
import type { Selection } from './selection.ts';

/** The lists that can be taken away as files. */
export const EXPORTS = ['people', 'activities', 'classes', 'summoned'] as const;
export type ExportName = (typeof EXPORTS)[number];

/**
 * The whole list behind a figure, in the order of the page. No personal numbers, phones or birth dates: what proves the
 * figure and no more (Luật 91/2025/QH15).
 * @throws as the list's own use case
 */
export async function exportSheet(
	ctx: Context,
	name: ExportName,
	filter: TargetsFilter,
	locale: Locale
): Promise<Sheet> {
	const make = { people, activities, classes, summoned }[name];
	const sheet = await make(ctx, filter, locale);
	if (name === 'people' || name === 'summoned')
		await recordAudit(ctx, ctx.db, 'people.exported', { list: name, rows: sheet.rows.length });
	return sheet;
}

async function people(ctx: Context, filter: TargetsFilter, locale: Locale): Promise<Sheet> {
	const t = indicatorsMessages[locale];
	const [list, categories] = await Promise.all([
		listTargetPeople(ctx, filter, { isExport: true }),
		listCategories(ctx.db)
	]);
	const nameOf = (code: string) => {
		const found = categories.find((category) => category.code === code);
		return (locale === 'vi' ? found?.nameVi : found?.nameEn) ?? code;
	};
	const named = list.rows.map((row) => [
		row.fullName,
		row.unitName,
		row.categories.map(nameOf).join('; '),
		1,
		row.completedOn ? formatDay(row.completedOn) : '',
		row.activityTitle ?? ''
	]);
	const numbers = list.aggregates.map((line) => [
		t.lists.aggregates,
		line.unitName,
		nameOf(line.categoryCode),
		partOf(line, filter),
		'',
		line.documents.join('; ')
	]);
	const headings = [
		t.lists.name,
		t.lists.unit,
		t.lists.categories,
		t.lists.count,
		t.lists.completedOn,
		t.lists.activity
	];
	return {
		title: t.lists.people[filter.trained ?? 'all'],
		headings,
		rows: [...named, ...numbers],
		notes: notes(list.selection, locale)
	};
}

async function activities(ctx: Context, filter: TargetsFilter, locale: Locale): Promise<Sheet> {
	const t = indicatorsMessages[locale];
	const list = await listTargetActivities(ctx, filter, { isExport: true });
	const modes: Readonly<Record<string, string>> = trainingMessages[locale].modes;
	const { lists: l } = t;
	return {
		title: l.activities[filter.mode ?? 'all'],
		headings: [
			l.activity,
			l.organiser,
			l.mode,
			l.document,
			l.time,
			l.periods,
			l.attendees,
			l.completed,
			l.evidence,
			l.notes
		],
		rows: list.rows.map((row) => [
			row.title,
			row.organiser,
			modes[row.mode] ?? row.mode,
			row.documentNo ?? row.approver ?? '',
			`${formatDay(row.startsOn)} – ${formatDay(row.endedOn)}`,
			Number(row.teachingPeriods),
			row.attendees,
			row.completed,
			row.evidenceCount,
			[row.isEarly && l.isEarly, row.hasTwin && l.hasTwin].filter(Boolean).join('; ')
		]),
		notes: notes(list.selection, locale)
	};
}

async function classes(ctx: Context, filter: TargetsFilter, locale: Locale): Promise<Sheet> {
	const { lists: l, completionNote } = indicatorsMessages[locale];
	const list = await listClasses(ctx, filter, { isExport: true });
	return {
		title: l.classes,
		headings: [l.activity, l.organiser, l.time, l.summonedCount, l.completed],
		rows: list.rows.map((row) => [row.title, row.organiser, formatDay(row.startsOn), row.whole, row.part]),
		notes: [completionNote, ...notes(list.selection, locale)]
	};
}

async function summoned(ctx: Context, filter: TargetsFilter, locale: Locale): Promise<Sheet> {
	const { lists: l, completionNote } = indicatorsMessages[locale];
	const list = await listSummoned(ctx, filter, { isExport: true });
	return {
		title: l.summoned,
		headings: [l.name, l.unit, l.activity, l.summonedOn, l.completedOn],
		rows: list.rows.map((row) => [
			row.fullName,
			row.unitName,
			row.activityTitle,
			formatDay(row.summonedOn),
			row.completedOn ? formatDay(row.completedOn) : ''
		]),
		notes: [completionNote, ...notes(list.selection, locale)]
	};
}

function notes({ unit, window, rule }: Selection, locale: Locale): string[] {
	const t = indicatorsMessages[locale];
	const place = t.lead(unit.name, formatDay(window.from), formatDay(window.to));
	return [place, ...ruleLines(rule, t, trainingMessages[locale].kinds)];
}
