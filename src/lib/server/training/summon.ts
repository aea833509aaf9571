import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { isEditable, isOpenForSummons } from '#lib/training/lifecycle.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise, type UnitScope } from '../identity/permissions.ts';
import { holdsOn } from '../organisation/dated.ts';
import { inScope } from '../organisation/scope.ts';
import { affiliations, people, units } from '../organisation/tables.ts';
import { today, within, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError, sqlState } from '../platform/errors.ts';
import { accountOf, lockClass, lockClassOf } from './access.ts';
import { tellCompletions } from './completion-events.ts';
import { recomputeFirstCompletions } from './first-completion.ts';
import { participations } from './tables.ts';
import { tellSummoned } from './tell-summoned.ts';

/** How many came onto the class, and how many of those asked for were on it already. */
export type Summoned = Readonly<{ summoned: number; alreadyOn: number }>;

/**
 * Triệu tập: puts people on a class, each with the unit they count in today. Safe to send twice and from two windows:
 * nobody comes onto a class twice.
 * @throws {DomainError} `not_found` for a class outside the actor's units; `conflict` when it is over; `forbidden`
 * `training.person_out_of_scope` when one of the people counts elsewhere
 */
export async function summon(
	ctx: Context,
	{ activityId, personIds }: { activityId: string; personIds: readonly string[] }
): Promise<Summoned> {
	const scope = authorise(ctx.actor, 'training:manage');
	if (personIds.length === 0) throw new DomainError('invalid', 'form.choose_one');
	return ctx.db.transaction(async (tx) => {
		const activity = await lockClass(tx, scope, activityId, 'use');
		if (!isOpenForSummons(activity.status)) throw new DomainError('conflict', 'training.class_closed');
		const asked = await placesOf(tx, scope, personIds, today(ctx));
		const created = await tx
			.insert(participations)
			.values(
				asked.map((place) => ({ ...place, activityId, summonedOn: today(ctx), recordedBy: accountOf(ctx.actor) }))
			)
			.onConflictDoNothing()
			.returning({ id: participations.id, personId: participations.personId });
		if (created.length > 0) {
			await tellSummoned(ctx, tx, activity, created);
			await recordAudit(ctx, tx, 'participation.summoned', {
				objectId: activityId,
				unitId: activity.organiserUnitId,
				participationIds: created.map(({ id }) => id)
			});
		}
		return { summoned: created.length, alreadyOn: asked.length - created.length };
	});
}

/**
 * The canonical rows of people with the unit each counts in on a day.
 * @throws {DomainError} `forbidden` when one of them counts in no unit of the scope
 */
async function placesOf(
	db: Database,
	scope: UnitScope,
	personIds: readonly string[],
	day: string
): Promise<{ personId: string; unitIdThen: string }[]> {
	const unique = [...new Set(personIds)];
	if (unique.length === 0) return [];
	const rows = await db
		.select({ personId: people.id, unitIdThen: affiliations.unitId })
		.from(people)
		.innerJoin(affiliations, and(eq(affiliations.personId, people.id), holdsOn(affiliations, day)))
		.innerJoin(units, eq(units.id, affiliations.unitId))
		.where(
			and(
				sql`${people.id} = any(${sql.param(unique)}::uuid[])`,
				isNull(people.canonicalId),
				isNull(people.voidedAt),
				inScope(units.path, scope)
			)
		);
	if (rows.length < unique.length) {
		throw new DomainError('forbidden', 'training.person_out_of_scope', { n: unique.length - rows.length });
	}
	return rows;
}

/**
 * Takes a person off a class. The row stays, with the reason; a completion on it no longer counts.
 * @throws {DomainError} `conflict` once the class is reported or locked
 */
export async function voidParticipation(
	ctx: Context,
	{ participationId, reason }: { participationId: string; reason: string }
): Promise<void> {
	const scope = authorise(ctx.actor, 'training:manage');
	await ctx.db.transaction(async (tx) => {
		const activity = await lockClassOf(tx, scope, participationId);
		if (!isEditable(activity.status)) throw new DomainError('conflict', 'training.class_closed');
		const [voided] = await tx
			.update(participations)
			.set({ voidedAt: ctx.now, voidReason: reason })
			.where(and(eq(participations.id, participationId), isNull(participations.voidedAt)))
			.returning({ personId: participations.personId, completedOn: participations.completedOn });
		if (!voided) return;
		await recomputeFirstCompletions(tx, { personIds: [voided.personId] });
		if (voided.completedOn) await tellCompletions(ctx, tx, 'participation.completion_withdrawn', [participationId]);
		await recordAudit(ctx, tx, 'participation.voided', {
			objectId: participationId,
			unitId: activity.organiserUnitId,
			activityId: activity.id,
			reason
		});
	});
}

/** As {@link voidParticipation}, for several people of one class: all or nobody. */
export async function removeFromClass(
	ctx: Context,
	{ participationIds, reason }: { participationIds: readonly string[]; reason: string }
): Promise<void> {
	await ctx.db.transaction(async (tx) => {
		for (const participationId of participationIds.toSorted()) {
			await voidParticipation(within(ctx, tx), { participationId, reason });
		}
	});
}

/**
 * Puts a voided participation back, with the progress that hangs on it.
 * @throws {DomainError} `conflict` `training.already_summoned` when the person was summoned anew meanwhile
 */
export async function restoreParticipation(ctx: Context, participationId: string): Promise<void> {
	const scope = authorise(ctx.actor, 'training:manage');
	try {
		await ctx.db.transaction(async (tx) => {
			const activity = await lockClassOf(tx, scope, participationId);
			if (!isEditable(activity.status)) throw new DomainError('conflict', 'training.class_closed');
			const [restored] = await tx
				.update(participations)
				.set({ voidedAt: null, voidReason: null })
				.where(and(eq(participations.id, participationId), isNotNull(participations.voidedAt)))
				.returning({ personId: participations.personId, completedOn: participations.completedOn });
			if (!restored) return;
			await recomputeFirstCompletions(tx, { personIds: [restored.personId] });
			if (restored.completedOn) await tellCompletions(ctx, tx, 'participation.completed', [participationId]);
			await recordAudit(ctx, tx, 'participation.restored', {
				objectId: participationId,
				unitId: activity.organiserUnitId,
				activityId: activity.id
			});
		});
	} catch (error) {
		if (sqlState(error) === '23505') throw new DomainError('conflict', 'training.already_summoned');
		throw error;
	}
}
