import { sql } from 'drizzle-orm';
import { type Journaled, noteBefore } from '../../audit/change-journal.ts';
import type { Database } from '../../platform/database.ts';
import { participations } from '../tables.ts';

export const VOIDED: Journaled = { table: participations, columns: ['voided_at', 'void_reason'] };

/**
 * Where both people were put down for one class, the person took part once: the entry that got further stays, the other
 * one is voided.
 * @returns how many were voided
 */
export async function voidDoubles(
	tx: Database,
	{ keptId, mergedId, setId, now }: { keptId: string; mergedId: string; setId: string; now: Date }
): Promise<number> {
	const rows = await tx.execute<{ id: string }>(sql`
		with members as (
			select id from person where id = ${keptId} or canonical_id = ${keptId} or id = ${mergedId} or canonical_id = ${mergedId}
		),
		ranked as (
			select p.id, row_number() over (partition by p.activity_id order by p.completed_on nulls last,
				p.attended_on nulls last, p.registered_on nulls last, (p.person_id = ${keptId}) desc, p.recorded_at, p.id) as place
			from participation p where p.person_id in (select id from members) and p.voided_at is null
		)
		select id from ranked where place > 1 order by id`);
	const ids = rows.map(({ id }) => id);
	if (ids.length === 0) return 0;
	await noteBefore(tx, setId, VOIDED, ids);
	await tx.execute(sql`update participation set voided_at = ${now.toISOString()}::timestamptz, void_reason = 'merged_person'
		where id = any(${sql.param(ids)}::uuid[])`);
	return ids.length;
}
