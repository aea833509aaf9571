import { eq } from 'drizzle-orm';
import type { AuditDeed } from '#lib/i18n/audit-words.ts';
import { canStep, type ReportStep } from '#lib/reporting/workflow.ts';
import { recordAudit } from '../audit/record.ts';
import { accountIdOf } from '../identity/actor.ts';
import type { Permission } from '../identity/permissions.ts';
import { within, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError, sqlState } from '../platform/errors.ts';
import { authoriseProvince, may, reportPlace, type Period, type ReportKey, type ReportingUnit } from './access.ts';
import { freeze } from './freeze.ts';
import { ensureReport, type UnitReport } from './report-rows.ts';
import { storeSignedReport } from './signed-report.ts';
import { unitReports } from './tables.ts';
import { tellHeads, tellProvince, tellUnit } from './tell.ts';

/** Gửi duyệt: the figures are frozen as they are now and go to the head of the unit. */
export function submitReport(ctx: Context, key: ReportKey): Promise<void> {
	return step(ctx, key, 'submit', 'report:write', async (tx, { period, unit, report }) => {
		const frozen = await freeze(ctx, tx, { period, unit, entries: report.entries });
		await tellHeads(ctx, tx, { period, unit }, frozen.version);
		return {
			set: { state: 'submitted', version: report.version + 1, frozenVersion: frozen.version, returnReason: null },
			details: { frozenVersion: frozen.version }
		};
	});
}

/** Phê duyệt: the head of the unit stands for the frozen figures; with that the report is sent to the Sở Tư pháp. */
export function approveReport(ctx: Context, key: ReportKey): Promise<void> {
	return step(ctx, key, 'approve', 'report:approve', async (tx, { period, unit, report }) => {
		await tellProvince(ctx, tx, { period, unit }, report.frozenVersion ?? 0);
		return { set: { state: 'approved', sentAt: ctx.now, approvedBy: accountIdOf(ctx.actor) } };
	});
}

/** Attaches the report as it was signed and stamped, with its number and day; it stands for the approval. */
export async function attachSigned(
	ctx: Context,
	key: ReportKey,
	{ file, signedNo, signedOn }: { file: File; signedNo: string; signedOn: string }
): Promise<void> {
	await reportPlace(ctx, 'report:write', key); // before a file of anybody's is taken in
	const stored = await storeSignedReport(ctx, file);
	await step(ctx, key, 'sign', 'report:write', async (tx, { period, unit, report }) => {
		if (report.state === 'submitted') await tellProvince(ctx, tx, { period, unit }, report.frozenVersion ?? 0);
		return {
			set: { state: 'approved', sentAt: report.sentAt ?? ctx.now, ...stored, signedNo, signedOn },
			details: { sha256: stored.signedSha256, signedNo, signedOn }
		};
	});
}

/** Tiếp nhận: the Sở Tư pháp takes the report over. */
export async function acceptReport(ctx: Context, key: ReportKey): Promise<void> {
	await authoriseProvince(ctx, 'report:manage');
	await step(ctx, key, 'accept', 'report:manage', async (tx, { period, unit, report }) => {
		await tellUnit(ctx, tx, 'reporting.accepted', { period, unit }, String(report.frozenVersion));
		return { set: { state: 'accepted' } };
	});
}

/** Trả lại, with what is to be put right: by the Sở Tư pháp, or by the head of the unit before it was sent. */
export async function returnReport(ctx: Context, key: ReportKey, reason: string): Promise<void> {
	const { unit } = await reportPlace(ctx, 'report:read', key);
	const permission = may(ctx, 'report:manage', unit.path) ? 'report:manage' : 'report:approve';
	await step(ctx, key, 'return', permission, async (tx, { period, report }) => {
		if (permission === 'report:approve' && report.state !== 'submitted') {
			throw new DomainError('conflict', 'reporting.not_now');
		}
		await tellUnit(ctx, tx, 'reporting.returned', { period, unit, reason }, String(report.frozenVersion));
		return { set: { state: 'returned', returnReason: reason, sentAt: null, ...NOT_SIGNED }, details: { reason } };
	});
}

/** A signed paper belongs to the figures it was signed with; the file and the audit event stay. */
const NOT_SIGNED = { signedKey: null, signedName: null, signedSha256: null, signedNo: null, signedOn: null };

type Standing = Readonly<{ period: Period; unit: ReportingUnit; report: UnitReport }>;
type Change = Readonly<{ set: Partial<typeof unitReports.$inferInsert>; details?: Record<string, unknown> }>;

/**
 * One step of a unit's report, in one transaction that reads repeatably.
 * @throws {DomainError} `conflict` `reporting.period_locked`, `reporting.not_now` when the report is not where the step begins
 */
async function step(
	ctx: Context,
	key: ReportKey,
	name: ReportStep,
	permission: Permission,
	change: (tx: Database, standing: Standing) => Promise<Change>
): Promise<void> {
	await repeatably(ctx, async (tx) => {
		const { period, unit } = await reportPlace(within(ctx, tx), permission, key, { lock: 'share' });
		const report = await ensureReport(ctx, tx, key);
		if (unit.isProvince) throw new DomainError('conflict', 'reporting.not_now');
		if (period.lockedAt) throw new DomainError('conflict', 'reporting.period_locked');
		if (!canStep(report.state, name)) throw new DomainError('conflict', 'reporting.not_now');
		const { set, details } = await change(tx, { period, unit, report });
		await tx.update(unitReports).set(set).where(eq(unitReports.id, report.id));
		await recordAudit(ctx, tx, `unit_report.${PAST[name]}`, {
			...{ objectId: report.id, unitId: unit.id, periodId: period.id },
			...details
		});
	});
}

const PAST: Readonly<Record<ReportStep, AuditDeed>> = {
	submit: 'submitted',
	approve: 'approved',
	sign: 'signed',
	accept: 'accepted',
	return: 'returned'
};

/**
 * Runs work that must see one moment of the data.
 * @throws {DomainError} `conflict` `form.stale` where somebody changed the same rows meanwhile
 */
export async function repeatably<T>(ctx: Context, work: (tx: Database) => Promise<T>): Promise<T> {
	try {
		return await ctx.db.transaction(work, { isolationLevel: 'repeatable read' });
	} catch (error) {
		if (sqlState(error) === '40001') throw new DomainError('conflict', 'form.stale');
		throw error;
	}
}
