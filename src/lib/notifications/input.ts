import * as v from 'valibot';
import { CHOOSABLE_GROUPS, MAIL_CHOICES, type Choice, type ChoosableGroup } from './choices.ts';

const Mail = v.picklist(MAIL_CHOICES, 'form.choice');
const Ticked = v.pipe(
	v.optional(v.string(), ''),
	v.transform((value) => value !== '')
);

/** Names of a group's two fields on the settings page. */
export const mailField = (group: ChoosableGroup) => `${group}Mail` as const;
export const phoneField = (group: ChoosableGroup) => `${group}Phone` as const;

/** "Cách nhận thông báo": both fields of each group. */
export const ChoicesInput = v.pipe(
	v.object({
		learningMail: Mail,
		workMail: Mail,
		announcementMail: Mail,
		communityMail: Mail,
		learningPhone: Ticked,
		workPhone: Ticked,
		announcementPhone: Ticked,
		communityPhone: Ticked
	}),
	v.transform(
		(input): Readonly<Record<ChoosableGroup, Choice>> =>
			Object.fromEntries(
				CHOOSABLE_GROUPS.map((group) => [group, { mail: input[mailField(group)], phone: input[phoneField(group)] }])
			) as Record<ChoosableGroup, Choice>
	)
);

const Line = (longest: number) =>
	v.pipe(v.string('form.required'), v.trim(), v.nonEmpty('form.required'), v.maxLength(longest, 'form.too_long'));

/** The Vietnamese words of a kind of message, as an admin writes them. `version` is the one the editor saw; 0 = as delivered. */
export const NoticeTextInput = v.object({
	title: Line(150),
	body: Line(2000),
	action: v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(40, 'form.too_long')),
	version: v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number))
});
export type NoticeTextInput = v.InferOutput<typeof NoticeTextInput>;
