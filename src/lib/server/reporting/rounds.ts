import { and, eq, inArray, sql } from 'drizzle-orm';
import type { SubmissionMark } from '#lib/reporting/report-content.ts';
import { submissionMark } from '#lib/reporting/workflow.ts';
import { recordAudit } from '../audit/record.ts';
import { accountIdOf } from '../identity/actor.ts';
import { EVERYTHING } from '../identity/permissions.ts';
import { today, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { authoriseProvince, getPeriod, listReportingUnits, type Period } from './access.ts';
import { freeze } from './freeze.ts';
import { ensureReport } from './report-rows.ts';
import { reportingPeriods, unitReports } from './tables.ts';
import { tellUnit } from './tell.ts';
import { repeatably } from './workflow.ts';

/** Where the reports of all units below the province stand, by unit id. */
export async function submissionMarks(db: Database, period: Period): Promise<Map<string, SubmissionMark>> {
	const [units, reports] = await Promise.all([
		listReportingUnits(db, EVERYTHING, period.cutOff),
		db
			.select({ unitId: unitReports.unitId, state: unitReports.state })
			.from(unitReports)
			.where(eq(unitReports.periodId, period.id))
	]);
	const states = new Map(reports.map(({ unitId, state }) => [unitId, state]));
	const below = units.filter(({ isProvince }) => !isProvince);
	return new Map(below.map(({ id }) => [id, submissionMark(states.get(id) ?? 'draft')]));
}

/**
 * Đôn đốc: reminds every unit whose report has not come. Nobody is reminded twice on one day.
 * @returns how many units were reminded
 */
export async function remindUnits(ctx: Context, periodId: string): Promise<{ reminded: number }> {
	const province = await authoriseProvince(ctx, 'report:manage');
	return ctx.db.transaction(async (tx) => {
		const period = await getOpenPeriod(tx, periodId);
		const reminded = await remindMissing(ctx, tx, period);
		await recordAudit(ctx, tx, 'reporting_period.reminded', {
			...{ objectId: periodId, unitId: province.id, reminded: reminded.length }
		});
		return { reminded: reminded.length };
	});
}

/** Reminds the units that have not sent theirs, and notes it at each. */
export async function remindMissing(ctx: Context, tx: Database, period: Period): Promise<string[]> {
	const marks = await submissionMarks(tx, period);
	const units = await listReportingUnits(tx, EVERYTHING, period.cutOff);
	const reminded: string[] = [];
	for (const unit of units) {
		const mark = marks.get(unit.id);
		if (mark !== 'not_sent' && mark !== 'returned') continue;
		if (await tellUnit(ctx, tx, 'reporting.reminder', { period, unit }, today(ctx))) reminded.push(unit.id);
	}
	if (reminded.length === 0) return reminded;
	await tx
		.insert(unitReports)
		.values(reminded.map((unitId) => ({ periodId: period.id, unitId })))
		.onConflictDoNothing();
	await tx
		.update(unitReports)
		.set({ remindedAt: ctx.now, reminderCount: sql`${unitReports.reminderCount} + 1` })
		.where(and(eq(unitReports.periodId, period.id), inArray(unitReports.unitId, reminded)));
	return reminded;
}

/**
 * Chốt số liệu: freezes the consolidated report; from then on nothing of this period changes. Units that have not sent
 * theirs are named in it.
 * @throws {DomainError} `conflict` `reporting.period_locked`
 */
export async function lockPeriod(ctx: Context, periodId: string): Promise<{ version: number }> {
	const province = await authoriseProvince(ctx, 'report:manage');
	return repeatably(ctx, async (tx) => {
		const period = await getOpenPeriod(tx, periodId);
		const report = await ensureReport(ctx, tx, { periodId, unitId: province.id });
		const frozen = await freeze(ctx, tx, {
			...{ period, unit: province, entries: report.entries },
			submissions: await submissionMarks(tx, period),
			...(period.reopenReason !== null && { reason: period.reopenReason })
		});
		await tx.update(unitReports).set({ frozenVersion: frozen.version }).where(eq(unitReports.id, report.id));
		await tx
			.update(reportingPeriods)
			.set({ lockedAt: ctx.now, lockedBy: accountIdOf(ctx.actor), version: period.version + 1 })
			.where(eq(reportingPeriods.id, periodId));
		await recordAudit(ctx, tx, 'reporting_period.locked', {
			...{ objectId: periodId, unitId: province.id, frozenVersion: frozen.version }
		});
		return { version: frozen.version };
	});
}

/** Mở lại: corrections make the next version; the locked one stays as it is. @throws {DomainError} `conflict` where it is open */
export async function reopenPeriod(ctx: Context, periodId: string, reason: string): Promise<void> {
	const province = await authoriseProvince(ctx, 'report:manage');
	await ctx.db.transaction(async (tx) => {
		const period = await getPeriod(tx, periodId, { lock: 'update' });
		if (!period.lockedAt) throw new DomainError('conflict', 'reporting.not_now');
		await tx
			.update(reportingPeriods)
			.set({ lockedAt: null, lockedBy: null, reopenReason: reason, version: period.version + 1 })
			.where(eq(reportingPeriods.id, periodId));
		await recordAudit(ctx, tx, 'reporting_period.reopened', {
			...{ objectId: periodId, unitId: province.id, reason }
		});
	});
}

/** The period, its row locked. @throws {DomainError} `conflict` `reporting.period_locked` */
export async function getOpenPeriod(tx: Database, periodId: string): Promise<Period> {
	const period = await getPeriod(tx, periodId, { lock: 'update' });
	if (period.lockedAt) throw new DomainError('conflict', 'reporting.period_locked');
	return period;
}
