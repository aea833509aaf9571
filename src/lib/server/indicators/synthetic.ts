import { sql } from 'drizzle-orm';
import { ensureReferenceData, ensureRootUnit } from '../organisation/reference-data.ts';
import type { Context } from '../platform/context.ts';
import { today } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { recomputeFirstCompletions } from '../training/first-completion.ts';
import { ensureTargets } from './reference-data.ts';

/** How much to make. */
export type SyntheticSize = Readonly<{ people: number; units: number; activities: number; participations: number }>;

/** Any number that shares no factor with usual counts: rounds of participations fall on different activities. */
const STRIDE = 7919;

/**
 * Fills a database with people, units, activities and participations for load tests, in a handful of set-based
 * statements and one transaction. Made names; the same rows for the same size and day.
 * @throws {DomainError} `conflict` `indicators.not_empty` when people are there already
 */
export async function seedSynthetic(
	ctx: Context,
	size: SyntheticSize,
	note: (text: string) => void = () => {}
): Promise<void> {
	const [state] = await ctx.db.execute<{ filled: boolean }>(sql`select exists (select 1 from person) as filled`);
	if (state?.filled) throw new DomainError('conflict', 'indicators.not_empty');
	await ctx.db.transaction(async (tx) => {
		await ensureReferenceData(tx);
		await ensureTargets(tx);
		await tx.execute(sql`set local work_mem = '256MB'`);
		await makeUnits(tx, size.units);
		note(`${size.units} units`);
		await makePeople(tx, size.people);
		note(`${size.people} people`);
		await makeActivities(tx, size.activities, today(ctx));
		note(`${size.activities} activities`);
		await makeParticipations(tx, size);
		note(`${size.participations} participations`);
		await tx.execute(sql`analyze person, training_activity, participation`); // without it the next join takes nested loops
		await recomputeFirstCompletions(tx, 'all');
		note('first completions');
	});
	await ctx.db.execute(sql`vacuum analyze`);
}

/** A tenth of the units stand below the province, the others below them. */
async function makeUnits(tx: Database, count: number): Promise<void> {
	const rootId = await ensureRootUnit(tx);
	const tops = Math.max(1, Math.ceil(count / 10));
	await tx.execute(
		sql`insert into unit (code, path) select 'SYN-' || i, '0' from generate_series(1, ${count - 1}::int) i`
	);
	await tx.execute(sql`create temp table made on commit drop as
		select id, no, row_number() over (order by no) as i from unit where code like 'SYN-%'`);
	await tx.execute(sql`update unit set path = root.path || made.no::text from made, unit root
		where unit.id = made.id and root.id = ${rootId}::uuid and made.i <= ${tops}`);
	await tx.execute(sql`update unit set path = parent.path || made.no::text from made, made top join unit parent on parent.id = top.id
		where unit.id = made.id and made.i > ${tops} and top.i = (made.i % ${tops}) + 1`);
	await tx.execute(sql`insert into unit_version (unit_id, name, type, parent_id, valid_from)
		select u.id, 'Đơn vị ' || made.i, case when made.i <= ${tops} then 'provincial_department' else 'commune' end,
			(select p.id from unit p where p.path = subpath(u.path, 0, -1)), '2025-01-01'
		from made join unit u on u.id = made.id`);
}

async function makePeople(tx: Database, count: number): Promise<void> {
	await tx.execute(sql`create temp table who on commit drop as
		select gen_random_uuid() as id, i, (select count(*) from made)::int as units from generate_series(0, ${count - 1}::int) i`);
	await tx.execute(sql`insert into person (id, full_name, given_name, search_name)
		select id, 'Nguyễn Văn ' || i, i::text, 'nguyen van ' || i from who`);
	await tx.execute(sql`create temp table where_now on commit drop as
		select who.id, who.i, made.id as unit_id from who join made on made.i = (who.i % who.units) + 1`);
	await tx.execute(
		sql`insert into affiliation (person_id, unit_id, valid_from) select id, unit_id, '2025-01-01' from where_now`
	);
	await tx.execute(sql`insert into category_membership (person_id, category_code, valid_from)
		select id, (array['advising_official', 'legal_rapporteur', 'legal_propagandist'])[i % 3 + 1], date '2025-01-01' from who
		union all select id, 'advising_official', date '2025-01-01' from who where i % 3 > 0 and i % 10 = 0`);
	await tx.execute(sql`create unique index on where_now (i)`);
	await tx.execute(sql`analyze where_now`);
}

/** Spread over the days since the plan began; 70 of 100 online, 10 hybrid, 20 in person. */
async function makeActivities(tx: Database, count: number, day: string): Promise<void> {
	await tx.execute(sql`create temp table what on commit drop as
		select gen_random_uuid() as id, i, date '2025-01-01' + (i::bigint * (${day}::date - date '2025-01-01') / ${count})::int as held
		from generate_series(0, ${count - 1}::int) i`);
	await tx.execute(sql`insert into training_activity (id, kind, title, organiser_unit_id, mode, document_no, starts_on, due_on,
			teaching_periods, status, ended_on)
		select what.id, 'training', 'Lớp ' || what.i, made.id,
			case when what.i % 10 < 4 then 'online_self_paced' when what.i % 10 < 7 then 'online_live'
				when what.i % 10 = 7 then 'hybrid' else 'in_person' end,
			what.i || '/KH', what.held, what.held, 8, 'ended', what.held
		from what join made on made.i = (what.i % (select count(*) from made)) + 1`);
	await tx.execute(sql`create unique index on what (i)`);
	await tx.execute(sql`analyze what`);
}

/** 78 of 100 people complete seven of ten of their classes; the others only come. */
async function makeParticipations(tx: Database, { people, activities, participations }: SyntheticSize): Promise<void> {
	await tx.execute(sql`insert into participation (person_id, activity_id, unit_id_then, summoned_on, attended_on, completed_on,
			completed_recorded_at, outcome)
		select p.id, a.id, p.unit_id, a.held, a.held, case when done then a.held end, case when done then now() end,
			case when done then 'completed' else 'not_completed' end
		from generate_series(0, ${participations - 1}::bigint) k
		join where_now p on p.i = (k % ${people})::int
		join what a on a.i = ((p.i::bigint * 31 + (k / ${people}) * ${STRIDE}) % ${activities})::int
		cross join lateral (select p.i % 100 < 78 and (k / ${people} + p.i) % 10 < 7 as done) d`);
}
