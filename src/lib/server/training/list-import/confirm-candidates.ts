import { and, asc, eq, sql } from 'drizzle-orm';
import type { ConfirmCandidatesInput } from '#lib/training/list-input.ts';
import { recordAudit } from '../../audit/record.ts';
import { authorise, type UnitScope } from '../../identity/permissions.ts';
import { addPerson } from '../../organisation/people.ts';
import { openNumberVault } from '../../organisation/personal-numbers.ts';
import { inScope } from '../../organisation/scope.ts';
import { units } from '../../organisation/tables.ts';
import { today, within, type Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database.ts';
import { DomainError } from '../../platform/errors.ts';
import { accountOf } from '../access.ts';
import { putWalkIn } from '../attendance/walk-in.ts';
import { listImportRows, rosterCandidates } from '../list-import-tables.ts';
import { placesThen } from '../places.ts';
import { tellThoseSummoned } from './bring-list.ts';
import { listDay, putPeople, type Put } from './put-people.ts';
import { openTargetOf, type ListTarget } from './target.ts';

type Waiting = typeof rosterCandidates.$inferSelect;

/**
 * A unit's word on people said to be its own: somebody new, who comes onto its roster, or somebody it has already. Then
 * they are on the class as the list said.
 * @throws {DomainError} `not_found` for people of other units; `conflict` `training.candidate_settled`,
 * `training.candidate_is_known`, and `training.class_closed` once the class is reported
 */
export async function confirmCandidates(
	ctx: Context,
	{ answers, categoryCode }: ConfirmCandidatesInput
): Promise<{ confirmed: number }> {
	const scope = authorise(ctx.actor, 'roster:manage');
	await ctx.db.transaction(async (tx) => {
		for (const { candidateId, whom } of answers) {
			const waiting = await lockWaiting(tx, scope, candidateId);
			const target = await openTargetOf(tx, waiting);
			const isNew = whom === 'new';
			const personId = isNew ? await addToRoster(within(ctx, tx), waiting, target, categoryCode) : whom;
			const day = listDay(ctx, target);
			const places = await placesThen(tx, scope, [personId], { day, today: today(ctx) });
			const put = waiting.sittings
				? await putWalkIn(ctx, tx, target, places, waiting.sittings)
				: await putPeople(ctx, tx, target, places);
			await settle(ctx, tx, waiting, { personId, isNew, put: put.get(personId) });
			await tellThoseSummoned(ctx, tx, target, put);
			await recordAudit(ctx, tx, 'roster_candidate.confirmed', {
				...{ objectId: waiting.activityId, unitId: waiting.unitId, candidateId, personId, isNew }
			});
		}
	});
	return { confirmed: answers.length };
}

/** The unit says that these are not its people; they do not come onto the class. */
export async function refuseCandidates(
	ctx: Context,
	{ ticked, reason }: { ticked: readonly string[]; reason: string }
): Promise<void> {
	const scope = authorise(ctx.actor, 'roster:manage');
	await ctx.db.transaction(async (tx) => {
		for (const candidateId of ticked) {
			const { activityId, unitId } = await lockWaiting(tx, scope, candidateId);
			await tx
				.update(rosterCandidates)
				.set({ ...closed(ctx), state: 'refused', refuseReason: reason })
				.where(eq(rosterCandidates.id, candidateId));
			await recordAudit(ctx, tx, 'roster_candidate.refused', { objectId: activityId, unitId, candidateId, reason });
		}
	});
}

async function lockWaiting(tx: Database, scope: UnitScope, candidateId: string): Promise<Waiting> {
	const [row] = await tx
		.select({ waiting: rosterCandidates })
		.from(rosterCandidates)
		.innerJoin(units, eq(units.id, rosterCandidates.unitId))
		.where(and(eq(rosterCandidates.id, candidateId), inScope(units.path, scope)))
		.orderBy(asc(rosterCandidates.id))
		.for('no key update', { of: rosterCandidates });
	if (!row) throw new DomainError('not_found', 'training.candidate_settled');
	if (row.waiting.state !== 'waiting') throw new DomainError('conflict', 'training.candidate_settled');
	return row.waiting;
}

async function addToRoster(
	ctx: Context,
	{ fullName, birthDate, birthYear, phone, position, unitId, personalNumberEncrypted }: Waiting,
	{ activity }: ListTarget,
	categoryCode: string | undefined
): Promise<string> {
	const vault = openNumberVault(ctx.config);
	const added = await addPerson(ctx, {
		...{ fullName, unitId, phone: phone ?? undefined, position: position ?? undefined },
		birth: birthYear ? { birthYear, ...(birthDate && { birthDate }) } : undefined,
		personalNumber: personalNumberEncrypted ? vault.open(personalNumberEncrypted) : undefined,
		categories: categoryCode ? [categoryCode] : [],
		validFrom: activity.startsOn < today(ctx) ? activity.startsOn : today(ctx),
		isAnother: true
	});
	if ('personId' in added) return added.personId;
	throw new DomainError('conflict', 'training.candidate_is_known', { name: fullName });
}

async function settle(
	ctx: Context,
	tx: Database,
	{ id, importId, importRow }: Waiting,
	{ personId, isNew, put }: { personId: string; isNew: boolean; put: Put | undefined }
): Promise<void> {
	const participationId = put?.participationId;
	await tx
		.update(rosterCandidates)
		.set({ ...closed(ctx), state: 'confirmed', personId, participationId, personAddedAt: isNew ? ctx.now : null })
		.where(eq(rosterCandidates.id, id));
	if (!importId || importRow === null) return;
	await tx
		.update(listImportRows)
		.set({ state: put?.state ?? 'already', personId, participationId, before: put?.before })
		.where(sql`${listImportRows.importId} = ${importId} and ${listImportRows.row} = ${importRow}`);
}

/** A settled candidate keeps no particulars beyond the name. */
function closed(ctx: Context) {
	return {
		...{ phone: null, personalNumberEncrypted: null, birthDate: null },
		...{ decidedBy: accountOf(ctx.actor), decidedAt: ctx.now }
	};
}
