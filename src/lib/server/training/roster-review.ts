import { sql } from 'drizzle-orm';
import { notify } from '../notifications/notify.ts';
import { listUnitAdmins } from '../organisation/unit-admins.ts';
import { today, type Context } from '../platform/context.ts';

/**
 * Each September units go through their rapporteurs and propagandists (TT 10/2016/TT-BTP Đ.4): reminds the admins of
 * every unit that has some. Safe to run twice: one message a unit and year.
 */
export async function remindOfReview(ctx: Context): Promise<void> {
	const day = today(ctx);
	const year = day.slice(0, 4);
	const units = await ctx.db.execute<{ id: string; name: string; people: number }>(sql`
		select u.id, v.name, count(distinct p.id)::int as people
		from unit u
			join lateral (select name from unit_version where unit_id = u.id order by valid_from desc limit 1) v on true
			join affiliation a on a.unit_id = u.id and a.valid_from <= ${day}::date and (a.valid_to is null or a.valid_to > ${day}::date)
			join person p on p.id = a.person_id and p.canonical_id is null and p.voided_at is null
			join category_membership m on m.person_id = p.id and m.valid_from <= ${day}::date
				and (m.valid_to is null or m.valid_to > ${day}::date)
		where m.category_code in ('legal_rapporteur', 'legal_propagandist')
		group by u.id, v.name`);
	await ctx.db.transaction(async (tx) => {
		for (const { id, name, people } of units) {
			await notify(ctx, tx, {
				template: 'training.roster_review',
				params: { unit: name, people: String(people), year },
				to: await listUnitAdmins(tx, id, day),
				path: '/people',
				key: `training.roster_review ${id} ${year}`
			});
		}
	});
}
