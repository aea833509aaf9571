import * as v from 'valibot';
import { Day, Optional, OptionalUrl, Reason, Required, Ticked, Uuid, WholeNumber } from '#lib/training/fields.ts';

/** Forms of dissemination, after Luật Phổ biến, giáo dục pháp luật 14/2012/QH13, Điều 11. */
export const DISSEMINATION_FORMS = [
	'direct',
	'counselling',
	'materials',
	'media',
	'contest',
	'duty',
	'culture',
	'school',
	'other'
] as const;
export type DisseminationForm = (typeof DISSEMINATION_FORMS)[number];

/** `missing`: nothing was begun. */
export const SELF_REPORT_STATES = ['missing', 'draft', 'sent', 'returned', 'accepted'] as const;
export type SelfReportState = Exclude<(typeof SELF_REPORT_STATES)[number], 'missing'>;

/** States in which the person may change the report. */
export const isOpen = (state: SelfReportState) => state === 'draft' || state === 'returned';

/** Categories whose people report on a year's own activity (Luật PBGDPL Đ.36, 37). */
export const REPORTING_CATEGORIES = ['legal_rapporteur', 'legal_propagandist'] as const;

/** One activity of the person's own; `id` of the line that is changed, none for a new one. */
export const SelfReportLineInput = v.object({
	id: v.optional(v.union([v.literal(''), Uuid], 'form.choice'), ''),
	heldOn: Day,
	form: v.picklist(DISSEMINATION_FORMS, 'form.choice'),
	content: Required(300),
	place: Optional(200),
	audience: Optional(200),
	people: v.pipe(WholeNumber, v.maxValue(1_000_000, 'form.too_large')),
	isOnline: Ticked,
	link: OptionalUrl
});
export type SelfReportLineInput = v.InferOutput<typeof SelfReportLineInput>;

/** What is written beside the activities; `intent` says whether the report is sent too. */
export const SelfReportWordsInput = v.object({
	difficulties: Optional(2000),
	proposals: Optional(2000),
	version: WholeNumber,
	intent: v.picklist(['save', 'send'], 'form.choice')
});
export type SelfReportWordsInput = v.InferOutput<typeof SelfReportWordsInput>;

export const SelfReportLineId = v.object({ id: Uuid });
export const ReturnSelfReportInput = v.object({ reason: Reason });
