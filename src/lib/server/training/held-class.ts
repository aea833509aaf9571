import { and, eq, or, isNull, sql } from 'drizzle-orm';
import { nameKey } from '#lib/text/names.ts';
import type { RecordHeldClassInput, WalkIn } from '#lib/training/input.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise } from '../identity/permissions.ts';
import { holdsOn } from '../organisation/dated.ts';
import { addPerson } from '../organisation/people.ts';
import { getUnit, isPerson } from '../organisation/queries.ts';
import { affiliations, people } from '../organisation/tables.ts';
import { today, within, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { accountOf } from './access.ts';
import { insertEvidence, storeEvidence, type StoredEvidence } from './evidence.ts';
import { factColumns } from './facts.ts';
import { recomputeFirstCompletions } from './first-completion.ts';
import { attendedAndCompleted } from './outcomes.ts';
import { placesThen } from './places.ts';
import { participations, trainingActivities } from './tables.ts';

/** A held class with whom it had; files that are stored already (an Excel list) come beside the photographs. */
export type HeldClass = Omit<RecordHeldClassInput, 'sheets'> & {
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
		const walkIns = await findOrAddWalkIns(ctx, tx, input);
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

async function findOrAddWalkIns(ctx: Context, tx: Database, { walkIns, heldOn }: HeldClass): Promise<string[]> {
	const scope = authorise(ctx.actor, 'roster:manage');
	const ids: string[] = [];
	for (const walkIn of walkIns) {
		await getUnit(tx, scope, walkIn.unitId);
		const found = await sameName(tx, walkIn, today(ctx));
		if (found.length > 1) throw new DomainError('conflict', 'training.walk_in_ambiguous');
		ids.push(found[0]?.id ?? (await addWalkIn(within(ctx, tx), walkIn, heldOn)));
	}
	return ids;
}

async function addWalkIn(ctx: Context, { fullName, birthYear, unitId }: WalkIn, validFrom: string): Promise<string> {
	const birth = birthYear ? { birthYear } : undefined;
	const added = await addPerson(ctx, { fullName, unitId, validFrom, birth, isAnother: true });
	if ('personId' in added) return added.personId;
	throw new DomainError('conflict', 'training.walk_in_ambiguous');
}

/** People of the walk-in's unit who bear the name, and the birth year where both have one. */
function sameName(tx: Database, { fullName, birthYear, unitId }: WalkIn, day: string) {
	return tx
		.select({ id: people.id })
		.from(people)
		.innerJoin(affiliations, and(eq(affiliations.personId, people.id), holdsOn(affiliations, day)))
		.where(
			and(
				isPerson,
				eq(affiliations.unitId, unitId),
				eq(people.searchName, nameKey(fullName)),
				birthYear ? or(isNull(people.birthYear), eq(people.birthYear, birthYear)) : sql`true`
			)
		);
}

/** PostgreSQL takes 65,535 parameters a statement; a class of 5,000 needs several. */
async function insertInParts(tx: Database, rows: (typeof participations.$inferInsert)[]): Promise<void> {
	for (let i = 0; i < rows.length; i += 1000) await tx.insert(participations).values(rows.slice(i, i + 1000));
}
