import { sql } from 'drizzle-orm';
import { type Journaled, noteBefore } from '../../audit/change-journal.ts';
import type { UnitChange } from '../../organisation/reorganisation/change.ts';
import type { Database } from '../../platform/database.ts';
import { participations, trainingActivities } from '../tables.ts';

/** What of training a reorganisation changes, and an undo puts back. */
export const MOVED_TRAINING = {
	classes: { table: trainingActivities, columns: ['organiser_unit_id'] },
	participations: { table: participations, columns: ['unit_id_then'] }
} satisfies Record<string, Journaled>;

/**
 * Classes that had not ended when their organiser did are its heir's from then on. What was ended before, and what is
 * locked, stays with the unit that held it.
 * @returns ids of the classes
 */
export async function moveClasses(
	tx: Database,
	{ heirs }: UnitChange,
	{ setId, on }: { setId: string; on: string }
): Promise<string[]> {
	if (heirs.length === 0) return [];
	const heir = sql`jsonb_to_recordset(${JSON.stringify(heirs)}::jsonb) as h("fromId" uuid, "toId" uuid)`;
	const rows = await tx.execute<{ id: string }>(sql`
		select a.id from training_activity a join ${heir} on h."fromId" = a.organiser_unit_id
		where a.status not in ('cancelled', 'locked') and (a.ended_on is null or a.ended_on >= ${on}::date)
		order by a.id for no key update of a`);
	const ids = rows.map(({ id }) => id);
	if (ids.length === 0) return [];
	await noteBefore(tx, setId, MOVED_TRAINING.classes, ids);
	await tx.execute(sql`update training_activity a set organiser_unit_id = h."toId" from ${heir}
		where h."fromId" = a.organiser_unit_id and a.id = any(${sql.param(ids)}::uuid[])`);
	return ids;
}

/**
 * Lượt người entered for the old unit on days when people belonged to the new one already (the reorganisation was entered
 * late) pass to the unit they belonged to then. Call it after the people were moved.
 * @returns how many
 */
export async function restateParticipations(
	tx: Database,
	change: Pick<UnitChange, 'ended' | 'people'>,
	{ setId, on }: { setId: string; on: string }
): Promise<number> {
	const sources = [...new Set([...change.ended, ...change.people.map(({ fromId }) => fromId)])];
	if (sources.length === 0) return 0;
	const day = sql`coalesce(p.summoned_on, p.registered_on, p.attended_on, p.completed_on)`;
	const rows = await tx.execute<{ id: string; unit_id: string }>(sql`
		select p.id, f.unit_id from participation p join affiliation f on f.person_id = p.person_id
		where p.unit_id_then = any(${sql.param(sources)}::uuid[]) and ${day} >= ${on}::date and f.unit_id <> p.unit_id_then
			and f.valid_from <= ${day} and (f.valid_to is null or f.valid_to > ${day})
		order by p.id for no key update of p`);
	if (rows.length === 0) return 0;
	await noteBefore(
		tx,
		setId,
		MOVED_TRAINING.participations,
		rows.map(({ id }) => id)
	);
	await tx.execute(sql`update participation p set unit_id_then = r.unit_id
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, unit_id uuid) where p.id = r.id`);
	return rows.length;
}

/**
 * Lượt người that were entered since for people in their new unit: they would be left with a unit that the person never
 * belonged to.
 */
export async function countNewParticipations(tx: Database, setId: string): Promise<number> {
	const [row] = await tx.execute<{ count: number }>(sql`
		select count(*)::int as count from participation p
		join affiliation f on f.person_id = p.person_id and f.unit_id = p.unit_id_then
		join change_row c on c.row_id = f.id and c.set_id = ${setId} and c.table_name = 'affiliation' and c.before is null
		where p.voided_at is null and p.recorded_at > (select recorded_at from change_set where id = ${setId})
			and not exists (select 1 from change_row own where own.set_id = ${setId} and own.table_name = 'participation'
				and own.row_id = p.id)`);
	return row?.count ?? 0;
}
