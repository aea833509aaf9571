import * as v from 'valibot';

const Line = (longest: number) =>
	v.pipe(v.string('form.required'), v.trim(), v.nonEmpty('form.required'), v.maxLength(longest, 'form.too_long'));
const OptionalLine = (longest: number) =>
	v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(longest, 'form.too_long'));
const Ticked = v.pipe(
	v.optional(v.string(), ''),
	v.transform((value) => value !== '')
);
const Reason = v.pipe(Line(500), v.minLength(3, 'form.too_short'));
const Uuid = v.pipe(v.string('form.required'), v.uuid('form.choice'));

/** When an organiser's certificates are issued: on completion, when somebody has approved them, or never by the system. */
export const POLICIES = ['at_once', 'after_approval', 'never'] as const;
export type CertificatePolicy = (typeof POLICIES)[number];

/** What an organiser sets of its certificates, without the logo. */
const design = {
	title: Line(120),
	governingBody: OptionalLine(200),
	issuingBody: Line(200),
	place: Line(80),
	signerTitle: Line(200),
	signerName: Line(100),
	numberSuffix: v.pipe(Line(30), v.regex(/^[\p{L}\p{N}][\p{L}\p{N}\-/.]*$/u, 'certificates.suffix')),
	completionText: Line(120),
	hasNationalHeading: Ticked,
	hasSealPlace: Ticked
};

/** "Mẫu giấy chứng nhận"; `version` is the one the editor saw, 0 for a new one. */
export const TemplateInput = v.object({
	...design,
	policy: v.picklist(POLICIES, 'form.choice'),
	version: v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number)),
	/** A file field left empty posts a file of no bytes. */
	logo: v.optional(v.file('form.file_required')),
	removesLogo: Ticked
});
export type TemplateInput = v.InferOutput<typeof TemplateInput>;

/** A design that is only looked at. */
export const PreviewInput = v.object(design);

/** Why a certificate is revoked, or reissued for a wrong name or a loss. */
export const RevokeInput = v.object({ reason: Reason });
export const SignedFileInput = v.object({ file: v.file('form.file_required') });
/** Certificates that wait on a class: all of them, or those ticked. */
export const IssueInput = v.object({ participationIds: v.optional(v.array(Uuid), []) });
/** How one class issues its certificates. */
export const ClassPolicyInput = v.object({ policy: v.picklist(POLICIES, 'form.choice') });
