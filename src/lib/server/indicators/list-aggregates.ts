import { sql } from 'drizzle-orm';
import { aggregateShares } from '#lib/indicators/aggregates.ts';
import type { TargetsFilter } from '#lib/indicators/input.ts';
import type { Context } from '../platform/context.ts';
import { trainedCondition } from '../training/qualifying.ts';
import { namedOn, type Selection } from './selection.ts';

/** Numbers without names of one unit and category: which document they stand on. */
export type AggregateLine = Readonly<{
	unitId: string;
	unitName: string;
	unitCode: string;
	categoryCode: string;
	part: number;
	whole: number;
	documents: readonly string[];
}>;

/** How many of a line without names the list is about. */
export function partOf(
	{ part, whole }: Pick<AggregateLine, 'part' | 'whole'>,
	{ trained }: Pick<TargetsFilter, 'trained'>
) {
	if (trained === 'yes') return part;
	return trained === 'no' ? whole - part : whole;
}

type AggregateSource = {
	unitId: string;
	unitName: string;
	unitCode: string;
	categoryCode: string;
	headcount: number;
	document: string;
};
type AggregateOutcome = {
	unitId: string;
	categoryCode: string;
	trainedCount: number;
	completedOn: string;
	document: string;
};

/** The numbers without names behind a figure, by unit and category. */
export async function listAggregates(
	ctx: Context,
	selection: Selection,
	filter: TargetsFilter
): Promise<AggregateLine[]> {
	const { window, unit, rule } = selection;
	const within = filter.isDirect ? sql`u.path = ${unit.path}::ltree` : sql`u.path <@ ${unit.path}::ltree`;
	const category = filter.category ? sql`and s.category_code = ${filter.category}` : sql``;
	const [rosters, results] = await Promise.all([
		ctx.db.execute<AggregateSource>(sql`
			select s.unit_id as "unitId", v.name as "unitName", u.code as "unitCode", s.category_code as "categoryCode",
				s.headcount, ${documentText} as document
			from aggregate_roster s join unit u on u.id = s.unit_id ${namedOn(window.to)}
			where s.valid_from <= ${window.to}::date and (s.valid_to is null or s.valid_to > ${window.to}::date)
				and s.category_code in (select code from category where is_target) ${category} and ${within}
			order by v.name collate "vi-x-icu", s.category_code`),
		ctx.db.execute<AggregateOutcome>(sql`
			select s.unit_id as "unitId", s.category_code as "categoryCode", s.trained_count as "trainedCount",
				s.completed_on::text as "completedOn", ${documentText} as document
			from aggregate_result s join unit u on u.id = s.unit_id left join training_activity a on a.id = s.activity_id
			where s.voided_at is null and s.completed_on between ${window.from}::date and ${window.to}::date ${category}
				and (a.id is null or ${trainedCondition(rule, sql`a`)}) and ${within}`)
	]);
	return aggregateShares(rosters, results, filter.by).map((share) => {
		const is = (row: { unitId: string; categoryCode: string }) =>
			row.unitId === share.unitId && row.categoryCode === share.categoryCode;
		const source = rosters.find(is);
		return {
			unitId: share.unitId,
			unitName: source?.unitName ?? '',
			unitCode: source?.unitCode ?? '',
			categoryCode: share.categoryCode,
			part: share.part,
			whole: share.whole,
			documents: [...new Set([...rosters.filter(is), ...results.filter(is)].map(({ document }) => document))]
		};
	});
}

const documentText = sql`s.document_no || ' ngày ' || to_char(s.document_date, 'DD/MM/YYYY')`;
