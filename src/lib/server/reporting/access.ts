import { and, eq, isNull, sql } from 'drizzle-orm';
import { namedOn } from '../indicators/selection.ts';
import { authorise, can, covers, type Permission, type UnitScope } from '../identity/permissions.ts';
import { inScope } from '../organisation/scope.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { reportingPeriods } from './tables.ts';

export type Period = typeof reportingPeriods.$inferSelect;

/** A unit that reports: the province's own unit, or one directly below it that exists on the cut-off. */
export type ReportingUnit = Readonly<{
	id: string;
	code: string;
	name: string;
	path: string;
	type: string;
	isProvince: boolean;
}>;

/**
 * @param lock `share` keeps the period from being locked or changed meanwhile, `update` is for who does that
 * @throws {DomainError} `not_found`
 */
export async function getPeriod(
	db: Database,
	periodId: string,
	{ lock }: { lock?: 'share' | 'update' } = {}
): Promise<Period> {
	const query = db
		.select()
		.from(reportingPeriods)
		.where(and(eq(reportingPeriods.id, periodId), isNull(reportingPeriods.voidedAt)));
	const [period] = await (lock ? query.for(lock) : query);
	if (!period) throw new DomainError('not_found', 'reporting.no_period');
	return period;
}

/** Units of the scope that report on a day, the province first, then by type and name. */
export async function listReportingUnits(db: Database, scope: UnitScope, day: string): Promise<ReportingUnit[]> {
	const rows = await db.execute<ReportingUnit>(sql`
		select u.id, u.code, v.name, u.path::text as path, v.type, nlevel(u.path) = 1 as "isProvince"
		from unit u ${namedOn(day)}
		where ${inScope(sql`u.path`, scope)} and (nlevel(u.path) = 1 or exists (
			select 1 from unit_version w join unit above on above.id = w.parent_id and nlevel(above.path) = 1
			where w.unit_id = u.id and w.valid_from <= ${day}::date and (w.valid_to is null or w.valid_to > ${day}::date)))
		order by nlevel(u.path), v.type = 'commune', v.type, v.name collate "vi-x-icu"`);
	return [...rows];
}

/**
 * A unit's report as somebody with this permission there may touch it.
 * @throws {DomainError} `not_found` for an unknown period, a unit outside the actor's, or one that does not report
 */
export async function reportPlace(
	ctx: Context,
	permission: Permission,
	{ periodId, unitId }: ReportKey,
	{ lock }: { lock?: 'share' } = {}
): Promise<{ period: Period; unit: ReportingUnit }> {
	const scope = authorise(ctx.actor, permission);
	const period = await getPeriod(ctx.db, periodId, { lock });
	const units = await listReportingUnits(ctx.db, scope, period.cutOff);
	const unit = units.find(({ id }) => id === unitId);
	if (!unit) throw new DomainError('not_found', 'reporting.no_unit');
	return { period, unit };
}

/** Which report: of which unit over which period. */
export type ReportKey = Readonly<{ periodId: string; unitId: string }>;

/** True where the actor may do this for the unit at `path`; for showing or hiding a button. */
export function may(ctx: Context, permission: Permission, path: string): boolean {
	return can(ctx.actor, permission) && covers(authorise(ctx.actor, permission), path);
}

/**
 * For what is decided for the province as a whole.
 * @throws {DomainError} `forbidden` where the actor's units are only a part of it
 */
export async function authoriseProvince(ctx: Context, permission: Permission): Promise<ReportingUnit> {
	const scope = authorise(ctx.actor, permission);
	const [unit] = await listReportingUnits(ctx.db, scope, '9999-12-31');
	if (!unit?.isProvince) throw new DomainError('forbidden', 'identity.not_permitted');
	return unit;
}
