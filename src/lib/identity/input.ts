import * as v from 'valibot';
import { toLoginName, toMobileNumber } from './login-name.ts';

const Required = v.pipe(v.string('form.required'), v.trim(), v.nonEmpty('form.required'));

/** A ticked box of a form. */
const Ticked = v.pipe(
	v.optional(v.string(), ''),
	v.transform((value) => value !== '')
);

/** Length only: no rules of composition (ASVS 5.0, 6.2.5); the server also refuses passwords that everyone uses. */
const NewPassword = v.pipe(
	v.string('form.required'),
	v.nonEmpty('form.required'),
	v.minLength(8, 'form.password_too_short'),
	v.maxLength(200, 'form.too_long')
);

/** A user name: letters without marks, digits, `.`, `_`, `-`, or one's own mobile number. */
export const Username = v.pipe(
	Required,
	v.transform(toLoginName),
	v.minLength(3, 'form.username'),
	v.maxLength(40, 'form.username'),
	v.regex(/^[a-z0-9][a-z0-9._-]*$/, 'form.username')
);

/** `name` is a user name, a mobile number or an e-mail address. */
export const SignInInput = v.object({
	name: v.pipe(Required, v.maxLength(200, 'form.too_long')),
	password: v.pipe(v.string('form.required'), v.nonEmpty('form.required'), v.maxLength(200, 'form.too_long')),
	isSharedMachine: Ticked
});
export type SignInInput = v.InferOutput<typeof SignInInput>;

/** First use of a slip; `username` is left out when the slip only sets a new password. */
export const ActivateInput = v.object({
	username: v.optional(Username),
	password: NewPassword,
	isSharedMachine: Ticked
});
export type ActivateInput = v.InferOutput<typeof ActivateInput>;

export const ChangePasswordInput = v.object({
	currentPassword: v.pipe(v.string('form.required'), v.nonEmpty('form.required'), v.maxLength(200, 'form.too_long')),
	password: NewPassword
});
export type ChangePasswordInput = v.InferOutput<typeof ChangePasswordInput>;

/** A mobile number that may be left empty. */
export const OptionalMobile = v.pipe(
	v.optional(v.string(), ''),
	v.trim(),
	v.check((text) => text === '' || toMobileNumber(text) !== undefined, 'form.phone'),
	v.transform((text) => toMobileNumber(text))
);
