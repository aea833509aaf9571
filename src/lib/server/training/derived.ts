import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { currentRule } from './counting-rule.ts';
import { recomputeFirstCompletions } from './first-completion.ts';
import { trainedCondition } from './qualifying.ts';

/** How many keys of each derived table differ from what the rows they are derived from give. */
export type Differences = Readonly<Record<'attendance' | 'summons' | 'roster' | 'firstCompletions', number>>;

const ATTENDANCE = sql`select activity_id, count(*) from participation
	where voided_at is null and (attended_on is not null or completed_on is not null) group by 1`;

const SUMMONS = sql`select unit_id_then, date_trunc('month', summoned_on::timestamp)::date,
		date_trunc('month', completed_on::timestamp)::date, count(*)
	from participation where voided_at is null and summoned_on is not null group by 1, 2, 3`;

const ROSTER = sql`select s.* from person p cross join lateral roster_segments_of(p.id) s where p.canonical_id is null`;

const firstCompletions = (rule: Parameters<typeof trainedCondition>[0]): SQL => sql`
	select coalesce(person.canonical_id, person.id), extract(year from participation.completed_on)::int,
		min(participation.completed_on)
	from person join participation on participation.person_id = person.id
		join training_activity on training_activity.id = participation.activity_id
	where participation.completed_on is not null and participation.voided_at is null and ${trainedCondition(rule)}
	group by 1, 2`;

/** Works the derived tables out anew and compares; writes nothing. A million participations take half a minute. */
export async function compareDerived(db: Database): Promise<Differences> {
	const count = async (kept: SQL, derived: SQL) => {
		const [row] = await db.execute<{ count: number }>(sql`with kept as (${kept}), derived as (${derived})
			select ((select count(*) from (table kept except all table derived) missing)
				+ (select count(*) from (table derived except all table kept) extra))::int as count`);
		return row?.count ?? 0;
	};
	const attendance = sql`select activity_id, sum(attendees) from attendance_tally group by 1 having sum(attendees) <> 0`;
	const summons = sql`select unit_id, summoned_month, completed_month, sum(people) from summons_tally
		group by 1, 2, 3 having sum(people) <> 0`;
	return {
		attendance: await count(attendance, ATTENDANCE),
		summons: await count(summons, SUMMONS),
		roster: await count(sql`select * from roster_segment`, ROSTER),
		firstCompletions: await count(
			sql`select person_id, year::int, completed_on from first_completion`,
			firstCompletions(await currentRule(db))
		)
	};
}

/** Writes all derived rows anew, in the caller's transaction; changes of participations and people wait for its end. */
export async function recomputeDerived(tx: Database): Promise<void> {
	await tx.execute(sql`lock table person, affiliation, category_membership, participation in share row exclusive mode`);
	await tx.execute(sql`delete from attendance_tally`);
	await tx.execute(sql`insert into attendance_tally (activity_id, attendees) ${ATTENDANCE}`);
	await tx.execute(sql`delete from summons_tally`);
	await tx.execute(sql`insert into summons_tally (unit_id, summoned_month, completed_month, people) ${SUMMONS}`);
	await tx.execute(sql`delete from roster_segment`);
	await tx.execute(sql`insert into roster_segment ${ROSTER}`);
	await recomputeFirstCompletions(tx, 'all');
}
