import { sql } from 'drizzle-orm';
import { type Journaled, noteBefore, noteCreated } from '../../audit/change-journal.ts';
import { recordAudit } from '../../audit/record.ts';
import { roleGrants } from '../../identity/tables.ts';
import type { Context } from '../../platform/context.ts';
import { today } from '../../platform/context.ts';
import type { Database } from '../../platform/database.ts';
import { DomainError, sqlState } from '../../platform/errors.ts';
import { affiliations, aggregateRosters, units, unitSuccessions, unitVersions } from '../tables.ts';
import { placeUnits } from '../unit-places.ts';
import type { UnitChange } from './change.ts';
import { endHeadcounts } from './headcounts.ts';
import { movePeople, type MovedPeople } from './people.ts';
import { moveRoles } from './roles.ts';

/** Rows that a reorganisation makes or changes here, with what an undo puts back. */
export const UNIT = { table: units, columns: [] } satisfies Journaled;
export const REORGANISED: readonly Journaled[] = [
	{ table: unitVersions, columns: ['unit_id', 'name', 'short_name', 'type', 'parent_id', 'valid_from', 'valid_to'] },
	{ table: unitSuccessions, columns: ['from_unit_id', 'to_unit_id', 'on_date'] },
	{ table: affiliations, columns: ['unit_id', 'valid_from', 'valid_to', 'end_reason'] },
	{ table: aggregateRosters, columns: ['unit_id', 'category_code', 'headcount', 'valid_from', 'valid_to'] },
	{ table: roleGrants, columns: ['unit_id', 'valid_from', 'valid_to'] }
];
const [VERSIONS, SUCCESSIONS] = REORGANISED as readonly [Journaled, Journaled];

/** What was done, for its summary. */
export type Applied = MovedPeople & Readonly<{ roleIds: readonly string[] }>;

/**
 * Carries a change out in the caller's transaction, which has locked the units, and notes every row in the change set.
 * @param document số văn bản, for head counts that are added up
 * @throws {DomainError} `conflict` for a code that is taken, or people who came to a unit after its end
 */
export async function applyChange(
	ctx: Context,
	tx: Database,
	change: UnitChange,
	{ setId, on, document }: { setId: string; on: string; document: { no: string; date: string } }
): Promise<Applied> {
	await createUnits(ctx, tx, change, { setId, on });
	for (const { unitId, name, shortName = null, type } of change.renamed) {
		await continueAs(tx, { setId, unitId, on }, sql`name = ${name}, short_name = ${shortName}, type = ${type}`);
		await recordAudit(ctx, tx, 'unit.renamed', { objectId: unitId, unitId, after: { name, type }, from: on });
	}
	for (const { unitId, parentId } of change.moved) {
		await continueAs(tx, { setId, unitId, on }, sql`parent_id = ${parentId}`);
		await recordAudit(ctx, tx, 'unit.moved', { objectId: unitId, unitId, after: { parentId }, from: on });
	}
	const moved = await movePeople(tx, change, { setId, on });
	await endHeadcounts(tx, change, { setId, on, document });
	const roleIds = await moveRoles(tx, change, { setId, day: today(ctx) });
	await endUnits(ctx, tx, change, { setId, on });
	if (change.successions.length > 0) {
		const rows = change.successions.map((one) => ({ ...one, onDate: on }));
		const made = await tx.insert(unitSuccessions).values(rows).returning({ id: unitSuccessions.id });
		await noteCreated(tx, setId, SUCCESSIONS, ids(made));
	}
	await placeUnits(tx);
	return { ...moved, roleIds };
}

type Step = Readonly<{ setId: string; on: string }>;

async function createUnits(ctx: Context, tx: Database, change: UnitChange, { setId, on }: Step): Promise<void> {
	for (const { unitId, code, parentId, givesAggregates, name, shortName, type } of change.created) {
		try {
			await tx.insert(units).values({ id: unitId, code, path: '0', givesAggregates });
		} catch (error) {
			if (sqlState(error) === '23505') throw new DomainError('conflict', 'organisation.unit_code_taken');
			throw error;
		}
		const made = await tx
			.insert(unitVersions)
			.values({ unitId, name, shortName, type, parentId, validFrom: on })
			.returning({ id: unitVersions.id });
		await noteCreated(tx, setId, UNIT, [unitId]);
		await noteCreated(tx, setId, VERSIONS, ids(made));
		await recordAudit(ctx, tx, 'unit.created', { objectId: unitId, unitId, code, name, type });
	}
}

/**
 * From `on` the unit goes on with other values: versions that begin then or later are changed, the one that holds across
 * that day is cut in two.
 */
async function continueAs(
	tx: Database,
	{ setId, unitId, on }: Step & { unitId: string },
	values: ReturnType<typeof sql>
): Promise<void> {
	const rows = await tx.execute<{ id: string; is_across: boolean }>(sql`
		select id, valid_from < ${on}::date as is_across from unit_version
		where unit_id = ${unitId} and (valid_to is null or valid_to > ${on}::date) for update`);
	await noteBefore(tx, setId, VERSIONS, ids(rows));
	await tx.execute(sql`update unit set version = version + 1 where id = ${unitId}`);
	for (const { id, is_across } of rows) {
		if (!is_across) {
			await tx.execute(sql`update unit_version set ${values} where id = ${id}`);
			continue;
		}
		const [before] = await tx.execute<{ valid_to: string | null }>(sql`
			with old as (select valid_to from unit_version where id = ${id})
			update unit_version v set valid_to = ${on}::date from old where v.id = ${id} returning old.valid_to::text`);
		const made = await tx.execute<{ id: string }>(sql`
			insert into unit_version (unit_id, name, short_name, type, parent_id, valid_from, valid_to)
			select unit_id, name, short_name, type, parent_id, ${on}::date, ${before?.valid_to ?? null}::date
			from unit_version where id = ${id} returning id`);
		await noteCreated(tx, setId, VERSIONS, ids(made));
		await tx.execute(sql`update unit_version set ${values} where id = ${made[0]?.id ?? null}`);
	}
}

async function endUnits(ctx: Context, tx: Database, change: UnitChange, { setId, on }: Step): Promise<void> {
	for (const unitId of change.ended) {
		const rows = await tx.execute<{ id: string }>(sql`
			select id from unit_version where unit_id = ${unitId} and valid_to is null for update`);
		await noteBefore(tx, setId, VERSIONS, ids(rows));
		await tx.execute(
			sql`update unit_version set valid_to = ${on}::date where unit_id = ${unitId} and valid_to is null`
		);
		await tx.execute(sql`update unit set version = version + 1 where id = ${unitId}`);
		const successors = change.successions.filter(({ fromUnitId }) => fromUnitId === unitId);
		const to = successors.map(({ toUnitId }) => toUnitId);
		await recordAudit(ctx, tx, 'unit.closed', { objectId: unitId, unitId, from: on, successors: to });
	}
}

const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
