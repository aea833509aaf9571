import * as v from 'valibot';
import {
	Day,
	Ids,
	Optional,
	OptionalUpload,
	OptionalUploads,
	orNull,
	Reason,
	Required,
	Ticked,
	Uuid,
	WholeNumber
} from './fields.ts';
import { walkInFields } from './walk-ins.ts';

/** How people at a bridge site take part (domain rule 3: online only where the organiser declares it). */
export const SITE_MODES = ['online_live', 'in_person'] as const;

/** `which`: the ticked units, or all that the filter on the page matches. */
export const InviteInput = v.object({
	which: v.optional(v.picklist(['ticked', 'matching']), 'ticked'),
	unitIds: Ids,
	mode: v.picklist(SITE_MODES, 'form.choice')
});

export const SiteReasonInput = v.object({ siteId: Uuid, reason: Reason });

/** What a unit says of its site. */
export const SiteFactsInput = v.object({
	place: Optional(300),
	contact: Optional(200),
	expectedCount: orNull(WholeNumber)
});
export type SiteFactsInput = v.InferOutput<typeof SiteFactsInput>;

/** A site's list: everybody on the page's list, those ticked, and people without a record, of the site's unit. */
export const SiteListInput = v.object({
	listed: Ids,
	present: Ids,
	...walkInFields,
	sheets: OptionalUploads,
	/** Saved only, or saved and sent to the organiser. */
	intent: v.optional(v.picklist(['draft', 'send']), 'draft')
});
export type SiteListInput = v.InferOutput<typeof SiteListInput>;

/** "Gửi danh sách" as it stands; an empty one only where nobody takes part. */
export const SendListInput = v.object({ isNobody: Ticked });

/** Numbers of a unit that gives no names, in place of a list. */
export const SiteNumbersInput = v.object({
	categoryCode: Required(60),
	trainedCount: v.pipe(WholeNumber, v.minValue(1, 'form.too_small')),
	documentNo: Required(100),
	documentDate: Day,
	file: OptionalUpload
});
export type SiteNumbersInput = v.InferOutput<typeof SiteNumbersInput>;
