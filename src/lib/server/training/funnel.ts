import { type SQL, sql } from 'drizzle-orm';

/**
 * Funnel of one class: được triệu tập → tham dự → hoàn thành. `summonedCompleted` is the numerator of the completion rate
 * (hoàn thành / triệu tập): people who came unsummoned stand on neither side of it. People are counted once, merged rows
 * together.
 */
export type Funnel = Readonly<{ summoned: number; attended: number; completed: number; summonedCompleted: number }>;

/** The four numbers over the joined rows of `participation` and `person`; use with rows that are not voided. */
export const funnelColumns = {
	summoned: distinct(sql`participation.summoned_on is not null`),
	attended: distinct(sql`participation.attended_on is not null or participation.completed_on is not null`),
	completed: distinct(sql`participation.completed_on is not null`),
	summonedCompleted: distinct(sql`participation.summoned_on is not null and participation.completed_on is not null`)
} satisfies Record<keyof Funnel, SQL<number>>;

function distinct(condition: SQL): SQL<number> {
	return sql<number>`(count(distinct coalesce(person.canonical_id, person.id)) filter (where ${condition}))::int`;
}
