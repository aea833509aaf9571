import { and, eq } from 'drizzle-orm';
import type { EditClassInput, OpenClassInput } from '#lib/training/input.ts';
import { isEditable } from '#lib/training/lifecycle.ts';
import { recordAudit } from '../audit/record.ts';
import { getCourseVersion } from '../catalogue/queries.ts';
import { authorise } from '../identity/permissions.ts';
import { getUnit } from '../organisation/queries.ts';
import { today, type Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { accountOf, getClass, lockClass, type TrainingClass } from './access.ts';
import { listCoOrganisers, saveCoOrganisers } from './co-organisers.ts';
import { factColumns } from './facts.ts';
import { recomputeFirstCompletions } from './first-completion.ts';
import { fulfil } from './plan-fulfilment.ts';
import { assertHoldsSessions } from './sessions.ts';
import { trainingActivities } from './tables.ts';

/**
 * "Mở lớp": a dated class of an organising unit, on a published course version where people learn online. It starts with
 * nobody on it; people are summoned next.
 * @throws {DomainError} `not_found` when the unit lies outside the actor's units; `conflict` when the course version is not
 * published or withdrawn, or the unit is closed
 */
export async function openClass(ctx: Context, input: OpenClassInput): Promise<{ activityId: string }> {
	const unit = await getUnit(ctx.db, authorise(ctx.actor, 'training:manage'), input.organiserUnitId);
	if (unit.closedOn && unit.closedOn <= today(ctx)) throw new DomainError('conflict', 'organisation.unit_closed');
	const version = input.courseVersionId ? await getCourseVersion(ctx.db, input.courseVersionId) : undefined;
	if (version && (version.status !== 'published' || version.retiredAt)) {
		throw new DomainError('conflict', 'training.course_not_published');
	}
	return ctx.db.transaction(async (tx) => {
		const [created] = await tx
			.insert(trainingActivities)
			.values({
				...factColumns(input),
				topics: version?.topics ?? input.topics,
				organiserUnitId: unit.id,
				courseVersionId: version?.id ?? null,
				startsOn: input.startsOn,
				dueOn: input.dueOn,
				status: input.startsOn <= today(ctx) ? 'ongoing' : 'planned',
				createdBy: accountOf(ctx.actor)
			})
			.returning({ id: trainingActivities.id });
		if (!created) throw new Error('class was not inserted');
		await saveCoOrganisers(tx, created.id, input.coOrganisers);
		if (input.planLineId) await fulfil(ctx, tx, { activityId: created.id, planLineId: input.planLineId });
		await recordAudit(ctx, tx, 'class.opened', {
			objectId: created.id,
			unitId: unit.id,
			courseVersionId: input.courseVersionId,
			mode: input.mode,
			startsOn: input.startsOn
		});
		return { activityId: created.id };
	});
}

/**
 * Changes facts of a class and, where they decide whether it counts, everything that follows.
 * @throws {DomainError} `conflict` `form.stale` when somebody else changed it meanwhile; `training.class_closed` once
 * reported, locked or cancelled; `invalid` `training.dates_exclude_completions`
 */
export async function editClass(ctx: Context, activityId: string, input: EditClassInput): Promise<void> {
	const scope = authorise(ctx.actor, 'training:manage');
	const { version, startsOn, dueOn } = input;
	await ctx.db.transaction(async (tx) => {
		const before = await lockClass(tx, scope, activityId);
		// What a course is about, its classes are about.
		const facts = { ...factColumns(input), ...(before.courseVersionId && { topics: before.topics }) };
		if (!isEditable(before.status)) throw new DomainError('conflict', 'training.class_closed');
		if (before.mode === 'online_self_paced' && facts.mode !== before.mode) {
			throw new DomainError('conflict', 'training.self_paced_stays');
		}
		if (facts.mode === 'online_self_paced' && !before.courseVersionId) {
			throw new DomainError('conflict', 'training.self_paced_needs_course');
		}
		if (before.endedOn && before.endedOn < startsOn) {
			throw new DomainError('invalid', 'training.ended_before_start');
		}
		const [changed] = await tx
			.update(trainingActivities)
			.set({ ...facts, startsOn, dueOn, version: version + 1 })
			.where(and(eq(trainingActivities.id, activityId), eq(trainingActivities.version, version)))
			.returning();
		if (!changed) throw new DomainError('conflict', 'form.stale');
		await assertHoldsSessions(tx, changed);
		await saveCoOrganisers(tx, activityId, input.coOrganisers);
		await recomputeFirstCompletions(tx, { activityId });
		await recordAudit(ctx, tx, 'class.edited', {
			objectId: activityId,
			unitId: before.organiserUnitId,
			changes: differences(before, changed)
		});
	});
}

/** A class that the actor may change. @throws {DomainError} `not_found` or `forbidden` */
export async function getManagedClass(ctx: Context, activityId: string): Promise<TrainingClass> {
	return getClass(ctx.db, authorise(ctx.actor, 'training:manage'), activityId);
}

/** Who holds a class of the actor's together with its organiser. @throws {DomainError} `not_found` or `forbidden` */
export async function listCoOrganisersOf(ctx: Context, activityId: string): Promise<string[]> {
	await getManagedClass(ctx, activityId);
	return listCoOrganisers(ctx.db, activityId);
}

/** Columns that differ, as `{ column: [before, after] }`. */
function differences(before: Record<string, unknown>, after: Record<string, unknown>): Record<string, unknown> {
	const changed = Object.keys(after).filter(
		(key) => key !== 'version' && JSON.stringify(before[key]) !== JSON.stringify(after[key])
	);
	return Object.fromEntries(changed.map((key) => [key, [before[key], after[key]]]));
}
