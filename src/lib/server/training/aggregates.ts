import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { AggregateResultInput } from '#lib/training/input.ts';
import { isEditable } from '#lib/training/lifecycle.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise, covers } from '../identity/permissions.ts';
import { inScope } from '../organisation/scope.ts';
import { aggregateRosters, categories, units, unitVersions } from '../organisation/tables.ts';
import { today, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { accountOf, getClass, lockClass } from './access.ts';
import { storeEvidence, type StoredEvidence } from './evidence.ts';
import { aggregateResults } from './tables.ts';

/**
 * Notes how many people of a unit that gives no names completed a class, under that unit's document ("số liệu tổng hợp").
 * @throws {DomainError} `conflict` `training.unit_gives_names` for other units and for classes that are closed; `not_found`
 * for a unit or class outside the actor's; `invalid` for a day outside the class
 */
export async function recordAggregateResult(
	ctx: Context,
	activityId: string,
	input: AggregateResultInput
): Promise<void> {
	const scope = authorise(ctx.actor, 'training:manage');
	await getClass(ctx.db, scope, activityId);
	const [unit] = await ctx.db.select().from(units).where(eq(units.id, input.unitId));
	if (!unit || !covers(scope, unit.path)) throw new DomainError('not_found', 'organisation.unit_not_found');
	if (!unit.givesAggregates) throw new DomainError('conflict', 'training.unit_gives_names');
	if (input.completedOn > today(ctx)) throw new DomainError('invalid', 'form.date_future');
	const stored = input.file ? await storeEvidence(ctx, input.file) : undefined;
	await ctx.db.transaction(async (tx) => {
		const activity = await lockClass(tx, scope, activityId);
		if (!isEditable(activity.status)) throw new DomainError('conflict', 'training.class_closed');
		if (input.completedOn < activity.startsOn || (activity.endedOn && input.completedOn > activity.endedOn)) {
			throw new DomainError('invalid', 'training.day_outside_class');
		}
		await insertAggregateResult(ctx, tx, activityId, input, stored);
	});
}

/** Writes such a number, in the caller's transaction; the caller has authorised and checked it. */
export async function insertAggregateResult(
	ctx: Context,
	tx: Database,
	activityId: string,
	{ unitId, categoryCode, trainedCount, completedOn, documentNo, documentDate }: AggregateResultInput,
	stored?: StoredEvidence
): Promise<void> {
	const [row] = await tx
		.insert(aggregateResults)
		.values({
			...{ activityId, unitId, categoryCode, trainedCount, completedOn, documentNo, documentDate },
			evidenceKey: stored?.storageKey ?? null,
			recordedBy: accountOf(ctx.actor)
		})
		.returning({ id: aggregateResults.id });
	await recordAudit(ctx, tx, 'aggregate_result.recorded', {
		objectId: row?.id,
		unitId,
		...{ activityId, categoryCode, trainedCount, completedOn, documentNo },
		sha256: stored?.sha256
	});
}

/** Takes such a number back; the row stays. */
export async function voidAggregateResult(
	ctx: Context,
	activityId: string,
	{ aggregateId, reason }: { aggregateId: string; reason: string }
): Promise<void> {
	const scope = authorise(ctx.actor, 'training:manage');
	await ctx.db.transaction(async (tx) => {
		const activity = await lockClass(tx, scope, activityId);
		if (!isEditable(activity.status)) throw new DomainError('conflict', 'training.class_closed');
		const [voided] = await tx
			.update(aggregateResults)
			.set({ voidedAt: ctx.now })
			.where(
				and(
					eq(aggregateResults.id, aggregateId),
					eq(aggregateResults.activityId, activityId),
					isNull(aggregateResults.voidedAt)
				)
			)
			.returning({ unitId: aggregateResults.unitId });
		if (!voided) return;
		await recordAudit(ctx, tx, 'aggregate_result.voided', { objectId: aggregateId, unitId: voided.unitId, reason });
	});
}

/**
 * Numbers given for a class, by one unit if named. `headcount` is that unit's roster of the category on the day; a number above it is counted up
 * to it only, so the page warns.
 */
export function listAggregates(db: Database, activityId: string, unitId?: string) {
	return db
		.select({
			aggregateId: aggregateResults.id,
			unitName: sql<string>`(select ${unitVersions.name} from ${unitVersions}
				where ${unitVersions.unitId} = ${aggregateResults.unitId} order by ${unitVersions.validFrom} desc limit 1)`,
			categoryName: categories.nameVi,
			trainedCount: aggregateResults.trainedCount,
			completedOn: aggregateResults.completedOn,
			documentNo: aggregateResults.documentNo,
			documentDate: aggregateResults.documentDate,
			hasEvidence: sql<boolean>`${aggregateResults.evidenceKey} is not null`,
			headcount: sql<number>`coalesce((select sum(${aggregateRosters.headcount}) from ${aggregateRosters}
				where ${aggregateRosters.unitId} = ${aggregateResults.unitId}
					and ${aggregateRosters.categoryCode} = ${aggregateResults.categoryCode}
					and ${aggregateRosters.validFrom} <= ${aggregateResults.completedOn}
					and (${aggregateRosters.validTo} is null or ${aggregateRosters.validTo} > ${aggregateResults.completedOn})), 0)::int`
		})
		.from(aggregateResults)
		.innerJoin(categories, eq(categories.code, aggregateResults.categoryCode))
		.where(
			and(
				eq(aggregateResults.activityId, activityId),
				isNull(aggregateResults.voidedAt),
				unitId ? eq(aggregateResults.unitId, unitId) : undefined
			)
		)
		.orderBy(asc(aggregateResults.recordedAt));
}

/** Units of the actor that give numbers in place of names. */
export function listAggregateUnits(ctx: Context) {
	const scope = authorise(ctx.actor, 'training:manage');
	return ctx.db
		.select({
			unitId: units.id,
			name: sql<string>`(select ${unitVersions.name} from ${unitVersions}
				where ${unitVersions.unitId} = ${units.id} order by ${unitVersions.validFrom} desc limit 1)`
		})
		.from(units)
		.where(and(eq(units.givesAggregates, true), inScope(units.path, scope)))
		.orderBy(sql`2`);
}

/** A short-lived address of the file behind a number. @throws {DomainError} `not_found` */
export async function aggregateEvidenceUrl(ctx: Context, activityId: string, aggregateId: string): Promise<string> {
	await getClass(ctx.db, authorise(ctx.actor, 'training:read'), activityId);
	const [row] = await ctx.db
		.select({ key: aggregateResults.evidenceKey })
		.from(aggregateResults)
		.where(and(eq(aggregateResults.id, aggregateId), eq(aggregateResults.activityId, activityId)));
	if (!row?.key) throw new DomainError('not_found', 'training.no_evidence');
	return ctx.storage.signedUrl(row.key, { expiresInS: 300 });
}
