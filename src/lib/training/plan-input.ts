import * as v from 'valibot';
import { ACTIVITY_KINDS, DELIVERY_MODES } from './activity.ts';
import { Codes, Day, Money, Optional, orNull, Reason, Required, TeachingPeriods, Uuid, WholeNumber } from './fields.ts';

const Year = v.pipe(
	WholeNumber,
	v.minValue(2025, 'form.too_small'), // the plan began in 2025
	v.maxValue(2035, 'form.too_large')
);
const document = { documentNo: Optional(100), documentDate: orNull(Day) };

/** "Lập kế hoạch năm". */
export const CreatePlanInput = v.object({ unitId: Uuid, year: Year, ...document });
export type CreatePlanInput = v.InferOutput<typeof CreatePlanInput>;

/** Number and date of the document that issued the plan. */
export const EditPlanInput = v.object({ ...document, version: WholeNumber });
export type EditPlanInput = v.InferOutput<typeof EditPlanInput>;

/** One line of a plan. */
export const PlanLineInput = v.pipe(
	v.object({
		title: Required(300),
		kind: v.picklist(ACTIVITY_KINDS, 'form.choice'),
		mode: v.picklist(DELIVERY_MODES, 'form.choice'),
		topics: Codes,
		plannedFrom: Day,
		plannedTo: Day,
		classCount: v.pipe(WholeNumber, v.minValue(1, 'form.too_small'), v.maxValue(500, 'form.too_large')),
		plannedAttendees: orNull(WholeNumber),
		teachingPeriods: orNull(TeachingPeriods),
		stateBudgetVnd: Money,
		otherFundsVnd: Money,
		note: Optional(500)
	}),
	v.forward(
		v.check(({ plannedFrom, plannedTo }) => plannedTo >= plannedFrom, 'form.date_order'),
		['plannedTo']
	)
);
export type PlanLineInput = v.InferOutput<typeof PlanLineInput>;

export const VoidPlanLineInput = v.object({ reason: Reason });
/** Ties a class to a line of the plan, or unties it. */
export const PlanLinkInput = v.object({ activityId: Uuid });
