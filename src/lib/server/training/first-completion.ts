import { sql, type SQL } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { currentRule } from './counting-rule.ts';
import { trainedCondition } from './qualifying.ts';

/** Whose rows may have moved: some people (either row of a merged pair will do), everybody of an activity, or all. */
export type Affected = Readonly<{ personIds: readonly string[] }> | Readonly<{ activityId: string }> | 'all';

/**
 * Brings the derived rows of `first_completion` up to date with the participations as this transaction sees them. Call
 * it in the transaction of every change that can move one: a completion, a correction, a voided participation, facts of
 * an activity, the counting rule, a merger of people.
 *
 * People are locked in the order of their ids, so that two completions of one person take turns and neither misses the
 * other; a change of everything locks the table against both.
 */
export async function recomputeFirstCompletions(tx: Database, affected: Affected): Promise<void> {
	const isAll = affected === 'all';
	await tx.execute(
		isAll
			? sql`lock table first_completion in share row exclusive mode`
			: sql`lock table first_completion in row exclusive mode`
	);
	const personIds = isAll ? [] : await lockPeople(tx, affected);
	if (!isAll && personIds.length === 0) return;
	const among = (column: SQL) => (isAll ? sql`true` : sql`${column} = any(${sql.param(personIds)}::uuid[])`);
	await tx.execute(sql`delete from first_completion where ${among(sql`person_id`)}`);
	await tx.execute(sql`
		insert into first_completion (person_id, year, completed_on, participation_id)
		select distinct on (1, 2) coalesce(person.canonical_id, person.id), extract(year from participation.completed_on),
			participation.completed_on, participation.id
		from person
			join participation on participation.person_id = person.id
			join training_activity on training_activity.id = participation.activity_id
		where participation.completed_on is not null and participation.voided_at is null
			and (${among(sql`person.id`)} or ${among(sql`person.canonical_id`)})
			and ${trainedCondition(await currentRule(tx))}
		order by 1, 2, participation.completed_on, participation.id`);
}

/**
 * Canonical ids of the affected people and of rows that were canonical themselves before a merger. Those named first: a
 * merger that is about to point them elsewhere has ended when the second statement looks whom they point to.
 */
async function lockPeople(tx: Database, affected: Exclude<Affected, 'all'>): Promise<string[]> {
	const named = await lockRows(
		tx,
		'activityId' in affected
			? sql`select person_id from participation where activity_id = ${affected.activityId} and completed_on is not null`
			: sql`select unnest(${sql.param([...affected.personIds])}::uuid[])`
	);
	const ids = sql`${sql.param(named)}::uuid[]`;
	return lockRows(
		tx,
		sql`select unnest(${ids}) union select canonical_id from person where id = any(${ids}) and canonical_id is not null`
	);
}

async function lockRows(tx: Database, ids: SQL): Promise<string[]> {
	const rows = await tx.execute<{ id: string }>(
		sql`select id from person where id = any(array(${ids})) order by id for no key update`
	);
	return rows.map(({ id }) => id);
}
