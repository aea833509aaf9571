import * as v from 'valibot';
import { optionalDay } from '../organisation/fields.ts';

/** Kinds of resources as Biểu 06 lists them. */
export const RESOURCE_KINDS = ['document', 'outline', 'leaflet', 'story', 'audio', 'image', 'link'] as const;
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

const Line = (longest: number) =>
	v.pipe(v.string('form.required'), v.trim(), v.nonEmpty('form.required'), v.maxLength(longest, 'form.too_long'));
const Optional = (longest: number) =>
	v.pipe(
		v.optional(v.string(), ''),
		v.trim(),
		v.maxLength(longest, 'form.too_long'),
		v.transform((text) => text || null)
	);
const Uuid = v.pipe(v.string('form.required'), v.uuid('form.choice'));
const Codes = v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(60))), v.maxLength(60, 'form.too_many')), []);
const Address = v.pipe(
	v.optional(v.string(), ''),
	v.trim(),
	v.check((text) => text === '' || /^https?:\/\/[^\s]+$/.test(text), 'form.url'),
	v.maxLength(500, 'form.too_long'),
	v.transform((text) => text || null)
);
const Day = v.pipe(
	optionalDay,
	v.transform((day) => day ?? null)
);

const facts = {
	kind: v.picklist(RESOURCE_KINDS, 'form.choice'),
	title: Line(300),
	summary: Optional(2000),
	author: Optional(200),
	legalFields: Codes,
	audience: Codes,
	/** Of the law or decision it explains or is: số ký hiệu, issuer, day, and where the original stands. */
	documentNo: Optional(100),
	issuer: Optional(200),
	issuedOn: Day,
	sourceUrl: Address,
	isAiGenerated: v.pipe(
		v.optional(v.string(), ''),
		v.transform((value) => value !== '')
	)
};
/** A file field left empty posts a file of no bytes. */
const File = v.optional(v.file('form.file_required'));

/** A new resource: a file, or the address of the original. */
export const NewResourceInput = v.object({ ...facts, unitId: Uuid, file: File });
export type NewResourceInput = v.InferOutput<typeof NewResourceInput>;

/** Facts as an editor changes them; `version` is the one the form showed. */
export const ResourceInput = v.object({
	...facts,
	version: v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number))
});
export type ResourceInput = v.InferOutput<typeof ResourceInput>;

export const NewVersionInput = v.object({ file: v.file('form.file_required'), note: Line(300) });
export const WithdrawInput = v.object({ reason: v.pipe(Line(500), v.minLength(3, 'form.too_short')) });
