import { and, desc, eq, ne } from 'drizzle-orm';
import type { ManualEntries } from '#lib/reporting/report-content.ts';
import { accountIdOf } from '../identity/actor.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import type { ReportKey } from './access.ts';
import { unitReports } from './tables.ts';

export type UnitReport = typeof unitReports.$inferSelect;

export async function findReport(db: Database, { periodId, unitId }: ReportKey): Promise<UnitReport | undefined> {
	const [report] = await db.select().from(unitReports).where(ofKey(periodId, unitId));
	return report;
}

/** The report's row, locked; made where there is none. */
export async function ensureReport(
	ctx: Context,
	tx: Database,
	{ periodId, unitId }: ReportKey
): Promise<UnitReport & { isNew: boolean }> {
	const created = await tx
		.insert(unitReports)
		.values({ periodId, unitId, recordedBy: accountIdOf(ctx.actor) })
		.onConflictDoNothing()
		.returning({ id: unitReports.id });
	const [report] = await tx.select().from(unitReports).where(ofKey(periodId, unitId)).for('update');
	if (!report) throw new Error('the report is neither new nor there');
	return { ...report, isNew: created.length > 0 };
}

/** The form of the document as the unit last set it in another period. */
export async function lastForm(db: Database, { periodId, unitId }: ReportKey): Promise<ManualEntries['form']> {
	const [last] = await db
		.select({ entries: unitReports.entries })
		.from(unitReports)
		.where(and(eq(unitReports.unitId, unitId), ne(unitReports.periodId, periodId)))
		.orderBy(desc(unitReports.recordedAt))
		.limit(1);
	return last?.entries.form;
}

const ofKey = (periodId: string, unitId: string) =>
	and(eq(unitReports.periodId, periodId), eq(unitReports.unitId, unitId));
