import { and, eq, isNull, sql } from 'drizzle-orm';
import type { CloseUnitInput, CreateUnitInput, MoveUnitInput, RenameUnitInput } from '#lib/organisation/input.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise, isWithin } from '../identity/permissions.ts';
import { type Context, today } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError, sqlState } from '../platform/errors.ts';
import { getUnit } from './queries.ts';
import { affiliations, units, unitSuccessions, unitVersions } from './tables.ts';

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

/**
 * Puts a unit, with all below it, under another superior from a day on.
 * @throws {DomainError} `conflict` when the new superior is the unit itself or one of those below it
 */
export async function moveUnit(ctx: Context, input: MoveUnitInput): Promise<void> {
	const scope = authorise(ctx.actor, 'unit:manage');
	const unit = await getUnit(ctx.db, scope, input.unitId);
	const parent = await getUnit(ctx.db, scope, input.parentId);
	if (unit.parentId === null) throw new DomainError('conflict', 'organisation.root_stays');
	if (isWithin(parent.path, unit.path)) throw new DomainError('conflict', 'organisation.unit_below_itself');
	if (parent.closedOn) throw new DomainError('conflict', 'organisation.unit_closed');
	await ctx.db.transaction(async (tx) => {
		// One mover at a time: two moves at once could put two units below each other.
		await tx.execute(sql`lock table ${units} in share row exclusive mode`);
		await claimVersion(tx, input);
		const now = await pathsOf(tx, unit.id, parent.id);
		if (isWithin(now.parent, now.unit)) throw new DomainError('conflict', 'organisation.unit_below_itself');
		await continueAs(ctx, tx, unit.id, input.from, { parentId: parent.id });
		await tx.execute(sql`update ${units} set path = ${now.parent}::ltree || subpath(path, nlevel(${now.unit}::ltree) - 1)
			where path <@ ${now.unit}::ltree`);
		await recordAudit(ctx, tx, 'unit.moved', {
			objectId: unit.id,
			unitId: unit.id,
			before: { parentId: unit.parentId },
			after: { parentId: parent.id },
			from: input.from
		});
	});
}

/**
 * Ends a unit on a day. With a successor its people pass there on that day; without one it must be empty.
 * @throws {DomainError} `conflict` while units stand below it or people count in it
 */
export async function closeUnit(ctx: Context, input: CloseUnitInput): Promise<void> {
	const scope = authorise(ctx.actor, 'unit:manage');
	const unit = await getUnit(ctx.db, scope, input.unitId);
	const successor = input.successorId ? await getUnit(ctx.db, scope, input.successorId) : undefined;
	if (unit.parentId === null) throw new DomainError('conflict', 'organisation.root_stays');
	if (successor && (successor.id === unit.id || successor.closedOn)) {
		throw new DomainError('conflict', 'organisation.unit_closed');
	}
	await ctx.db.transaction(async (tx) => {
		await claimVersion(tx, input);
		if ((await countBelow(tx, unit.id)) > 0) throw new DomainError('conflict', 'organisation.unit_has_subunits');
		if (successor) await passPeopleOn(tx, unit.id, successor.id, input.from);
		const stay = await countPeopleAfter(tx, unit.id, input.from);
		if (stay > 0) throw new DomainError('conflict', 'organisation.unit_has_people', { n: stay });
		await endVersion(ctx, tx, unit.id, input.from);
		if (successor) {
			await tx
				.insert(unitSuccessions)
				.values({ fromUnitId: unit.id, toUnitId: successor.id, onDate: input.from, kind: 'merger' });
		}
		await recordAudit(ctx, tx, 'unit.closed', {
			objectId: unit.id,
			unitId: unit.id,
			from: input.from,
			successorId: successor?.id ?? null
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

async function endVersion(ctx: Context, tx: Database, unitId: string, from: string): Promise<void> {
	const current = await currentVersion(ctx, tx, unitId, from);
	if (from === current.validFrom) throw new DomainError('invalid', 'organisation.before_last_change');
	await tx.update(unitVersions).set({ validTo: from }).where(eq(unitVersions.id, current.id));
}

async function pathsOf(tx: Database, unitId: string, parentId: string): Promise<{ unit: string; parent: string }> {
	const rows = await tx
		.select({ id: units.id, path: units.path })
		.from(units)
		.where(sql`${units.id} in (${unitId}, ${parentId})`);
	const pathOf = (id: string) => rows.find((row) => row.id === id)?.path ?? '';
	return { unit: pathOf(unitId), parent: pathOf(parentId) };
}

async function countBelow(tx: Database, unitId: string): Promise<number> {
	return tx.$count(unitVersions, and(eq(unitVersions.parentId, unitId), isNull(unitVersions.validTo)));
}

async function countPeopleAfter(tx: Database, unitId: string, from: string): Promise<number> {
	return tx.$count(
		affiliations,
		and(eq(affiliations.unitId, unitId), sql`(${affiliations.validTo} is null or ${affiliations.validTo} > ${from})`)
	);
}

/** Everyone who counts in the unit on that day counts in the successor from that day. */
async function passPeopleOn(tx: Database, fromUnitId: string, toUnitId: string, day: string): Promise<void> {
	const ended = await tx
		.update(affiliations)
		.set({ validTo: day, endReason: 'unit_closed' })
		.where(
			and(eq(affiliations.unitId, fromUnitId), isNull(affiliations.validTo), sql`${affiliations.validFrom} < ${day}`)
		)
		.returning({ personId: affiliations.personId, position: affiliations.position });
	if (ended.length === 0) return;
	await tx.insert(affiliations).values(ended.map((row) => ({ ...row, unitId: toUnitId, validFrom: day })));
}
