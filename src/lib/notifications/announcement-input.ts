import * as v from 'valibot';
import { readDay } from '../text/days.ts';
import { AUDIENCE_ROLES } from './audience.ts';

const Text = (longest: number) =>
	v.pipe(v.string('form.required'), v.trim(), v.nonEmpty('form.required'), v.maxLength(longest, 'form.too_long'));
const Uuid = v.pipe(v.string('form.required'), v.uuid('form.choice'));

/** Files with one announcement. */
export const FILES_MAX = 10;

const OptionalDay = v.pipe(
	v.optional(v.string(), ''),
	v.rawTransform<string, string | null>(({ dataset, addIssue, NEVER }) => {
		if (dataset.value.trim() === '') return null;
		const day = readDay(dataset.value);
		if (day) return day;
		addIssue({ message: 'form.date' });
		return NEVER;
	})
);

/** Whom an announcement is for, as the form has it. */
const audience = {
	unitIds: v.pipe(v.optional(v.array(Uuid), []), v.minLength(1, 'form.choose_one')),
	categories: v.optional(v.array(v.pipe(v.string(), v.maxLength(60))), []),
	roles: v.optional(v.array(v.picklist(AUDIENCE_ROLES, 'form.choice')), [])
};

export const AudienceInput = v.object(audience);

/** "Gửi văn bản, thông báo". */
export const AnnouncementInput = v.object({
	...audience,
	unitId: Uuid,
	title: Text(300),
	body: Text(10_000),
	documentNo: v.pipe(
		v.optional(v.string(), ''),
		v.trim(),
		v.maxLength(100, 'form.too_long'),
		v.transform((text) => text || null)
	),
	documentDate: OptionalDay,
	needsConfirmation: v.pipe(
		v.optional(v.string(), ''),
		v.transform((value) => value !== '')
	),
	/** A file field left empty posts a file of no bytes. */
	files: v.pipe(
		v.optional(v.array(v.file('form.file_required')), []),
		v.transform((files) => files.filter((file) => file.size > 0)),
		v.maxLength(FILES_MAX, 'notifications.too_many_files')
	)
});
export type AnnouncementInput = v.InferOutput<typeof AnnouncementInput>;

/** Why an announcement is taken back. */
export const WithdrawInput = v.object({ reason: v.pipe(Text(500), v.minLength(3, 'form.too_short')) });
