import { eq } from 'drizzle-orm';
import type { ManualEntries } from '#lib/reporting/report-content.ts';
import { isEditable } from '#lib/reporting/workflow.ts';
import { recordAudit } from '../audit/record.ts';
import { within, type Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { reportPlace, type ReportKey } from './access.ts';
import { ensureReport, findReport, lastForm } from './report-rows.ts';
import { liveReport } from './shown-report.ts';
import { unitReports } from './tables.ts';

/** What the page "Nhập tay" edits: what was typed, else the form of the unit's latest other report, and the made sentences. */
export async function getEntriesPage(ctx: Context, key: ReportKey) {
	const { period, unit } = await reportPlace(ctx, 'report:write', key);
	const report = await findReport(ctx.db, key);
	const made = await liveReport(ctx.db, period, unit);
	const entries: ManualEntries = report?.entries ?? { form: await lastForm(ctx.db, key) };
	return {
		...{ period, unit, entries, version: report?.version ?? 0, made: made.narrative, place: made.heading.place },
		isOpen: !period.lockedAt && isEditable(report?.state ?? 'draft')
	};
}

/**
 * Keeps what was typed into a report.
 * @param version the one the page was made from, 0 before anything was kept
 * @throws {DomainError} `conflict` `form.stale`, `reporting.period_locked`, `reporting.not_now` once it has been submitted
 */
export async function saveEntries(
	ctx: Context,
	key: ReportKey,
	{ entries, version }: { entries: ManualEntries; version: number }
): Promise<void> {
	await ctx.db.transaction(async (tx) => {
		const { period, unit } = await reportPlace(within(ctx, tx), 'report:write', key, { lock: 'share' });
		if (period.lockedAt) throw new DomainError('conflict', 'reporting.period_locked');
		const report = await ensureReport(ctx, tx, key);
		if (!isEditable(report.state)) throw new DomainError('conflict', 'reporting.not_now');
		if (report.version !== version && !(version === 0 && report.isNew)) throw new DomainError('conflict', 'form.stale');
		await tx
			.update(unitReports)
			.set({ entries, version: report.version + 1 })
			.where(eq(unitReports.id, report.id));
		await recordAudit(ctx, tx, 'unit_report.entered', {
			...{ objectId: report.id, unitId: unit.id, periodId: key.periodId },
			...{ texts: Object.keys(entries.narrative ?? {}), tables: Object.keys(entries.tables ?? {}) }
		});
	});
}
