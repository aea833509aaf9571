import * as v from 'valibot';
import { Day, Required, Uuid } from '../training/fields.ts';

/** What a key of the read API opens; one per set of data, personal numbers apart. */
export const API_SCOPES = ['units', 'people', 'people.personal_number', 'courses', 'activities', 'indicators'] as const;
export type ApiScope = (typeof API_SCOPES)[number];

/** "Tạo khóa": whom it is for, what it opens, until when. */
export const ApiKeyInput = v.object({
	name: Required(200),
	unitId: Uuid,
	scopes: v.pipe(v.optional(v.array(v.picklist(API_SCOPES, 'form.choice')), []), v.minLength(1, 'form.choose_one')),
	expiresOn: Day
});
export type ApiKeyInput = v.InferOutput<typeof ApiKeyInput>;

export const RevokeKeyInput = v.object({ keyId: Uuid });

/** What the province lets anybody read. */
export const PUBLIC_SETS = ['courses', 'figures'] as const;
export type PublicSet = (typeof PUBLIC_SETS)[number];
export const PublishInput = v.object({
	set: v.picklist(PUBLIC_SETS, 'form.choice'),
	isOn: v.pipe(
		v.optional(v.string(), ''),
		v.transform((ticked) => ticked !== '')
	)
});
