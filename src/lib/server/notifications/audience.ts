import { sql } from 'drizzle-orm';
import type { Audience } from '#lib/notifications/audience.ts';
import type { UnitScope } from '../identity/permissions.ts';
import { inScope } from '../organisation/scope.ts';
import type { Database } from '../platform/database.ts';
import type { Recipient } from './notify.ts';

/**
 * The people an announcement is for, and accounts of operators who stand in no roster but hold a role it is addressed to;
 * within the sender's units, as of a day.
 * @param day `yyyy-mm-dd`
 */
export async function listRecipients(
	db: Database,
	scope: UnitScope,
	{ unitIds, categories, roles }: Audience,
	day: string
): Promise<Recipient[]> {
	const isEverybody = categories.length === 0 && roles.length === 0;
	const holdsRole = sql`exists (
		select 1 from role_grant g join unit ru on ru.id = g.unit_id
		where g.account_id = a.id and g.role = any(${sql.param(roles)}::text[])
			and g.valid_from <= ${day}::date and (g.valid_to is null or g.valid_to > ${day}::date)
			and exists (select 1 from chosen where ru.path <@ chosen.path))`;
	const rows = await db.execute<{ personId: string | null; accountId: string | null }>(sql`
		with chosen as (
			select u.path from unit u where u.id = any(${sql.param(unitIds)}::uuid[]) and ${inScope(sql`u.path`, scope)}
		)
		select distinct coalesce(p.canonical_id, p.id) as "personId", null::uuid as "accountId"
		from affiliation f
		join unit u on u.id = f.unit_id and exists (select 1 from chosen where u.path <@ chosen.path)
		join person p on p.id = f.person_id and p.voided_at is null
		left join account a on a.person_id = p.id and a.disabled_at is null
		where f.valid_from <= ${day}::date and (f.valid_to is null or f.valid_to > ${day}::date) and (
			${isEverybody}::boolean
			or exists (
				select 1 from category_membership m
				where m.person_id = p.id and m.category_code = any(${sql.param(categories)}::text[])
					and m.valid_from <= ${day}::date and (m.valid_to is null or m.valid_to > ${day}::date))
			or ${holdsRole})
		union all
		select null, a.id from account a where a.person_id is null and a.disabled_at is null and ${holdsRole}`);
	return rows.map(({ personId, accountId }) => (personId ? { personId } : { accountId: accountId ?? '' }));
}
