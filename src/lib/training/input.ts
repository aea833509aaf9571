import * as v from 'valibot';
import { readDay } from '../text/days.ts';
import { ACTIVITY_KINDS, DELIVERY_MODES, EVIDENCE_KINDS, OUTCOMES } from './activity.ts';

const Required = (longest: number) =>
	v.pipe(v.string('form.required'), v.trim(), v.nonEmpty('form.required'), v.maxLength(longest, 'form.too_long'));

/** A text that may be left empty; null then. */
const Optional = (longest: number) =>
	v.pipe(
		v.optional(v.string('form.invalid'), ''),
		v.trim(),
		v.maxLength(longest, 'form.too_long'),
		v.transform((text) => text || null)
	);

const Uuid = v.pipe(v.string('form.required'), v.uuid('form.choice'));
const OptionalUuid = v.pipe(
	v.optional(v.union([v.literal(''), Uuid], 'form.choice'), ''),
	v.transform((id) => id || null)
);

/** A day as the browser's date field posts it or as officials type it; `yyyy-mm-dd`. */
const Day = v.pipe(
	v.string('form.required'),
	v.nonEmpty('form.required'),
	v.rawTransform(({ dataset, addIssue, NEVER }) => {
		const day = readDay(dataset.value);
		if (day) return day;
		addIssue({ message: 'form.date' });
		return NEVER;
	})
);
/** What may be left out or left empty; null then. */
const orNull = <T>(schema: v.GenericSchema<string, T>): v.GenericSchema<string | undefined, T | null> =>
	v.pipe(
		v.optional(v.string(), ''),
		v.rawTransform<string, T | null>(({ dataset, addIssue, NEVER }) => {
			if (dataset.value.trim() === '') return null;
			const parsed = v.safeParse(schema, dataset.value);
			if (parsed.success) return parsed.output;
			addIssue({ message: parsed.issues[0].message });
			return NEVER;
		})
	);

/** Số tiết, `8` or `7,5`; one tiết is 45 minutes. */
const TeachingPeriods = v.pipe(
	v.string('form.required'),
	v.nonEmpty('form.required'),
	v.transform((text) => Number(text.replace(',', '.'))),
	v.number('form.number'),
	v.minValue(0.5, 'form.too_small'),
	v.maxValue(400, 'form.too_large'),
	v.transform((value) => Math.round(value * 10) / 10)
);

/** Đồng; grouping points of Vietnamese numbers are taken. */
const Money = v.pipe(
	v.optional(v.string(), ''),
	v.transform((text) => text.replace(/[.\s]/g, '')),
	v.regex(/^\d{0,13}$/, 'form.whole_number'),
	v.transform((text) => (text === '' ? null : Number(text)))
);

const WholeNumber = v.pipe(v.string('form.required'), v.regex(/^\d{1,6}$/, 'form.whole_number'), v.transform(Number));

const Codes = v.optional(v.array(v.pipe(v.string(), v.maxLength(60))), []);
const Ids = v.optional(v.array(Uuid, 'form.choose_one'), []);
const Ticked = v.pipe(
	v.optional(v.string(), ''),
	v.transform((value) => value !== '')
);
const Reason = v.pipe(Required(500), v.minLength(3, 'form.too_short'));
const Upload = v.pipe(
	v.file('form.file_required'),
	v.check((file) => file.size > 0, 'form.file_required')
);
/** A file field left empty posts a file of no bytes. */
const OptionalUploads = v.pipe(
	v.optional(v.array(v.file('form.file_required')), []),
	v.transform((files) => files.filter((file) => file.size > 0))
);

/** What is known of a class whatever its mode. */
const facts = {
	title: Required(300),
	kind: v.optional(v.picklist(ACTIVITY_KINDS, 'form.choice'), 'training'),
	mode: v.picklist(DELIVERY_MODES, 'form.choice'),
	audience: Codes,
	/** Empty: other legal training, reported apart from the targets. */
	topics: Codes,
	documentNo: Optional(100),
	documentDate: orNull(Day),
	approver: Optional(200),
	place: Optional(300),
	meetingUrl: v.pipe(
		Optional(500),
		v.check((url) => url === null || /^https?:\/\/\S+$/.test(url), 'form.url')
	),
	lecturers: Optional(500),
	teachingPeriods: TeachingPeriods,
	stateBudgetVnd: Money,
	otherFundsVnd: Money
};

/** A class counts only under a document or somebody's approval (domain rule 1), so one of the two is asked for. */
const documentOrApprover = ({ documentNo, approver }: { documentNo: string | null; approver: string | null }) =>
	Boolean(documentNo ?? approver);

/** "Mở lớp": `courseVersionId` is required where people learn by themselves. */
export const OpenClassInput = v.pipe(
	v.object({
		...facts,
		organiserUnitId: Uuid,
		courseVersionId: OptionalUuid,
		startsOn: Day,
		dueOn: Day
	}),
	v.forward(
		v.check((input) => documentOrApprover(input), 'form.document_or_approver'),
		['documentNo']
	),
	v.forward(
		v.check(({ startsOn, dueOn }) => dueOn >= startsOn, 'form.date_order'),
		['dueOn']
	),
	v.forward(
		v.check(({ mode, courseVersionId }) => mode !== 'online_self_paced' || courseVersionId !== null, 'form.required'),
		['courseVersionId']
	)
);
export type OpenClassInput = v.InferOutput<typeof OpenClassInput>;

/** An edit names the version of the class that the form was made from. */
export const EditClassInput = v.pipe(
	v.object({ ...facts, startsOn: Day, dueOn: Day, version: WholeNumber }),
	v.forward(
		v.check((input) => documentOrApprover(input), 'form.document_or_approver'),
		['documentNo']
	),
	v.forward(
		v.check(({ startsOn, dueOn }) => dueOn >= startsOn, 'form.date_order'),
		['dueOn']
	)
);
export type EditClassInput = v.InferOutput<typeof EditClassInput>;

/** "Kết thúc lớp" asks for the day. */
export const EndClassInput = v.object({ endedOn: Day });
/** "Hủy lớp", "Mở lại lớp" and other changes that need a reason. */
export const ReasonInput = v.object({ reason: Reason });

/** `which`: the ticked people, or everybody the filter on the page matches. */
export const SummonInput = v.object({
	which: v.optional(v.picklist(['ticked', 'matching']), 'ticked'),
	personIds: Ids
});

/** Takes people off a class; the rows stay, with the reason. */
export const RemoveInput = v.object({
	participationIds: v.pipe(Ids, v.minLength(1, 'form.choose_one')),
	reason: Reason
});
export const RestoreInput = v.object({ participationId: Uuid });

/** Records how people's part in a class came out: `day` is needed for a completion. */
export const OutcomeInput = v.pipe(
	v.object({
		participationIds: v.pipe(Ids, v.minLength(1, 'form.choose_one')),
		outcome: v.picklist(OUTCOMES, 'form.choice'),
		day: orNull(Day),
		/** Tiết the people were there for, where it was not the whole class. */
		attendedPeriods: orNull(TeachingPeriods),
		reason: Optional(500)
	}),
	v.forward(
		v.check(({ outcome, day }) => outcome !== 'completed' || day !== null, 'form.required'),
		['day']
	)
);
export type OutcomeInput = v.InferOutput<typeof OutcomeInput>;

/** Somebody who came without being on the list: a name, and what tells namesakes apart. */
export type WalkIn = Readonly<{ fullName: string; birthYear: number | null; unitId: string }>;

/**
 * "Ghi nhận lớp đã tổ chức". `activityId` is made with the form, so that sending it twice records one class. `listed` is
 * everybody on the page's list, `present` those ticked.
 */
export const RecordHeldClassInput = v.pipe(
	v.object({
		...facts,
		activityId: Uuid,
		organiserUnitId: Uuid,
		heldOn: Day,
		endedOn: orNull(Day),
		listed: Ids,
		present: Ids,
		/** People who are listed and not ticked were summoned and stayed away. */
		absenteesWereSummoned: Ticked,
		walkInNames: v.optional(v.array(v.string()), []),
		walkInBirthYears: v.optional(v.array(v.string()), []),
		walkInUnitIds: v.optional(v.array(v.string()), []),
		sheets: OptionalUploads
	}),
	v.forward(
		v.check((input) => documentOrApprover(input), 'form.document_or_approver'),
		['documentNo']
	),
	v.forward(
		v.check(({ heldOn, endedOn }) => endedOn === null || endedOn >= heldOn, 'form.date_order'),
		['endedOn']
	),
	v.forward(
		v.check(
			({ walkInBirthYears }) => walkInBirthYears.every((year) => /^(|(19|20)\d\d)$/.test(year)),
			'form.birth_year'
		),
		['walkInBirthYears']
	),
	v.transform(({ walkInNames, walkInBirthYears, walkInUnitIds, ...input }) => ({
		...input,
		walkIns: walkInNames
			.map((fullName, i): WalkIn => ({
				fullName,
				birthYear: Number(walkInBirthYears[i]) || null,
				unitId: walkInUnitIds[i] || input.organiserUnitId
			}))
			.filter(({ fullName }) => fullName !== '')
	}))
);
export type RecordHeldClassInput = v.InferOutput<typeof RecordHeldClassInput>;

/** Preview of an Excel list: the file and whose class it was. */
export const AttendanceListInput = v.object({ organiserUnitId: Uuid, file: Upload });

/** Whom each line of a list means: a person, `new` or `skip`, by the line's number in Excel. */
const Choice = v.union([v.picklist(['new', 'skip']), Uuid], 'form.choice');

/** "Ghi nhận từ danh sách Excel", after the preview. */
export const RecordListedClassInput = v.pipe(
	v.object({
		...facts,
		activityId: Uuid,
		listId: Uuid,
		organiserUnitId: Uuid,
		heldOn: Day,
		endedOn: orNull(Day),
		rows: v.array(WholeNumber),
		choices: v.array(Choice)
	}),
	v.forward(
		v.check((input) => documentOrApprover(input), 'form.document_or_approver'),
		['documentNo']
	),
	v.forward(
		v.check(({ heldOn, endedOn }) => endedOn === null || endedOn >= heldOn, 'form.date_order'),
		['endedOn']
	),
	v.transform(({ rows, choices, ...input }) => ({
		...input,
		absenteesWereSummoned: false,
		choices: new Map(rows.map((row, i) => [row, choices[i] ?? 'skip']))
	}))
);
export type RecordListedClassInput = v.InferOutput<typeof RecordListedClassInput>;

/** A file that proves the class. */
export const EvidenceInput = v.object({ kind: v.picklist(EVIDENCE_KINDS, 'form.choice'), file: Upload });
export const VoidEvidenceInput = v.object({ evidenceId: Uuid, reason: Reason });

/** Numbers of a unit that gives no names: one row per category with people. */
export const AggregateResultInput = v.object({
	unitId: Uuid,
	categoryCode: Required(60),
	trainedCount: v.pipe(WholeNumber, v.minValue(1, 'form.too_small')),
	completedOn: Day,
	documentNo: Required(100),
	documentDate: Day,
	file: v.pipe(
		v.optional(v.file()),
		v.transform((file) => (file && file.size > 0 ? file : undefined))
	)
});
export type AggregateResultInput = v.InferOutput<typeof AggregateResultInput>;
export const VoidAggregateInput = v.object({ aggregateId: Uuid, reason: Reason });
