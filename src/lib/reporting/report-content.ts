import type { Share, Verdict } from '#lib/indicators/share.ts';

/** Forms whose rows are typed in, each row with its source. 11 is the satisfaction of citizens and businesses. */
export const MANUAL_TABLE_IDS = ['06', '07', '08', '10', '11'] as const;
export type ManualTableId = (typeof MANUAL_TABLE_IDS)[number];

/**
 * One report of one unit or of the province over one period, as plain JSON: every figure and every sentence that the
 * Word, Excel and PDF files print, so that a stored report prints the same years later. Days are `yyyy-mm-dd`, money is
 * whole đồng, shares are whole numbers (never a percentage).
 */
export type ReportContent = Readonly<{
	/** Shape of this JSON; raised when a stored report of an older shape needs reading differently. */
	shape: 1;
	heading: ReportHeading;
	/** The sentences of the outline, in its order; the generated ones are always there, edited or not. */
	narrative: readonly NarrativeBlock[];
	/** Biểu 01 – stock at the cut-off by category, then everybody once. */
	staff: readonly StaffRow[];
	/** Biểu 02 – the two shares against their targets: over the stage, then within the period. */
	targets: readonly TargetRow[];
	/** Biểu 03 – every activity that counts in the period, by the day it ended. */
	activities: readonly ActivityRow[];
	/** Biểu 04 – the four modes, in their order, also those without any activity. */
	modes: readonly ModeRow[];
	/** Biểu 05 – the units one level below; empty in the report of a unit without units below it. */
	units: readonly UnitRow[];
	/** Biểu 09 – one row per calendar year that the period touches. */
	budget: readonly BudgetRow[];
	/** Biểu 06, 07, 08, 10, 11 – rows from data where a module has some, then as entered. */
	manual: Readonly<Record<ManualTableId, readonly ManualRow[]>>;
	/** The counting rule in sentences, printed under the tables. */
	rule: readonly string[];
	/** What else the reader must know: numbers without names, activities before the Decision, what is not held. */
	notes: readonly string[];
	/** Ids of what was counted; the lists behind the figures. No names, no personal numbers. */
	sources: Readonly<{ activities: readonly string[]; trained: readonly string[]; untrained: readonly string[] }>;
}>;

type ReportHeading = Readonly<{
	/** Cơ quan chủ quản; empty where there is none above. */
	superior: string;
	/** Cơ quan, đơn vị báo cáo. */
	agency: string;
	/** Địa danh; empty: left to be filled in. */
	place: string;
	unit: Readonly<{ id: string; code: string; name: string }>;
	isProvince: boolean;
	/** Name of the period, for example `Năm 2026`. */
	period: string;
	from: string;
	to: string;
	/** Ngày chốt số liệu. */
	cutOff: string;
	/** Stage of the plan whose targets apply, `2025-2027`, and its first day: from there the trained are cumulated. */
	stage: string;
	stageFrom: string;
	/** Who signs and who receives; empty texts are left to be filled in on paper. */
	signature: Readonly<{ title: string; name: string; receivers: readonly string[] }>;
}>;

/** Sentences made from figures, and sections of the outline that people write. */
export const GENERATED_BLOCKS = ['staff', 'trained', 'online', 'compared', 'funds'] as const;
export const WRITTEN_BLOCKS = [
	'direction',
	'materials',
	'contests',
	'surveys',
	'results',
	'shortcomings',
	'causes',
	'lessons',
	'tasks',
	'proposals'
] as const;
export type BlockKey = (typeof GENERATED_BLOCKS)[number] | (typeof WRITTEN_BLOCKS)[number];

/** `isManual`: typed or changed by a person. A written block without text stands as an empty text. */
export type NarrativeBlock = Readonly<{ key: BlockKey; text: string; isManual: boolean }>;

/** What people typed for a report: texts by block, rows by form. Given to the assembly, kept by the submission. */
export type ManualEntries = Readonly<{
	narrative?: Readonly<Partial<Record<BlockKey, string>>>;
	tables?: Readonly<Partial<Record<ManualTableId, readonly ManualRow[]>>>;
	/** `place`: địa danh, where the one made from the unit's name does not fit. */
	form?: Readonly<{ place: string; signerTitle: string; signerName: string; receivers: readonly string[] }>;
}>;

/** One row, typed or (`isMade`) made from data of this system: values by column (see `report-tables.ts`) and where they come from. */
export type ManualRow = Readonly<{
	values: Readonly<Record<string, string | number>>;
	source: string;
	isMade?: boolean;
}>;

/** People of one category, or all of them once (`code` = `total`). Numbers without names stand in `total` and `aggregate` only. */
export type StaffRow = Readonly<{
	code: string;
	name: string;
	total: number;
	/** The part of `total` known in numbers only: neither sex nor degree is known of them. */
	aggregate: number;
	male: number;
	female: number;
	/** Held only where people agreed to give it, never by name; null: not held. */
	ethnicMinority: number | null;
	lawDegree: number;
	otherDegree: number;
	/** Neither degree, or not stated. */
	otherQualification: number;
	/** Came into and went out of the category (or the units) in the period; named people only. */
	increase: number;
	decrease: number;
}>;

export type TargetRow = Readonly<{
	indicator: 'trained_share' | 'online_share';
	/** `stage`: from the stage's first day; `period`: within the period alone. Both end on the cut-off. */
	span: 'stage' | 'period';
	/** Nguyên văn; empty where the stage has no target. */
	wording: string;
	comparison: 'above' | 'at_least';
	/** Null where the stage has no target. */
	percent: number | null;
	share: Share;
	/** Null: not compared (people within the period alone, since the target runs over the stage; no target at all). */
	verdict: Verdict | null;
	/** With hybrid activities in the numerator; null for people. */
	upper: Share | null;
	/** Cùng kỳ: up to the same day a year before, `stage` rows from the same first day, `period` rows from a year earlier. */
	lastYear: Share;
}>;

type Mode = 'online_self_paced' | 'online_live' | 'in_person' | 'hybrid';

export type ActivityRow = Readonly<{
	id: string;
	title: string;
	documentNo: string;
	documentDate: string | null;
	/** Stands where there is no document. */
	approver: string;
	organiser: string;
	/** Names, as they were. */
	topics: readonly string[];
	mode: Mode;
	startsOn: string;
	endedOn: string;
	teachingPeriods: number;
	summoned: number;
	attended: number;
	completed: number;
	/** Certificates that stood at the cut-off; null where the system issued none for the class. */
	certificates: number | null;
	stateBudgetVnd: number | null;
	otherFundsVnd: number | null;
	evidenceCount: number;
	/** Ended before the Decision of 15/4/2025. */
	isEarly: boolean;
	/** Counts as online by the province's rule. */
	isCounted: boolean;
}>;

/** `attendances` are lượt người; `completed` are distinct people who completed an activity of this mode. */
export type ModeRow = Readonly<{
	mode: Mode;
	activities: number;
	attendances: number;
	completed: number;
	teachingPeriods: number;
}>;

export type UnitRow = Readonly<{
	id: string;
	code: string;
	name: string;
	/** Key of the unit's type. */
	type: string;
	/** The reporting unit itself, without those below it. */
	isDirect: boolean;
	trained: Share;
	/** By target category, in the order of `ReportContent.staff`; a person of two categories stands in both. */
	byCategory: readonly Readonly<{ code: string; share: Share }>[];
	online: Share;
	/** Where the unit's own report stands; null where none is asked for. */
	submission: SubmissionMark | null;
}>;

export type SubmissionMark = 'not_sent' | 'sent' | 'returned' | 'accepted';

export type BudgetRow = Readonly<{ year: number; stateBudgetVnd: number; otherFundsVnd: number }>;
