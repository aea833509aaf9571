import { and, desc, eq, isNull } from 'drizzle-orm';
import type { AggregateRosterInput } from '#lib/organisation/input.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise } from '../identity/permissions.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError, sqlState } from '../platform/errors.ts';
import { getUnit } from './queries.ts';
import { aggregateRosters, categories } from './tables.ts';

/**
 * Sets how many people of a category a unit has from a day on, by its document; the head count before ends on that day,
 * or is corrected when it began on it.
 * @throws {DomainError} `conflict` `organisation.gives_names` for units whose people are on the roster by name
 */
export async function setAggregateRoster(ctx: Context, input: AggregateRosterInput): Promise<void> {
	const unit = await getUnit(ctx.db, authorise(ctx.actor, 'roster:manage'), input.unitId);
	if (!unit.givesAggregates) throw new DomainError('conflict', 'organisation.gives_names');
	await ctx.db.transaction(async (tx) => {
		await endPresent(tx, input);
		try {
			await tx.insert(aggregateRosters).values(input);
		} catch (error) {
			if (sqlState(error) === '23503') throw new DomainError('invalid', 'form.choice');
			throw error;
		}
		const { unitId, categoryCode, headcount, documentNo, validFrom } = input;
		const details = { category: categoryCode, headcount, documentNo, from: validFrom };
		await recordAudit(ctx, tx, 'aggregate_roster.set', { objectId: unitId, unitId, ...details });
	});
}

async function endPresent(tx: Database, { unitId, categoryCode, validFrom }: AggregateRosterInput): Promise<void> {
	const [present] = await tx
		.select()
		.from(aggregateRosters)
		.where(
			and(
				eq(aggregateRosters.unitId, unitId),
				eq(aggregateRosters.categoryCode, categoryCode),
				isNull(aggregateRosters.validTo)
			)
		)
		.for('update');
	if (!present) return;
	if (validFrom < present.validFrom) throw new DomainError('invalid', 'organisation.before_last_change');
	const isSame = eq(aggregateRosters.id, present.id);
	if (validFrom === present.validFrom) await tx.delete(aggregateRosters).where(isSame);
	else await tx.update(aggregateRosters).set({ validTo: validFrom }).where(isSame);
}

/** Head counts of a unit, newest first, with the category's name. */
export function listAggregateRosters(db: Database, unitId: string) {
	return db
		.select({
			id: aggregateRosters.id,
			categoryCode: aggregateRosters.categoryCode,
			nameVi: categories.nameVi,
			nameEn: categories.nameEn,
			headcount: aggregateRosters.headcount,
			documentNo: aggregateRosters.documentNo,
			documentDate: aggregateRosters.documentDate,
			validFrom: aggregateRosters.validFrom,
			validTo: aggregateRosters.validTo
		})
		.from(aggregateRosters)
		.innerJoin(categories, eq(categories.code, aggregateRosters.categoryCode))
		.where(eq(aggregateRosters.unitId, unitId))
		.orderBy(desc(aggregateRosters.validFrom), categories.position);
}
