import * as v from 'valibot';
import { id } from './fields.ts';

/** What of a person may be taken from the row that is merged into theirs. */
export const MERGED_FIELDS = [
	'fullName',
	'birth',
	'gender',
	'personalNumber',
	'phone',
	'email',
	'qualification',
	'experienceYears'
] as const;
export type MergedField = (typeof MERGED_FIELDS)[number];

/** Why two people look like one, the surest first. */
export const PAIR_REASONS = [
	'name_and_phone',
	'name_and_birth_date',
	'name_and_birth_year',
	'name_in_unit',
	'phone'
] as const;
export type PairReason = (typeof PAIR_REASONS)[number];

/**
 * Two people to be made one. `takes` are the fields whose value comes from the one who is merged. With an account each,
 * `accounts` says whether both go on or whose is closed.
 */
export const MergeInput = v.pipe(
	v.object({
		keptId: id,
		mergedId: id,
		takes: v.optional(v.array(v.picklist(MERGED_FIELDS)), []),
		accounts: v.optional(v.picklist(['both', 'keep_kept', 'keep_merged'], 'form.choice'))
	}),
	v.forward(
		v.check(({ keptId, mergedId }) => keptId !== mergedId, 'form.choice'),
		['mergedId']
	)
);
export type MergeInput = v.InferOutput<typeof MergeInput>;

/** Two people, in no order. */
export const PairInput = v.object({ oneId: id, otherId: id });
