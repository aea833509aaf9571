import { sql } from 'drizzle-orm';
import type { Role } from '../identity/actor.ts';
import type { Database } from '../platform/database.ts';

/** Accounts that look after a unit on a day (`yyyy-mm-dd`), as {@link listRoleHolders} finds them. */
export const listUnitAdmins = (db: Database, unitId: string, day: string) =>
	listRoleHolders(db, 'unit_admin', unitId, day);

/** Accounts that hold a role in a unit on a day, or where nobody does, at the nearest unit above where somebody does. */
export async function listRoleHolders(
	db: Database,
	role: Role,
	unitId: string,
	day: string
): Promise<{ accountId: string }[]> {
	const rows = await db.execute<{ account_id: string; depth: number }>(sql`
		select g.account_id, nlevel(above.path) as depth
		from unit here join unit above on here.path <@ above.path
			join role_grant g on g.unit_id = above.id
			join account a on a.id = g.account_id and a.disabled_at is null
		where here.id = ${unitId} and g.role = ${role} and g.valid_from <= ${day}::date
			and (g.valid_to is null or g.valid_to > ${day}::date)
		order by depth desc, g.account_id`);
	return rows.filter(({ depth }) => depth === rows[0]?.depth).map(({ account_id: accountId }) => ({ accountId }));
}
