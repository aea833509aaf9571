import { sql } from 'drizzle-orm';
import { type Journaled, noteBefore, noteCreated } from '../../audit/change-journal.ts';
import type { Database } from '../../platform/database.ts';
import { DomainError } from '../../platform/errors.ts';
import { affiliations } from '../tables.ts';
import type { UnitChange } from './change.ts';

/** People whose unit became another one (each once), and those who are left without one. */
export type MovedPeople = Readonly<{ people: readonly Moved[]; leavers: readonly Moved[] }>;
type Moved = Readonly<{ personId: string; fromId: string; toId?: string }>;

const AFFILIATIONS: Journaled = { table: affiliations, columns: ['unit_id', 'valid_from', 'valid_to', 'end_reason'] };

type Row = {
	id: string;
	person_id: string;
	unit_id: string;
	position: string | null;
	valid_from: string;
	valid_to: string | null;
	end_reason: string | null;
};

/**
 * From the day on, whoever counted in a unit that ends counts in its heir, or where the plan names them; also those whose
 * time there began or ended after the day (it was entered before the reorganisation was known).
 * @throws {DomainError} `conflict` `organisation.people_after_closure` when somebody came after the end of a unit nobody
 * takes over
 */
export async function movePeople(
	tx: Database,
	{ heirs, people, ended }: UnitChange,
	{ setId, on }: { setId: string; on: string }
): Promise<MovedPeople> {
	const sources = [...new Set([...ended, ...people.map(({ fromId }) => fromId)])];
	if (sources.length === 0) return { people: [], leavers: [] };
	const named = new Map(people.map(({ personId, fromId, toId }) => [`${personId} ${fromId}`, toId]));
	const heirOf = new Map(heirs.filter(({ takesPeople }) => takesPeople).map(({ fromId, toId }) => [fromId, toId]));
	const rows = await tx.execute<Row>(sql`
		select id, person_id, unit_id, position, valid_from::text, valid_to::text, end_reason from affiliation
		where unit_id = any(${sql.param(sources)}::uuid[]) and (valid_to is null or valid_to > ${on}::date)
		order by person_id, valid_from for update`);
	const target = ({ person_id, unit_id }: Row) => named.get(`${person_id} ${unit_id}`) ?? heirOf.get(unit_id);
	const leaving = rows.filter((row) => !target(row) && ended.includes(row.unit_id));
	const late = leaving.filter((row) => row.valid_from >= on);
	if (late.length > 0) throw new DomainError('conflict', 'organisation.people_after_closure', { n: late.length });
	const moving = rows.flatMap((row) => {
		const toId = target(row);
		return toId ? [{ ...row, toId }] : [];
	});
	await noteBefore(
		tx,
		setId,
		AFFILIATIONS,
		[...moving, ...leaving].map(({ id }) => id)
	);
	await restate(
		tx,
		moving.filter((row) => row.valid_from >= on)
	);
	const across = moving.filter((row) => row.valid_from < on);
	await cut(tx, [...across, ...leaving], on, (row) => (ended.includes(row.unit_id) ? 'unit_closed' : 'unit_split'));
	await noteCreated(tx, setId, AFFILIATIONS, await goOn(tx, across, on));
	return { people: once(moving), leavers: once(leaving) };
}

function once(rows: readonly (Row & { toId?: string })[]): Moved[] {
	const byPerson = new Map(
		rows.map((row) => [row.person_id, { personId: row.person_id, fromId: row.unit_id, toId: row.toId }])
	);
	return [...byPerson.values()];
}

type Moving = Row & { toId: string };

async function restate(tx: Database, rows: readonly Moving[]): Promise<void> {
	if (rows.length === 0) return;
	const values = JSON.stringify(rows.map(({ id, toId }) => ({ id, toId })));
	await tx.execute(sql`update affiliation a set unit_id = r."toId"
		from jsonb_to_recordset(${values}::jsonb) as r(id uuid, "toId" uuid) where a.id = r.id`);
}

async function cut(tx: Database, rows: readonly Row[], on: string, reason: (row: Row) => string): Promise<void> {
	if (rows.length === 0) return;
	const values = JSON.stringify(rows.map((row) => ({ id: row.id, reason: reason(row) })));
	await tx.execute(sql`update affiliation a set valid_to = ${on}::date, end_reason = r.reason
		from jsonb_to_recordset(${values}::jsonb) as r(id uuid, reason text) where a.id = r.id`);
}

async function goOn(tx: Database, rows: readonly Moving[], on: string): Promise<string[]> {
	if (rows.length === 0) return [];
	const made = await tx
		.insert(affiliations)
		.values(
			rows.map((row) => ({
				personId: row.person_id,
				unitId: row.toId,
				position: row.position,
				validFrom: on,
				validTo: row.valid_to,
				endReason: row.end_reason
			}))
		)
		.returning({ id: affiliations.id });
	return made.map(({ id }) => id);
}
