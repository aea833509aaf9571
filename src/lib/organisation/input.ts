import * as v from 'valibot';
import { readBirth } from '../text/days.ts';
import { tidy } from '../text/fold.ts';
import { readPersonalNumber } from '../text/personal-number.ts';
import { normalisePhone } from '../text/phone.ts';
import {
	checkbox,
	day,
	id,
	line,
	optionalChoice,
	optionalDay,
	optionalLine,
	optionalNumber,
	optionalRead,
	wholeNumber
} from './fields.ts';
import { END_REASONS, GENDERS, LEVELS, QUALIFICATIONS, SUBUNIT_TYPES } from './words.ts';

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

/** A form that is about one row and asks nothing else. */
export const IdInput = v.object({ id });

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
