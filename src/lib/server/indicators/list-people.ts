import { type SQL, sql } from 'drizzle-orm';
import type { TargetsFilter } from '#lib/indicators/input.ts';
import type { Context } from '../platform/context.ts';
import { trainedCondition } from '../training/qualifying.ts';
import { listAggregates, partOf, type AggregateLine } from './list-aggregates.ts';
import { mayOpen, pageOf, range, type Listing } from './list-page.ts';
import { peopleCtes } from './people-sql.ts';
import { namedOn, selectWithPeople } from './selection.ts';

/** A person of the roster with the completion that counts, if there is one in the window. */
type PersonRow = Readonly<{
	personId: string;
	fullName: string;
	unitName: string;
	unitCode: string;
	categories: readonly string[];
	completedOn: string | null;
	activityId: string | null;
	activityTitle: string | null;
	isClassOpen: boolean;
}>;

/** Named people and numbers without names; `counted` is both together, the figure on the page. */
export type PeopleListing = Listing<PersonRow> & Readonly<{ aggregates: readonly AggregateLine[]; counted: number }>;

/**
 * The people behind a figure.
 * @throws {DomainError} `forbidden` for who may read figures only
 */
export async function listTargetPeople(
	ctx: Context,
	filter: TargetsFilter,
	{ isExport = false } = {}
): Promise<PeopleListing> {
	const selection = await selectWithPeople(ctx, filter);
	const where = peopleWhere(filter);
	const ctes = peopleCtes(selection, filter);
	const { limit, offset } = range(filter.page, isExport);
	const [[count], rows, aggregates] = await Promise.all([
		ctx.db.execute<{ total: number }>(sql`with ${ctes} select count(*)::int as total from base where ${where}`),
		ctx.db.execute<PersonRow>(sql`
			with ${ctes},
			listed as (
				select base.person_id, base.unit_id, base.categories, base.first_on, p.full_name, p.given_name from base join person p on p.id = base.person_id
				where ${where} order by ${byName} limit ${limit} offset ${offset}
			)
			select l.person_id as "personId", l.full_name as "fullName", v.name as "unitName", u.code as "unitCode",
				array(select t.code from target_category t where t.code = any(l.categories) order by t.place) as categories,
				l.first_on::text as "completedOn", e.activity_id as "activityId", e.title as "activityTitle",
				coalesce(e.is_open, false) as "isClassOpen"
			from listed l join unit u on u.id = l.unit_id ${namedOn(selection.window.to)}
			left join lateral (
				select a.id as activity_id, a.title, ${mayOpen(ctx)} as is_open from participation pt join training_activity a on a.id = pt.activity_id
				join person me on me.id = pt.person_id
				where coalesce(me.canonical_id, me.id) = l.person_id and pt.completed_on = l.first_on and pt.voided_at is null
					and (me.id = l.person_id or me.canonical_id = l.person_id) and ${trainedCondition(selection.rule, sql`a`)}
				order by pt.id limit 1) e on true
			order by ${byNameOf(sql`l`)}`),
		listAggregates(ctx, selection, filter)
	]);
	const total = count?.total ?? 0;
	return {
		...pageOf(selection, [...rows], total, filter.page),
		aggregates,
		counted: total + aggregates.reduce((sum, line) => sum + partOf(line, filter), 0)
	};
}

const byNameOf = (alias: SQL) =>
	sql`${alias}.given_name collate "vi-x-icu", ${alias}.full_name collate "vi-x-icu", ${alias}.person_id`;
const byName = sql`p.given_name collate "vi-x-icu", p.full_name collate "vi-x-icu", base.person_id`;

function peopleWhere({ trained, category, by }: TargetsFilter): SQL {
	const conditions = [sql`true`];
	if (trained) {
		const trainedBy = by
			? sql`(base.first_on is not null and base.first_on <= ${by}::date)`
			: sql`(base.first_on is not null)`;
		conditions.push(trained === 'yes' ? trainedBy : sql`not ${trainedBy}`);
	}
	if (category) {
		conditions.push(
			sql`${category} = any(base.categories) and exists (select 1 from target_category where code = ${category})`
		);
	}
	return sql.join(conditions, sql` and `);
}
