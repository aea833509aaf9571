import * as v from 'valibot';
import { parseDay } from '#lib/i18n/format.ts';
import { ACTIVITY_KINDS } from '#lib/training/activity.ts';

const Text = (length: number) => v.pipe(v.string('form.required'), v.trim(), v.maxLength(length, 'form.too_long'));
const Required = (length: number) => v.pipe(Text(length), v.minLength(1, 'form.required'));
const Whole = (min: number, max: number) =>
	v.pipe(
		v.string('form.required'),
		v.regex(/^\d+$/, 'form.whole_number'),
		v.transform(Number),
		v.minValue(min, 'form.too_small'),
		v.maxValue(max, 'form.too_large')
	);
const DayField = v.pipe(
	v.string('form.required'),
	v.transform((text) => parseDay(text) ?? ''),
	v.minLength(1, 'form.date')
);

/** What the address of the targets page may say; anything malformed is ignored, since addresses are shared and edited. */
export type TargetsFilter = Readonly<{
	/** Code of the unit; absent: the top of what the reader may see. */
	unit?: string;
	stage?: string;
	/** One year of the stage; absent: the whole stage. */
	year?: number;
	/** Cumulative since the plan began, whatever the stage. */
	isSincePlan: boolean;
	/** Ngày chốt, `yyyy-mm-dd`; absent: today. */
	cutOff?: string;
	sort?: UnitSort;
	page: number;
	/** Lists only. */
	trained?: 'yes' | 'no';
	category?: string;
	/** First trained on or before this day. */
	by?: string;
	mode?: 'online' | 'hybrid' | 'in_person' | 'counted' | 'before_decision' | 'external';
	/** The unit itself without those below it. */
	isDirect: boolean;
	/** Classes: one class's participations. */
	activity?: string;
	outcome?: 'completed' | 'open';
}>;

/** Orders of the table by unit. */
const UNIT_SORTS = ['name', 'roster', 'trained', 'activities', 'online'] as const;
type UnitSort = (typeof UNIT_SORTS)[number];

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Reads the address. Days may be `2026-11-20` or `20/11/2026`. */
export function readTargetsFilter(params: URLSearchParams): TargetsFilter {
	const text = (name: string) => params.get(name)?.trim().slice(0, 100) || undefined;
	const choice = <T extends string>(name: string, choices: readonly T[]) => choices.find((c) => c === params.get(name));
	const day = (name: string) => parseDay(text(name) ?? '');
	const year = /^\d{4}$/.test(text('period') ?? '') ? Number(text('period')) : undefined;
	const page = /^\d{1,6}$/.test(text('page') ?? '') ? Math.max(1, Number(text('page'))) : 1;
	const activity = text('activity');
	return {
		unit: text('unit'),
		stage: text('stage'),
		year,
		isSincePlan: params.get('period') === 'since',
		cutOff: day('cutoff'),
		sort: choice('sort', UNIT_SORTS),
		page,
		trained: choice('trained', ['yes', 'no'] as const),
		category: text('category'),
		by: day('by'),
		mode: choice('mode', ['online', 'hybrid', 'in_person', 'counted', 'before_decision', 'external'] as const),
		isDirect: params.get('direct') === '1',
		activity: activity && UUID.test(activity) ? activity : undefined,
		outcome: choice('outcome', ['completed', 'open'] as const)
	};
}

/** One target of one stage, as an admin edits it. */
export const TargetInput = v.object({
	stageCode: Required(40),
	indicator: v.picklist(['trained_share', 'online_share'], 'form.choice'),
	comparison: v.picklist(['above', 'at_least'], 'form.choice'),
	percent: Whole(1, 100),
	wording: Required(2000),
	planNo: Required(200),
	version: Whole(1, 1_000_000)
});
export type TargetInput = v.InferOutput<typeof TargetInput>;

/** The days of a stage. */
export const StageInput = v.pipe(
	v.object({
		code: Required(40),
		startsOn: DayField,
		endsOn: DayField,
		/** The days the form was made from, `yyyy-mm-dd`; others meanwhile are a conflict. */
		seenStartsOn: Required(10),
		seenEndsOn: Required(10)
	}),
	v.forward(
		v.check(({ startsOn, endsOn }) => startsOn < endsOn, 'form.date_order'),
		['endsOn']
	)
);
export type StageInput = v.InferOutput<typeof StageInput>;

/** How the province counts. A rule other than strict needs the document that allows it. */
export const CountingRuleInput = v.pipe(
	v.object({
		hybridRule: v.picklist(['strict', 'majority_online', 'all_hybrid'], 'form.choice'),
		guidingDocument: v.optional(Text(300), ''),
		countedKinds: v.optional(
			v.pipe(v.array(v.picklist(ACTIVITY_KINDS, 'form.choice')), v.minLength(1, 'form.choose_one')),
			() => []
		),
		/** One code a line. */
		countedTopics: v.pipe(
			Text(1000),
			v.transform((text) => text.split(/[\s,;]+/).filter(Boolean)),
			v.minLength(1, 'form.required')
		),
		attendancePercent: Whole(1, 100),
		smallUnitActivities: Whole(0, 100),
		/** Id of the rule the form was made from; another one in force meanwhile is a conflict. */
		seenRule: v.optional(Text(40), '')
	}),
	v.forward(
		v.check(
			({ hybridRule, guidingDocument }) => hybridRule === 'strict' || guidingDocument.length > 0,
			'form.required'
		),
		['guidingDocument']
	)
);
export type CountingRuleInput = v.InferOutput<typeof CountingRuleInput>;
