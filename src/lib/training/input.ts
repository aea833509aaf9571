import * as v from 'valibot';
import { ACTIVITY_KINDS, DELIVERY_MODES, EVIDENCE_KINDS, OUTCOMES } from './activity.ts';
import {
	Codes,
	Day,
	Ids,
	Lines,
	Money,
	Optional,
	OptionalUpload,
	OptionalUploads,
	OptionalUrl,
	OptionalUuid,
	orNull,
	Reason,
	Required,
	TeachingPeriods,
	Ticked,
	Upload,
	Uuid,
	WholeNumber
} from './fields.ts';
import { walkInFields, walkInsOf } from './walk-ins.ts';

/** What is known of a class whatever its mode. */
const facts = {
	title: Required(300),
	kind: v.optional(v.picklist(ACTIVITY_KINDS, 'form.choice'), 'training'),
	mode: v.picklist(DELIVERY_MODES, 'form.choice'),
	audience: Codes,
	/** Empty: other legal training, reported apart from the targets. */
	topics: Codes,
	/** Codes of legal_field. */
	legalFields: Codes,
	/** Đơn vị phối hợp, one a line. */
	coOrganisers: Lines(200, 30),
	documentNo: Optional(100),
	documentDate: orNull(Day),
	approver: Optional(200),
	place: Optional(300),
	meetingUrl: OptionalUrl,
	lecturers: Optional(500),
	teachingPeriods: TeachingPeriods,
	stateBudgetVnd: Money,
	otherFundsVnd: Money
};

/** Facts of which several are ticked. */
export const TICKED_FACTS = ['audience', 'topics', 'legalFields'] as const;

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
		dueOn: Day,
		/** The line of the yearly plan that the class carries out. */
		planLineId: OptionalUuid
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

/**
 * "Ghi nhận lớp đã tổ chức". `activityId` is made with the form, so that sending it twice records one class. `listed` is
 * everybody on the page's list, `present` those ticked.
 */
export const RecordHeldClassInput = v.pipe(
	v.object({
		...facts,
		activityId: Uuid,
		organiserUnitId: Uuid,
		planLineId: OptionalUuid,
		heldOn: Day,
		endedOn: orNull(Day),
		listed: Ids,
		present: Ids,
		/** People who are listed and not ticked were summoned and stayed away. */
		absenteesWereSummoned: Ticked,
		...walkInFields,
		sheets: OptionalUploads,
		/** Classes that look the same were shown, and this is another one. */
		isAnother: Ticked
	}),
	v.forward(
		v.check((input) => documentOrApprover(input), 'form.document_or_approver'),
		['documentNo']
	),
	v.forward(
		v.check(({ heldOn, endedOn }) => endedOn === null || endedOn >= heldOn, 'form.date_order'),
		['endedOn']
	),
	v.transform(({ walkInNames, walkInBirthYears, walkInUnitIds, ...input }) => ({
		...input,
		walkIns: walkInsOf({ walkInNames, walkInBirthYears, walkInUnitIds }, input.organiserUnitId)
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
		planLineId: OptionalUuid,
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

/** Makes the class a bridge site of another organiser's activity. */
export const JoinParentInput = v.object({ parentId: Uuid });

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
	file: OptionalUpload
});
export type AggregateResultInput = v.InferOutput<typeof AggregateResultInput>;
export const VoidAggregateInput = v.object({ aggregateId: Uuid, reason: Reason });
