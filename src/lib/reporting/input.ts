import * as v from 'valibot';
import { Day, orNull, Optional, Reason, Required, WholeNumber } from '#lib/training/fields.ts';
import { DEFAULT_TABLES, type Outline } from './report-document.ts';
import { TABLE_IDS, type TableId } from './report-tables.ts';

/** Kinds of reporting periods; `custom` has days and a name of its own. */
export const PERIOD_KINDS = ['first_half', 'second_half', 'year', 'stage', 'custom'] as const;
export type PeriodKind = (typeof PERIOD_KINDS)[number];

const Year = v.pipe(WholeNumber, v.minValue(2025, 'form.too_small'), v.maxValue(2035, 'form.too_large'));
/** Of a period with days of its own: a required value. */
const isGiven = (kind: PeriodKind, value: string | null) => kind !== 'custom' || value !== null;

/** "Mở kỳ báo cáo". What a kind does not need is ignored. */
export const OpenPeriodInput = v.pipe(
	v.object({
		kind: v.picklist(PERIOD_KINDS, 'form.choice'),
		year: orNull(Year),
		stage: Optional(40),
		name: Optional(100),
		fromOn: orNull(Day),
		toOn: orNull(Day),
		/** Ngày chốt số liệu; left out: the period's last day. */
		cutOff: orNull(Day),
		/** Hạn gửi báo cáo. */
		dueOn: Day
	}),
	v.forward(
		v.check(({ kind, name }) => isGiven(kind, name), 'form.required'),
		['name']
	),
	v.forward(
		v.check(({ kind, fromOn }) => isGiven(kind, fromOn), 'form.required'),
		['fromOn']
	),
	v.forward(
		v.check(({ kind, toOn }) => isGiven(kind, toOn), 'form.required'),
		['toOn']
	),
	v.forward(
		v.check(({ kind, year }) => kind === 'stage' || kind === 'custom' || year !== null, 'form.required'),
		['year']
	),
	v.forward(
		v.check(({ fromOn, toOn }) => !fromOn || !toOn || fromOn <= toOn, 'form.date_order'),
		['toOn']
	)
);
export type OpenPeriodInput = v.InferOutput<typeof OpenPeriodInput>;

/** Name, cut-off and deadline of a period that is open. */
export const EditPeriodInput = v.object({ name: Required(100), cutOff: Day, dueOn: Day, version: WholeNumber });
export type EditPeriodInput = v.InferOutput<typeof EditPeriodInput>;

/** Withdrawing a period, opening a locked one again, sending a report back: why. */
export const ReasonInput = v.object({ reason: Reason });

/** The report as it was signed. */
export const SignedInput = v.object({
	signedNo: Required(60),
	signedOn: Day,
	file: v.pipe(
		v.file('form.file_required'),
		v.check((file) => file.size > 0, 'form.file_required')
	)
});

/** A template of the province's own. */
export const TemplateInput = v.object({
	file: v.pipe(
		v.file('form.file_required'),
		v.check((file) => file.size > 0, 'form.file_required')
	)
});

/** What an address asks to be written: an outline and the forms in it. */
export type ReportChoice = Readonly<{
	outline: Outline;
	tables: readonly TableId[];
	/** No form was named. */
	isDefault: boolean;
	/** A frozen version; absent: the one that stands. */
	version?: number;
	/** Word by the province's own template; outline and tables do not matter then. */
	isByTemplate?: boolean;
}>;

/** Reads the address of a download; anything malformed is ignored. Without a form named the outline's own are meant. */
export function readReportChoice(params: URLSearchParams): ReportChoice {
	const outline = params.get('outline') === 'full' ? 'full' : 'section';
	const asked = TABLE_IDS.filter((id) => params.getAll('table').includes(id));
	const version = /^\d{1,4}$/.test(params.get('version') ?? '') ? Number(params.get('version')) : undefined;
	return {
		outline,
		isDefault: asked.length === 0,
		tables: asked.length > 0 ? asked : DEFAULT_TABLES[outline],
		...(version && { version }),
		...(params.get('template') === '1' && { isByTemplate: true })
	};
}
