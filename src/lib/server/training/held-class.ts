import { eq } from 'drizzle-orm';
import type { RecordHeldClassInput } from '#lib/training/input.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise } from '../identity/permissions.ts';
import { getUnit } from '../organisation/queries.ts';
import { today, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { accountOf } from './access.ts';
import { tellCompletionsIn } from './completion-events.ts';
import { insertEvidence, storeEvidence, type StoredEvidence } from './evidence.ts';
import { saveCoOrganisers } from './co-organisers.ts';
import { factColumns } from './facts.ts';
import { recomputeFirstCompletions } from './first-completion.ts';
import { attendedAndCompleted } from './outcomes.ts';
import { placesThen } from './places.ts';
import { fulfil } from './plan-fulfilment.ts';
import { participations, trainingActivities } from './tables.ts';
import { findOrAddWalkIns } from './walk-ins.ts';

/** A held class with whom it had; files that are stored already (an Excel list) come beside the photographs. */
export type HeldClass = Omit<RecordHeldClassInput, 'sheets' | 'isAnother'> & {
	sheets: readonly File[];
	stored?: readonly StoredEvidence[];
};

/**
 * "Ghi nhận lớp đã tổ chức": a class with everyone who was there, their completions and the signed sheet, in one
 * transaction. Sending the form twice records one class. Walk-ins without a record become people of their unit's roster,
 * in no category.
 * @throws {DomainError} `invalid` for a day to come or nobody present; `forbidden` for people of other units; `conflict`
 * for self-paced classes, and `training.walk_in_ambiguous` for a name that two people of the unit bear
 */
export async function recordHeldClass(ctx: Context, input: HeldClass): Promise<{ activityId: string }> {
	const scope = authorise(ctx.actor, 'training:manage');
	const unit = await getUnit(ctx.db, scope, input.organiserUnitId);
	const endedOn = input.endedOn ?? input.heldOn;
	if (endedOn > today(ctx)) throw new DomainError('invalid', 'form.date_future');
	if (input.mode === 'online_self_paced') throw new DomainError('conflict', 'training.self_paced_by_learning');
	if (input.present.length + input.walkIns.length === 0) throw new DomainError('invalid', 'training.nobody_present');
	const sheets = await storeAll(ctx, input);
	return ctx.db.transaction(async (tx) => {
		if (!(await insertActivity(ctx, tx, input, endedOn))) return { activityId: input.activityId };
		await saveCoOrganisers(tx, input.activityId, input.coOrganisers);
		if (input.planLineId) await fulfil(ctx, tx, { activityId: input.activityId, planLineId: input.planLineId });
		const walkIns = await findOrAddWalkIns(ctx, tx, input.walkIns, input.heldOn);
		const present = [...new Set([...input.present, ...walkIns])];
		const absent = input.absenteesWereSummoned ? input.listed.filter((id) => !present.includes(id)) : [];
		const listed = new Set(input.listed);
		const places = await placesThen(tx, scope, [...present, ...absent], { day: endedOn, today: today(ctx) });
		const isAbsent = new Set(absent);
		await insertInParts(
			tx,
			places.map((place) => ({
				...place,
				activityId: input.activityId,
				recordedBy: accountOf(ctx.actor),
				summonedOn: listed.has(place.personId) ? input.heldOn : null,
				note: listed.has(place.personId) ? null : 'walk_in',
				...(isAbsent.has(place.personId) ? { outcome: 'absent' as const } : attendedAndCompleted(ctx, endedOn))
			}))
		);
		for (const { kind, file } of sheets) await insertEvidence(ctx, tx, input.activityId, unit.id, kind, file);
		await recomputeFirstCompletions(tx, { activityId: input.activityId });
		await tellCompletionsIn(ctx, tx, input.activityId);
		await recordAudit(ctx, tx, 'class.recorded', {
			objectId: input.activityId,
			unitId: unit.id,
			mode: input.mode,
			endedOn,
			present: present.length,
			absent: absent.length,
			walkIns: walkIns.length
		});
		return { activityId: input.activityId };
	});
}

async function storeAll(ctx: Context, { sheets, stored = [] }: HeldClass) {
	const kept: { kind: 'sign_in_sheet'; file: StoredEvidence }[] = [];
	for (const file of sheets) kept.push({ kind: 'sign_in_sheet', file: await storeEvidence(ctx, file) });
	return [...kept, ...stored.map((file) => ({ kind: 'sign_in_sheet' as const, file }))];
}

/** False when this very form was saved before: the id came with the form. */
async function insertActivity(ctx: Context, tx: Database, input: HeldClass, endedOn: string): Promise<boolean> {
	const { activityId, organiserUnitId, heldOn } = input;
	const inserted = await tx
		.insert(trainingActivities)
		.values({
			...factColumns(input),
			...{ id: activityId, organiserUnitId, startsOn: heldOn, dueOn: endedOn, endedOn, status: 'ended' as const },
			createdBy: accountOf(ctx.actor)
		})
		.onConflictDoNothing()
		.returning({ id: trainingActivities.id });
	if (inserted.length > 0) return true;
	const [existing] = await tx.select().from(trainingActivities).where(eq(trainingActivities.id, activityId));
	if (existing?.organiserUnitId !== organiserUnitId) throw new DomainError('conflict', 'training.status_moved_on');
	return false;
}

/** PostgreSQL takes 65,535 parameters a statement; a class of 5,000 needs several. */
async function insertInParts(tx: Database, rows: (typeof participations.$inferInsert)[]): Promise<void> {
	for (let i = 0; i < rows.length; i += 1000) await tx.insert(participations).values(rows.slice(i, i + 1000));
}
