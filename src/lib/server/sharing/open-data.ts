import { readTargetsFilter } from '#lib/indicators/input.ts';
import { formatPercent } from '#lib/i18n/format.ts';
import { sharingMessages } from '#lib/i18n/sharing.ts';
import { getTargetsPage } from '../indicators/service.ts';
import { SYSTEM_ACTOR } from '../identity/actor.ts';
import type { Context } from '../platform/context.ts';
import type { Sheet } from '../platform/office/sheet-files.ts';
import { mustBePublic } from './publish.ts';

/**
 * The two shares of the province and of the units right below it as of today: figures only, no people, no classes. A unit
 * with few activities is shown by its numbers without a percentage, as on the targets page.
 * @throws {DomainError} `not_found` where the province has not switched them on
 */
export async function openFigures(ctx: Context): Promise<Sheet> {
	await mustBePublic(ctx.db, 'figures');
	const page = await getTargetsPage({ ...ctx, actor: SYSTEM_ACTOR }, readTargetsFilter(new URLSearchParams()));
	const { selection } = page;
	const t = sharingMessages.vi.openData;
	const least = selection.rule.smallUnitActivities;
	const percent = ({ part, whole }: { part: number; whole: number }, isSmall = false) =>
		whole === 0 ? t.nothing : isSmall ? '' : formatPercent(part, whole);
	const row = (
		code: string,
		name: string,
		trained: typeof page.trained.share,
		online: typeof trained,
		isSmall = false
	) => [
		...[code, name, selection.window.to, trained.part, trained.whole, percent(trained)],
		...[online.part, online.whole, percent(online, isSmall)]
	];
	return {
		title: t.title,
		headings: t.headings,
		rows: [
			row(selection.unit.code, selection.unit.name, page.trained.share, page.online.share),
			...page.units
				.filter(({ isDirect }) => !isDirect)
				.map(({ code, name, trained, online }) => row(code, name, trained, online, online.whole < least))
		],
		notes: []
	};
}
