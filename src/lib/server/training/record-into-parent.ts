import type { RecordHeldClassInput } from '#lib/training/input.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise } from '../identity/permissions.ts';
import { getUnit } from '../organisation/queries.ts';
import { type Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { findSimilarClasses, type SimilarClass } from './duplicates.ts';
import { insertEvidence, storeAllEvidence } from './evidence.ts';
import { joinAsSite, markSent, openSite, putOnList } from './site-list.ts';
import { findOrAddWalkIns } from './walk-ins.ts';

/** Classes that may be the one about to be recorded; the actor's own, and others' that it may be a part of. */
export async function findSimilarTo(ctx: Context, input: RecordHeldClassInput): Promise<SimilarClass[]> {
	const scope = authorise(ctx.actor, 'training:manage');
	await getUnit(ctx.db, scope, input.organiserUnitId);
	const endsOn = input.endedOn ?? input.heldOn;
	return findSimilarClasses(ctx.db, { ...input, startsOn: input.heldOn, endsOn, exceptId: input.activityId });
}

/**
 * Sends what was typed as a class of its own into another organiser's activity, as the list of a bridge site.
 * @returns the site
 * @throws {DomainError} those of joinAsSite, findOrAddWalkIns; `invalid` with nobody present
 */
export async function recordIntoParent(
	ctx: Context,
	parentId: string,
	input: RecordHeldClassInput
): Promise<{ siteId: string }> {
	const unit = await getUnit(ctx.db, authorise(ctx.actor, 'training:manage'), input.organiserUnitId);
	if (input.present.length + input.walkIns.length === 0) throw new DomainError('invalid', 'training.nobody_present');
	const sheets = await storeAllEvidence(ctx, input.sheets);
	return ctx.db.transaction(async (tx) => {
		const { siteId } = await joinAsSite(ctx, tx, { activityId: parentId, unitId: unit.id });
		const open = await openSite(ctx, tx, siteId);
		const walkIns = await findOrAddWalkIns(ctx, tx, input.walkIns, open.activity.startsOn);
		await putOnList(ctx, tx, { ...open, stage: 'attend', present: [...input.present, ...walkIns] });
		for (const file of sheets) await insertEvidence(ctx, tx, parentId, unit.id, 'sign_in_sheet', file, siteId);
		await markSent(ctx, tx, { ...open, stage: 'attend' }, false);
		await recordAudit(ctx, tx, 'site.recorded', { objectId: parentId, unitId: unit.id, siteId });
		return { siteId };
	});
}
