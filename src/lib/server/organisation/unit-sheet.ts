import { formatDay } from '#lib/i18n/format.ts';
import type { Locale } from '#lib/i18n/index.ts';
import { organisationMessages } from '#lib/i18n/organisation.ts';
import { today, type Context } from '../platform/context.ts';
import type { Sheet } from '../platform/office/sheet-files.ts';
import { listUnitTree, type UnitNode } from './unit-pages.ts';

/** The actor's units in the order of the tree, as they stood on a day, for a file. */
export async function unitSheet(ctx: Context, day: string = today(ctx), locale: Locale): Promise<Sheet> {
	const { units: t, unitTypes } = organisationMessages[locale];
	const rows: (string | number)[][] = [];
	const walk = (node: UnitNode, parentName: string) => {
		rows.push([node.code, node.name, unitTypes[node.type], parentName, node.own, node.total]);
		for (const child of node.children) walk(child, node.name);
	};
	for (const root of await listUnitTree(ctx, day)) walk(root, '');
	return {
		title: t.title,
		headings: [t.code, t.name, t.type, t.parent, t.count, t.countWithin],
		rows,
		notes: [formatDay(day)]
	};
}
