import * as v from 'valibot';
import { toLoginName } from './login-name.ts';

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
const Username = v.pipe(
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

/** Linking an account to whom the provider vouches for. */
export const LinkInput = v.pick(SignInInput, ['name', 'password']);

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

const Id = v.pipe(v.string('form.required'), v.uuid('form.choice'));

/** A slip for one person of the roster. */
export const SlipInput = v.object({ personId: Id });

/** Slips for a whole unit. */
export const UnitSlipsInput = v.object({ unitId: Id, withSubunits: Ticked });

/** Roles that are given by hand; being a learner comes with the account. */
export const GRANTABLE_ROLES = [
	'trainer',
	'content_approver',
	'unit_admin',
	'unit_head',
	'province_admin',
	'viewer',
	'technical_admin'
] as const;

export const GrantInput = v.object({ role: v.picklist(GRANTABLE_ROLES, 'form.choice'), unitId: Id });

export const EndRoleInput = v.object({ grantId: Id });

/** A code of the authenticator application or a recovery code, as typed. */
export const CodeInput = v.object({ code: v.pipe(Required, v.maxLength(40, 'form.too_long')) });

/** The password, or a code, asked for once more before something that matters. */
export const ConfirmInput = v.object({
	password: v.pipe(v.string('form.required'), v.nonEmpty('form.required'), v.maxLength(200, 'form.too_long'))
});

/** Version of what the form showed: a change in between is noticed. */
const Version = v.pipe(v.string('form.required'), v.regex(/^\d{1,9}$/, 'form.stale'), v.transform(Number));

export const TwoStepPolicyInput = v.object({
	mode: v.picklist(['off', 'remind', 'require'], 'form.choice'),
	roles: v.optional(v.array(v.picklist(GRANTABLE_ROLES, 'form.choice')), []),
	graceDays: v.pipe(
		Required,
		v.regex(/^\d+$/, 'form.whole_number'),
		v.transform(Number),
		v.maxValue(60, 'form.too_large')
	),
	version: Version
});

/** Why somebody looks at the product as another account. */
export const ViewAsInput = v.object({
	reason: v.pipe(
		v.string('form.required'),
		v.trim(),
		v.nonEmpty('form.required'),
		v.minLength(10, 'form.too_short'),
		v.maxLength(300, 'form.too_long')
	)
});
export type ViewAsInput = v.InferOutput<typeof ViewAsInput>;
