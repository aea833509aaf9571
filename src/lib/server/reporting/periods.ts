import { and, desc, eq, isNull } from 'drizzle-orm';
import type { EditPeriodInput, OpenPeriodInput } from '#lib/reporting/input.ts';
import { periodDays } from '#lib/reporting/period-days.ts';
import { recordAudit } from '../audit/record.ts';
import { accountIdOf } from '../identity/actor.ts';
import { authorise, EVERYTHING } from '../identity/permissions.ts';
import { listStages } from '../indicators/settings.ts';
import { today, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError, sqlState } from '../platform/errors.ts';
import { authoriseProvince, getPeriod, listReportingUnits, may } from './access.ts';
import { getOpenPeriod } from './rounds.ts';
import { reportingPeriods, reportSnapshots, unitReports } from './tables.ts';
import { tellUnit } from './tell.ts';

/** The rounds of reports, the newest first, with the units of the actor that report in them. */
export async function listPeriods(ctx: Context) {
	const scope = authorise(ctx.actor, 'report:read');
	const periods = await ctx.db
		.select()
		.from(reportingPeriods)
		.where(isNull(reportingPeriods.voidedAt))
		.orderBy(desc(reportingPeriods.toOn), desc(reportingPeriods.recordedAt));
	const units = await listReportingUnits(ctx.db, scope, '9999-12-31');
	const province = units.find(({ isProvince }) => isProvince);
	return {
		periods,
		/** Whoever has one unit only goes straight to its report. */
		onlyUnitId: units.length === 1 ? units[0]?.id : undefined,
		mayManage: province !== undefined && may(ctx, 'report:manage', province.path)
	};
}

/** A round with the units of the actor that report in it, and how far each is. */
export async function getPeriodPage(ctx: Context, periodId: string) {
	const scope = authorise(ctx.actor, 'report:read');
	const period = await getPeriod(ctx.db, periodId);
	const [all, reports] = await Promise.all([
		listReportingUnits(ctx.db, scope, period.cutOff),
		ctx.db.select(STANDING).from(unitReports).where(eq(unitReports.periodId, periodId))
	]);
	const province = all.find(({ isProvince }) => isProvince);
	const units = all
		.filter(({ isProvince }) => !isProvince)
		.map((unit) => ({ ...unit, ...(reports.find(({ unitId }) => unitId === unit.id) ?? NOT_BEGUN) }));
	return {
		...{ period, province, units },
		isOverdue: period.dueOn < today(ctx),
		mayManage: province !== undefined && may(ctx, 'report:manage', province.path)
	};
}

const STANDING = {
	unitId: unitReports.unitId,
	state: unitReports.state,
	sentAt: unitReports.sentAt,
	remindedAt: unitReports.remindedAt,
	reminderCount: unitReports.reminderCount
};
const NOT_BEGUN = { state: 'draft', sentAt: null, remindedAt: null, reminderCount: 0 } as const;

/** What the page "Mở kỳ báo cáo" offers. */
export async function periodChoices(ctx: Context) {
	await authoriseProvince(ctx, 'report:manage');
	return { stages: (await listStages(ctx.db)).map(({ code }) => code) };
}

/**
 * Begins a round of reports.
 * @throws {DomainError} `forbidden`; `conflict` `reporting.period_exists` for a name that stands; `invalid` for a stage the
 * plan has not, or a cut-off before the first day
 */
export async function openPeriod(ctx: Context, input: OpenPeriodInput): Promise<{ periodId: string }> {
	const province = await authoriseProvince(ctx, 'report:manage');
	const days = periodDays(input, await listStages(ctx.db));
	if (!days) throw new DomainError('invalid', 'reporting.no_stage');
	const cutOff = input.cutOff ?? days.toOn;
	if (cutOff < days.fromOn) throw new DomainError('invalid', 'reporting.cut_off_early');
	return ctx.db.transaction(async (tx) => {
		const values = { ...days, cutOff, kind: input.kind, dueOn: input.dueOn };
		const [created] = await tx
			.insert(reportingPeriods)
			.values({ ...values, recordedBy: accountIdOf(ctx.actor) })
			.onConflictDoNothing()
			.returning({ id: reportingPeriods.id });
		if (!created) throw new DomainError('conflict', 'reporting.period_exists', { name: days.name });
		await recordAudit(ctx, tx, 'reporting_period.opened', { objectId: created.id, unitId: province.id, ...values });
		const period = await getPeriod(tx, created.id);
		for (const unit of await listReportingUnits(tx, EVERYTHING, cutOff)) {
			if (!unit.isProvince) await tellUnit(ctx, tx, 'reporting.opened', { period, unit }, 'opened');
		}
		return { periodId: created.id };
	});
}

/** What the page that edits a period shows. */
export async function getPeriodToEdit(ctx: Context, periodId: string) {
	await authoriseProvince(ctx, 'report:manage');
	return { period: await getPeriod(ctx.db, periodId) };
}

/** @throws {DomainError} `conflict` `form.stale`, `reporting.period_exists`, `reporting.period_locked`, `reporting.already_sent`; `invalid` for a cut-off before the first day */
export async function editPeriod(ctx: Context, periodId: string, input: EditPeriodInput): Promise<void> {
	const province = await authoriseProvince(ctx, 'report:manage');
	const { version, ...values } = input;
	await ctx.db.transaction(async (tx) => {
		const before = await getOpenPeriod(tx, periodId);
		if (values.cutOff !== before.cutOff) await assertNothingSent(tx, periodId);
		if (before.version !== version) throw new DomainError('conflict', 'form.stale');
		if (values.cutOff < before.fromOn) throw new DomainError('invalid', 'reporting.cut_off_early');
		try {
			await tx
				.update(reportingPeriods)
				.set({ ...values, version: version + 1 })
				.where(eq(reportingPeriods.id, periodId));
		} catch (error) {
			if (sqlState(error) !== '23505') throw error;
			throw new DomainError('conflict', 'reporting.period_exists', { name: values.name });
		}
		const { name, cutOff, dueOn } = before;
		await recordAudit(ctx, tx, 'reporting_period.edited', {
			...{ objectId: periodId, unitId: province.id },
			...{ before: { name, cutOff, dueOn }, after: values }
		});
	});
}

/** Takes back a period that was opened by mistake; the row stays, with the reason. */
export async function voidPeriod(ctx: Context, periodId: string, reason: string): Promise<void> {
	const province = await authoriseProvince(ctx, 'report:manage');
	await ctx.db.transaction(async (tx) => {
		await getOpenPeriod(tx, periodId);
		await assertNothingSent(tx, periodId);
		await tx
			.update(reportingPeriods)
			.set({ voidedAt: ctx.now, voidReason: reason })
			.where(and(eq(reportingPeriods.id, periodId), isNull(reportingPeriods.voidedAt)));
		await recordAudit(ctx, tx, 'reporting_period.voided', { objectId: periodId, unitId: province.id, reason });
	});
}

/** Figures that were sent were of this cut-off: it stays. @throws {DomainError} `conflict` */
async function assertNothingSent(tx: Database, periodId: string): Promise<void> {
	const [frozen] = await tx
		.select({ id: reportSnapshots.id })
		.from(reportSnapshots)
		.where(eq(reportSnapshots.periodId, periodId))
		.limit(1);
	if (frozen) throw new DomainError('conflict', 'reporting.already_sent');
}
