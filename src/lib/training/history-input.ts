import * as v from 'valibot';
import { Reason, Uuid } from './fields.ts';

/** `not_mine`: the person said that the record is somebody else's; it is not offered again. */
export type HistoryClaimState = 'waiting' | 'confirmed' | 'refused' | 'not_mine';

/** Something that may be the person's own: a record of a roster, or a line of a list that waits. */
const Offered = v.picklist(['record', 'candidate'], 'form.choice');
export type OfferedKind = v.InferOutput<typeof Offered>;

/** One answer to "Đây cũng là Ông/Bà?". */
export const HistoryAnswerInput = v.object({
	kind: Offered,
	id: Uuid,
	answer: v.picklist(['mine', 'not_mine'], 'form.choice')
});
export type HistoryAnswerInput = v.InferOutput<typeof HistoryAnswerInput>;

export const ConfirmHistoryInput = v.object({ claimId: Uuid });
export const RefuseHistoryInput = v.object({ claimId: Uuid, reason: Reason });
