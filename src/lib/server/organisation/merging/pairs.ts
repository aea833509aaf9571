import { type SQL, sql } from 'drizzle-orm';
import { PAIR_REASONS, type PairReason } from '#lib/organisation/merging.ts';
import { recordAudit } from '../../audit/record.ts';
import { authorise, type UnitScope } from '../../identity/permissions.ts';
import { type Context, today } from '../../platform/context.ts';
import type { Database } from '../../platform/database.ts';
import { distinctPeople } from '../merger-tables.ts';
import { getPersonRow } from '../people-queries.ts';
import { inScope } from '../scope.ts';

/** Pairs on one page. */
const PAGE_SIZE = 50;
/** A telephone that more people share is an office's. */
const SHARED_PHONE = 4;

type Side = Readonly<{ id: string; fullName: string; birthYear: number | null; unitName: string | null }>;
type Pair = Readonly<{ one: Side; other: Side; reason: PairReason }>;

/** People of the actor's units who look like one, the surest first; pairs that were found to be two people are left out. */
export async function listLikelyPairs(ctx: Context, { page = 1 }: { page?: number }) {
	const scope = authorise(ctx.actor, 'roster:manage');
	const ctes = pairCtes(scope, today(ctx));
	const rows = await ctx.db.execute<PairRow & { total: number }>(sql`
		with ${ctes}
		select s.reason, s.total, o.id as "oneId", o.full_name as "oneName", o.birth_year as "oneBirth", ${unitName(sql`s.one_unit`)} as "oneUnit",
			t.id as "otherId", t.full_name as "otherName", t.birth_year as "otherBirth", ${unitName(sql`s.other_unit`)} as "otherUnit"
		from (select *, count(*) over ()::int as total from seen
			order by reason, one_id, other_id limit ${PAGE_SIZE} offset ${(Math.max(1, page) - 1) * PAGE_SIZE}) s
		join person o on o.id = s.one_id join person t on t.id = s.other_id
		order by s.reason, o.given_name collate "vi-x-icu", o.full_name collate "vi-x-icu", o.id, t.id`);
	const total = rows[0]?.total ?? 0;
	return { pairs: rows.map(toPair), total, page, pageCount: Math.max(1, Math.ceil(total / PAGE_SIZE)) };
}

/** How many pairs wait, for the roster's page. */
export async function countLikelyPairs(ctx: Context): Promise<number> {
	const scope = authorise(ctx.actor, 'roster:manage');
	const [row] = await ctx.db.execute<{ count: number }>(
		sql`with ${pairCtes(scope, today(ctx))} select count(*)::int as count from seen`
	);
	return row?.count ?? 0;
}

/** Notes that two people who look alike are not one. */
export async function markDistinct(
	ctx: Context,
	{ oneId, otherId }: { oneId: string; otherId: string }
): Promise<void> {
	const scope = authorise(ctx.actor, 'roster:manage');
	for (const id of [oneId, otherId]) await getPersonRow(ctx.db, scope, id, today(ctx));
	await ctx.db.transaction((tx) => noteDistinct(ctx, tx, oneId, otherId));
}

/** As {@link markDistinct}, in the transaction of a caller who has authorised it. */
export async function noteDistinct(ctx: Context, tx: Database, oneId: string, otherId: string): Promise<void> {
	const [first = oneId, second = otherId] = [oneId, otherId].sort();
	await tx
		.insert(distinctPeople)
		.values({
			oneId: first,
			otherId: second,
			recordedBy: ctx.actor.kind === 'account' ? ctx.actor.accountId : null
		})
		.onConflictDoNothing();
	await recordAudit(ctx, tx, 'person.found_distinct', { objectId: first, otherId: second });
}

type PairRow = {
	reason: number;
	oneId: string;
	oneName: string;
	oneBirth: number | null;
	oneUnit: string | null;
	otherId: string;
	otherName: string;
	otherBirth: number | null;
	otherUnit: string | null;
};

const toPair = (row: PairRow): Pair => ({
	one: { id: row.oneId, fullName: row.oneName, birthYear: row.oneBirth, unitName: row.oneUnit },
	other: { id: row.otherId, fullName: row.otherName, birthYear: row.otherBirth, unitName: row.otherUnit },
	reason: PAIR_REASONS[row.reason] ?? 'phone'
});

const unitName = (unitId: SQL) =>
	sql`(select name from unit_version where unit_id = ${unitId} order by valid_from desc limit 1)`;

/**
 * CTEs that end in `seen(one_id, other_id, reason, one_unit, other_unit)`. Pairs are found over the whole roster by equality
 * of telephone or folded name, and only then looked up in the scope: of 100,000 people few look like another.
 * `reason` is the place in PAIR_REASONS.
 */
function pairCtes(scope: UnitScope, day: string): SQL {
	return sql`
		living as materialized (
			select id, search_name, phone, birth_date, birth_year, personal_number_hmac from person
			where canonical_id is null and voided_at is null
		),
		shared as (
			select phone from living where phone is not null group by phone having count(*) > ${SHARED_PHONE}
		),
		alike as (
			select x.id as one_id, y.id as other_id, case
				when x.phone = y.phone then 0
				when x.birth_date = y.birth_date then 1
				when x.birth_year = y.birth_year then 2
				else 3 end as reason
			from living x join living y on y.search_name = x.search_name and y.id > x.id
			where (x.phone = y.phone or x.birth_year = y.birth_year or x.birth_year is null or y.birth_year is null)
				and coalesce(x.birth_date = y.birth_date, true) and coalesce(x.birth_year = y.birth_year, true)
				and coalesce(x.personal_number_hmac = y.personal_number_hmac, true)
			union all
			select x.id, y.id, 4 from living x join living y on y.phone = x.phone and y.id > x.id
			where x.search_name <> y.search_name and x.phone not in (select phone from shared)
				and coalesce(x.personal_number_hmac = y.personal_number_hmac, true)
		),
		placed as (
			select a.*, one.unit_id as one_unit, other.unit_id as other_unit, one.path as one_path, other.path as other_path
			from alike a
			cross join lateral ${lastPlace(sql`a.one_id`, day)} one
			cross join lateral ${lastPlace(sql`a.other_id`, day)} other
			where not exists (select 1 from distinct_people d where d.one_id = a.one_id and d.other_id = a.other_id)
		),
		seen as (
			select one_id, other_id, reason, one_unit, other_unit from placed
			where (reason <> 3 or one_unit = other_unit) and ${inScope(sql`one_path`, scope)} and ${inScope(sql`other_path`, scope)}
		)`;
}

const lastPlace = (personId: SQL, day: string) => sql`(
	select f.unit_id, u.path from affiliation f join unit u on u.id = f.unit_id where f.person_id = ${personId}
	order by (f.valid_from <= ${day}::date and (f.valid_to is null or f.valid_to > ${day}::date)) desc, f.valid_from desc limit 1)`;
