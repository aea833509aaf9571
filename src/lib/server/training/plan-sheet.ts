import { and, eq } from 'drizzle-orm';
import { formatDay } from '#lib/i18n/format.ts';
import type { Locale } from '#lib/i18n/index.ts';
import { registerMessages } from '#lib/i18n/register.ts';
import { trainingMessages } from '#lib/i18n/training.ts';
import { authorise } from '../identity/permissions.ts';
import { inScope } from '../organisation/scope.ts';
import { units } from '../organisation/tables.ts';
import { today, type Context } from '../platform/context.ts';
import type { Sheet } from '../platform/office/sheet-files.ts';
import { listLines } from './plan-queries.ts';
import { yearlyPlans } from './register-tables.ts';

/** The plans of a year within the actor's units, one planned activity a row, with how far each has come. */
export async function planSheet(ctx: Context, year: number, locale: Locale): Promise<Sheet> {
	const [t, { plan: r, sheet }] = [trainingMessages[locale], registerMessages[locale]];
	const scope = authorise(ctx.actor, 'training:read');
	const day = today(ctx);
	const lines = await listLines(ctx.db, and(eq(yearlyPlans.year, year), inScope(units.path, scope)), day);
	const budget = (state: number | null, other: number | null) =>
		state === null && other === null ? '' : (state ?? 0) + (other ?? 0);
	return {
		title: r.sheetTitle(String(year)),
		headings: r.sheetHeadings,
		rows: lines.map((line, i) => [
			i + 1,
			line.planUnitName,
			line.title,
			t.kinds[line.kind],
			t.modes[line.mode],
			formatDay(line.plannedFrom),
			formatDay(line.plannedTo),
			line.classCount,
			line.opened,
			line.held,
			line.plannedAttendees ?? '',
			line.attended,
			budget(line.stateBudgetVnd, line.otherFundsVnd),
			line.spentVnd,
			r.states[line.state],
			line.note ?? ''
		]),
		notes: [sheet.asOf(formatDay(day))]
	};
}
