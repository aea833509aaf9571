import { boolean, date, integer, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core';
import { jsonb } from '../platform/columns.ts';

/** A stage of the plan (giai đoạn), both days included. */
export const targetStages = pgTable('target_stage', {
	/** `2025-2027` */
	code: text('code').primaryKey(),
	startsOn: date('starts_on').notNull(),
	endsOn: date('ends_on').notNull(),
	position: smallint('position').notNull()
});

/** trained_share counts people, online_share counts activities. */
export const INDICATORS = ['trained_share', 'online_share'] as const;
export type Indicator = (typeof INDICATORS)[number];

/** A target as the plan puts it: strictly above (`above`, "trên") or at least (`at_least`) a whole percent. */
export const targets = pgTable(
	'target',
	{
		stageCode: text('stage_code')
			.notNull()
			.references(() => targetStages.code),
		indicator: text('indicator').$type<Indicator>().notNull(),
		comparison: text('comparison').$type<'above' | 'at_least'>().notNull(),
		percent: smallint('percent').notNull(),
		/** Nguyên văn chỉ tiêu */
		wording: text('wording').notNull(),
		/** Số, ngày kế hoạch giao */
		planNo: text('plan_no').notNull(),
		version: integer('version').notNull().default(1)
	},
	(table) => [primaryKey({ columns: [table.stageCode, table.indicator] })]
);

/** Facts of this installation that an admin edits: owner, contact, first-run wizard state. One row. */
export const siteSettings = pgTable('site_setting', {
	only: boolean('only').primaryKey().default(true),
	values: jsonb('values').$type<Record<string, string>>().notNull().default({}),
	version: integer('version').notNull().default(1)
});
