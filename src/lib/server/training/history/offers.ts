import { type SQL, sql } from 'drizzle-orm';
import type { OfferedKind } from '#lib/training/history-input.ts';
import { today, type Context } from '../../platform/context.ts';
import { holds } from '../places.ts';

/** Offers that one page shows; more namesakes of one birth say that the data are wrong, not the person. */
const MOST = 20;

/** A record without an account, or a line of a list, that may be the person's own. */
export type Offer = Readonly<{
	kind: OfferedKind;
	id: string;
	unitId: string;
	unitName: string;
	/** Newest first, at most ten. */
	classes: readonly Readonly<{ title: string; startsOn: string; isCompleted: boolean }>[];
}>;

/**
 * What may be the history of a person who has just got an account: records of the same name and birth (or telephone) with
 * classes and without an account, anywhere in the province; and lines of lists that wait for the word of the person's own
 * unit. What differs in birth or personal number, was told apart or answered before is left out.
 */
export async function listOffers(ctx: Context, personId: string): Promise<Offer[]> {
	const rows = await ctx.db.execute<Offer>(sql`${offered(personId, today(ctx))}
		select o.kind, o.id, o.unit_id as "unitId", (select v.name from unit_version v where v.unit_id = o.unit_id
			order by v.valid_from desc limit 1) as "unitName", o.classes
		from offered o order by o.kind desc, o.id limit ${MOST}`);
	return [...rows];
}

function offered(personId: string, day: string): SQL {
	// Folded names find the record, but Lan is not Làn unless one of them was typed without dấu.
	const isSame = (other: SQL) => sql`${other}.search_name = me.search_name
		and (lower(${other}.full_name) in (lower(me.full_name), me.search_name) or lower(me.full_name) = me.search_name)
		and (${other}.birth_year = me.birth_year or ${other}.phone = me.phone)
		and coalesce(${other}.birth_year = me.birth_year, true) and coalesce(${other}.birth_date = me.birth_date, true)`;
	const isAnswered = (column: 'record_id' | 'candidate_id', id: SQL) => sql`exists (select 1 from history_claim h
		join person p on p.id = h.person_id where h.${sql.identifier(column)} = ${id}
			and (coalesce(p.canonical_id, p.id) = me.id or h.state = 'waiting'))`;
	return sql`with me as (
			select * from person where id = ${personId} and canonical_id is null and voided_at is null
		), offered as (
			select 'record' as kind, r.id, place.unit_id, taken.classes
			from me join person r on r.id <> me.id and r.canonical_id is null and r.voided_at is null and ${isSame(sql`r`)}
				and coalesce(r.personal_number_hmac = me.personal_number_hmac, true)
			cross join lateral (select f.unit_id from affiliation f where f.person_id = r.id
				order by (${holds('f', day)}) desc, f.valid_from desc limit 1) place
			cross join lateral (
				select jsonb_agg(jsonb_build_object('title', t.title, 'startsOn', t.starts_on, 'isCompleted', t.is_completed)
					order by t.starts_on desc) as classes
				from (select a.title, a.starts_on, p.completed_on is not null as is_completed from participation p
					join person mine on mine.id = p.person_id join training_activity a on a.id = p.activity_id
					where (mine.id = r.id or mine.canonical_id = r.id) and p.voided_at is null
					order by a.starts_on desc limit 10) t
			) taken
			where taken.classes is not null
				and not exists (select 1 from account a join person owner on owner.id = a.person_id
					where owner.id = r.id or owner.canonical_id = r.id)
				and not exists (select 1 from distinct_people d where d.one_id = least(r.id, me.id) and d.other_id = greatest(r.id, me.id))
				and not ${isAnswered('record_id', sql`r.id`)}
			union all
			select 'candidate', c.id, c.unit_id, jsonb_build_array(jsonb_build_object('title', a.title, 'startsOn', a.starts_on,
				'isCompleted', false))
			from me join roster_candidate c on c.state = 'waiting' and ${isSame(sql`c`)}
				join training_activity a on a.id = c.activity_id
			where exists (select 1 from affiliation f where f.person_id = me.id and f.unit_id = c.unit_id and ${holds('f', day)})
				and not ${isAnswered('candidate_id', sql`c.id`)}
		)`;
}
