import type { ManualEntries, ReportContent } from '#lib/reporting/report-content.ts';
import { isEditable } from '#lib/reporting/workflow.ts';
import type { Database } from '../platform/database.ts';
import type { Period, ReportingUnit } from './access.ts';
import { assembleReport } from './assemble.ts';
import { getFrozen, type FrozenReport } from './freeze.ts';
import { findReport, type UnitReport } from './report-rows.ts';
import { submissionMarks } from './rounds.ts';

/** A report to be shown or written: live, or a frozen version. */
export type ShownReport = Readonly<{ report: UnitReport | undefined; content: ReportContent; frozen?: FrozenReport }>;

/**
 * The version asked for; without one the frozen figures where a report has left the desk of its writers, else what the
 * data say now.
 * @throws {DomainError} `not_found` for a version that is not there
 */
export async function shownReport(
	db: Database,
	period: Period,
	unit: ReportingUnit,
	version?: number
): Promise<ShownReport> {
	const key = { periodId: period.id, unitId: unit.id };
	const report = await findReport(db, key);
	const isFrozen = unit.isProvince ? period.lockedAt !== null : report !== undefined && !isEditable(report.state);
	const wanted = version ?? (isFrozen ? report?.frozenVersion : undefined);
	if (!wanted) return { report, content: await liveReport(db, period, unit, report?.entries) };
	const frozen = await getFrozen(db, key, wanted);
	return { report, content: frozen.content, frozen };
}

/** The report made from data now, with what was typed; the consolidated one says how far the units are. */
export async function liveReport(
	db: Database,
	period: Period,
	unit: ReportingUnit,
	manual?: ManualEntries
): Promise<ReportContent> {
	const submissions = unit.isProvince ? await submissionMarks(db, period) : undefined;
	return assembleReport(db, {
		...{ unitId: unit.id, period: period.name, from: period.fromOn, to: period.toOn, cutOff: period.cutOff },
		...{ ...(manual && { manual }), ...(submissions && { submissions }) }
	});
}
