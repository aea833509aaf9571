import { sql } from 'drizzle-orm';
import { type Journaled, noteBefore, noteCreated } from '../../audit/change-journal.ts';
import { roleGrants } from '../../identity/tables.ts';
import type { Database } from '../../platform/database.ts';
import type { UnitChange } from './change.ts';

const GRANTS: Journaled = { table: roleGrants, columns: ['unit_id', 'valid_from', 'valid_to'] };

/**
 * Roles in a unit that ends end today; with an heir that takes its people they go on there, unless the account holds the
 * same role in it already. Rights are of the present, so today and not the day of the reorganisation.
 * @returns ids of the grants that ended
 */
export async function moveRoles(
	tx: Database,
	{ heirs }: UnitChange,
	{ setId, day }: { setId: string; day: string }
): Promise<string[]> {
	const values = JSON.stringify(heirs);
	const heir = sql`jsonb_to_recordset(${values}::jsonb) as h("fromId" uuid, "toId" uuid, "takesPeople" boolean)`;
	const rows = await tx.execute<{ id: string }>(sql`select g.id from role_grant g join ${heir} on h."fromId" = g.unit_id
		where g.valid_to is null for update of g`);
	const grantIds = rows.map(({ id }) => id);
	if (grantIds.length === 0) return [];
	await noteBefore(tx, setId, GRANTS, grantIds);
	// Half-open and never empty: a role given today was in force for this day.
	await tx.execute(sql`update role_grant set valid_to = greatest(${day}::date, valid_from + 1)
		where id = any(${sql.param(grantIds)}::uuid[])`);
	const made = await tx.execute<{ id: string }>(sql`
		insert into role_grant (account_id, role, unit_id, valid_from, granted_by)
		select distinct on (g.account_id, g.role, h."toId") g.account_id, g.role, h."toId", ${day}::date, g.granted_by
		from role_grant g join ${heir} on h."fromId" = g.unit_id
		where g.id = any(${sql.param(grantIds)}::uuid[]) and h."takesPeople"
		on conflict do nothing returning id`);
	await noteCreated(
		tx,
		setId,
		GRANTS,
		made.map(({ id }) => id)
	);
	return grantIds;
}
