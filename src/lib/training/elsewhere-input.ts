import * as v from 'valibot';
import { DELIVERY_MODES } from './activity.ts';
import { Codes, Day, Optional, orNull, Reason, Required, TeachingPeriods, Upload, Uuid } from './fields.ts';

/** Training elsewhere, with the file that proves it. */
export const ClaimInput = v.pipe(
	v.object({
		title: Required(300),
		host: Required(200),
		kind: v.picklist(['training', 'refresher'], 'form.choice'),
		topics: v.pipe(Codes, v.minLength(1, 'form.choose_one')),
		mode: v.picklist(DELIVERY_MODES, 'form.choice'),
		startsOn: Day,
		endsOn: Day,
		teachingPeriods: TeachingPeriods,
		documentNo: Optional(100),
		documentDate: orNull(Day),
		file: Upload
	}),
	v.forward(
		v.check(({ startsOn, endsOn }) => endsOn >= startsOn, 'form.date_order'),
		['endsOn']
	)
);
export type ClaimInput = v.InferOutput<typeof ClaimInput>;

export const ApproveClaimInput = v.object({ claimId: Uuid });
export const RefuseClaimInput = v.object({ claimId: Uuid, reason: Reason });
