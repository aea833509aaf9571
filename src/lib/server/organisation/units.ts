import { and, eq, isNull } from 'drizzle-orm';
import type { CreateUnitInput, RenameUnitInput } from '#lib/organisation/input.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise } from '../identity/permissions.ts';
import { type Context, today } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError, sqlState } from '../platform/errors.ts';
import { getUnit } from './queries.ts';
import { units, unitVersions } from './tables.ts';

type UnitValues = Omit<CreateUnitInput, 'parentId'> & { parentId: string };

/**
 * Adds a unit below another.
 * @throws {DomainError} `not_found` when the superior lies outside the actor's units; `conflict` when the code is taken
 */
export async function createUnit(ctx: Context, input: UnitValues): Promise<{ unitId: string }> {
	const parent = await getUnit(ctx.db, authorise(ctx.actor, 'unit:manage'), input.parentId);
	if (parent.closedOn) throw new DomainError('conflict', 'organisation.unit_closed');
	try {
		return await ctx.db.transaction(async (tx) => {
			const [unit] = await tx
				.insert(units)
				.values({ code: input.code, path: parent.path, givesAggregates: input.givesAggregates })
				.returning({ id: units.id, no: units.no });
			if (!unit) throw new Error('unit was not inserted');
			await tx
				.update(units)
				.set({ path: `${parent.path}.${unit.no}` })
				.where(eq(units.id, unit.id));
			const { name, shortName, type, validFrom } = input;
			await tx.insert(unitVersions).values({ unitId: unit.id, name, shortName, type, validFrom, parentId: parent.id });
			await recordAudit(ctx, tx, 'unit.created', { objectId: unit.id, unitId: unit.id, code: input.code, name, type });
			return { unitId: unit.id };
		});
	} catch (error) {
		if (sqlState(error) === '23505') throw new DomainError('conflict', 'organisation.unit_code_taken');
		throw error;
	}
}

/** Gives a unit another name, type or short name from a day on; on the day its present version began, corrects it. */
export async function renameUnit(ctx: Context, input: RenameUnitInput): Promise<void> {
	const unit = await getUnit(ctx.db, authorise(ctx.actor, 'unit:manage'), input.unitId);
	await ctx.db.transaction(async (tx) => {
		await claimVersion(tx, input, { givesAggregates: input.givesAggregates });
		const { name, shortName = null, type } = input;
		await continueAs(ctx, tx, input.unitId, input.from, { name, shortName, type });
		await recordAudit(ctx, tx, 'unit.renamed', {
			objectId: unit.id,
			unitId: unit.id,
			before: { name: unit.name, type: unit.type },
			after: { name, type },
			from: input.from
		});
	});
}

/** Takes the next version number, or says that someone else took it since the form was opened. */
async function claimVersion(
	tx: Database,
	{ unitId, version }: { unitId: string; version: number },
	values: { givesAggregates?: boolean } = {}
): Promise<void> {
	const claimed = await tx
		.update(units)
		.set({ version: version + 1, ...values })
		.where(and(eq(units.id, unitId), eq(units.version, version)))
		.returning({ id: units.id });
	if (claimed.length === 0) throw new DomainError('conflict', 'organisation.changed_meanwhile');
}

async function currentVersion(ctx: Context, tx: Database, unitId: string, from: string) {
	const [current] = await tx
		.select()
		.from(unitVersions)
		.where(and(eq(unitVersions.unitId, unitId), isNull(unitVersions.validTo)))
		.for('update');
	if (!current) throw new DomainError('conflict', 'organisation.unit_closed');
	if (from < current.validFrom) throw new DomainError('invalid', 'organisation.before_last_change');
	if (from > today(ctx)) throw new DomainError('invalid', 'form.date_future');
	return current;
}

/** The current version goes on with other values from a day; on its own first day it is corrected instead. */
async function continueAs(
	ctx: Context,
	tx: Database,
	unitId: string,
	from: string,
	change: Partial<typeof unitVersions.$inferInsert>
): Promise<void> {
	const { id, ...current } = await currentVersion(ctx, tx, unitId, from);
	if (from === current.validFrom) {
		await tx.update(unitVersions).set(change).where(eq(unitVersions.id, id));
		return;
	}
	await tx.update(unitVersions).set({ validTo: from }).where(eq(unitVersions.id, id));
	await tx.insert(unitVersions).values({ ...current, ...change, validFrom: from });
}
