import * as v from 'valibot';
import { readBirth, readDay } from '../text/days.ts';
import { tidy } from '../text/fold.ts';
import { readPersonalNumber } from '../text/personal-number.ts';
import { normalisePhone } from '../text/phone.ts';
import { END_REASONS, GENDERS, LEVELS, QUALIFICATIONS, SUBUNIT_TYPES } from './words.ts';

const id = v.pipe(v.string('form.required'), v.uuid('form.choice'));
const line = (max: number) =>
	v.pipe(
		v.string('form.required'),
		v.transform(tidy),
		v.minLength(1, 'form.required'),
		v.maxLength(max, 'form.too_long')
	);
const optionalLine = (max: number) =>
	v.pipe(
		v.optional(v.string(), ''),
		v.transform(tidy),
		v.maxLength(max, 'form.too_long'),
		v.transform((text) => text || undefined)
	);
/** A day as typed; becomes `yyyy-mm-dd`. */
const day = v.pipe(
	v.string('form.required'),
	v.minLength(1, 'form.required'),
	v.rawTransform<string, string>(({ dataset, addIssue, NEVER }) => {
		const read = readDay(dataset.value);
		if (read) return read;
		addIssue({ message: 'form.date' });
		return NEVER;
	})
);
/** A text that may be left empty, read by `read`; what cannot be read is an issue. */
const optionalRead = <T>(read: (text: string) => T | undefined, message: string) =>
	v.pipe(
		v.optional(v.string(), ''),
		v.rawTransform<string, T | undefined>(({ dataset, addIssue, NEVER }) => {
			if (dataset.value.trim() === '') return undefined;
			const value = read(dataset.value);
			if (value !== undefined) return value;
			addIssue({ message });
			return NEVER;
		})
	);
const optionalDay = optionalRead(readDay, 'form.date');
const optionalChoice = <const T extends readonly string[]>(options: T) =>
	optionalRead((text) => (options.includes(text) ? (text as T[number]) : undefined), 'form.choice');
const wholeNumber = (max: number) =>
	v.pipe(
		v.union(
			[v.number(), v.pipe(v.string(), v.regex(/^\d+$/, 'form.whole_number'), v.transform(Number))],
			'form.whole_number'
		),
		v.maxValue(max, 'form.too_large')
	);
const optionalNumber = (max: number) =>
	optionalRead((text) => (/^\d+$/.test(text) && Number(text) <= max ? Number(text) : undefined), 'form.whole_number');
const checkbox = v.pipe(
	v.optional(v.union([v.boolean(), v.string()]), false),
	v.transform((value) => value === true || value === 'on' || value === 'true')
);
const version = wholeNumber(2_000_000_000);

/** Letters, digits, `-`, `_`, `.`: a code is printed, typed and put in file names. */
export const UnitCode = v.pipe(
	v.string('form.required'),
	v.transform((text) => tidy(text).toUpperCase()),
	v.minLength(1, 'form.required'),
	v.maxLength(40, 'form.too_long'),
	v.regex(/^[A-Z0-9][A-Z0-9._-]*$/, 'form.unit_code')
);

const unitName = { name: line(200), shortName: optionalLine(80), type: v.picklist(SUBUNIT_TYPES, 'form.choice') };

/** A new unit below another. */
export const CreateUnitInput = v.object({
	parentId: id,
	code: UnitCode,
	...unitName,
	givesAggregates: checkbox,
	validFrom: day
});
export type CreateUnitInput = v.InferOutput<typeof CreateUnitInput>;

/** Another name or type from a day on; `version` is the one the form was opened with. */
export const RenameUnitInput = v.object({
	unitId: id,
	version,
	...unitName,
	type: v.picklist(['province', ...SUBUNIT_TYPES], 'form.choice'),
	givesAggregates: checkbox,
	from: day
});
export type RenameUnitInput = v.InferOutput<typeof RenameUnitInput>;

/** Another superior from a day on. */
export const MoveUnitInput = v.object({ unitId: id, version, parentId: id, from: day });
export type MoveUnitInput = v.InferOutput<typeof MoveUnitInput>;

/** The unit ends on `from`, its first day of not existing. */
export const CloseUnitInput = v.object({
	unitId: id,
	version,
	from: day,
	successorId: optionalRead((text) => (/^[0-9a-f-]{36}$/.test(text) ? text : undefined), 'form.choice')
});
export type CloseUnitInput = v.InferOutput<typeof CloseUnitInput>;

const birth = optionalRead(readBirth, 'form.birth');
const personalNumber = optionalRead((text) => readPersonalNumber(text)?.digits, 'form.personal_number');
const personFields = {
	fullName: v.pipe(line(120), v.minLength(2, 'form.too_short')),
	/** Left empty: the last word of the full name. */
	givenName: optionalLine(60),
	birth,
	gender: optionalChoice(GENDERS),
	phone: optionalRead(normalisePhone, 'form.phone'),
	email: v.pipe(
		optionalLine(200),
		v.check((text) => text === undefined || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text), 'form.email')
	),
	qualification: optionalChoice(QUALIFICATIONS),
	qualificationNote: optionalLine(200),
	experienceYears: optionalNumber(70)
};

const membershipFields = {
	categoryCode: line(60),
	level: optionalChoice(LEVELS),
	decisionNo: optionalLine(60),
	decisionDate: optionalDay,
	/** One or several, separated by `;`. */
	legalFields: v.pipe(
		v.optional(v.string(), ''),
		v.transform((text) => text.split(';').map(tidy).filter(Boolean)),
		v.maxLength(20, 'form.too_long')
	)
};

/** A new person of the roster, with the unit and the categories (which may be none) they belong to from a day on. */
export const AddPersonInput = v.object({
	...personFields,
	personalNumber,
	unitId: id,
	position: optionalLine(160),
	categories: v.optional(v.array(line(60)), []),
	...v.omit(v.object(membershipFields), ['categoryCode']).entries,
	validFrom: day,
	/** The form was shown the people who look alike and says that this is another one. */
	isAnother: checkbox
});
export type AddPersonInput = v.InferOutput<typeof AddPersonInput>;

/** Changed details of a person; an empty personal number leaves the stored one as it is. */
export const UpdatePersonInput = v.object({
	personId: id,
	version,
	...personFields,
	personalNumber,
	position: optionalLine(160)
});
export type UpdatePersonInput = v.InferOutput<typeof UpdatePersonInput>;

/** A person counts in a unit from a day on; what went before ends on that day. */
export const AffiliateInput = v.object({ personId: id, unitId: id, position: optionalLine(160), validFrom: day });
export type AffiliateInput = v.InferOutput<typeof AffiliateInput>;

/** A person leaves the unit without another one taking them in yet. */
export const LeaveUnitInput = v.object({ personId: id, from: day, reason: v.picklist(END_REASONS, 'form.choice') });
export type LeaveUnitInput = v.InferOutput<typeof LeaveUnitInput>;

/** A person joins a category from a day on. */
export const MembershipInput = v.object({ personId: id, ...membershipFields, validFrom: day });
export type MembershipInput = v.InferOutput<typeof MembershipInput>;

/** A membership ends on `from`, with its reason. */
export const EndMembershipInput = v.object({
	personId: id,
	membershipId: id,
	from: day,
	reason: v.picklist(END_REASONS, 'form.choice')
});
export type EndMembershipInput = v.InferOutput<typeof EndMembershipInput>;

/** Head count of one category in a unit that gives no names, under a document. */
export const AggregateRosterInput = v.object({
	unitId: id,
	categoryCode: line(60),
	headcount: wholeNumber(100_000),
	documentNo: line(60),
	documentDate: day,
	validFrom: day
});
export type AggregateRosterInput = v.InferOutput<typeof AggregateRosterInput>;
