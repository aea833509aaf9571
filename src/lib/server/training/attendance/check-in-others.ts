import { and, eq, isNull, or, sql } from 'drizzle-orm';
import { minutesFrom } from '#lib/training/attendance.ts';
import type { WalkInInput } from '#lib/training/attendance-input.ts';
import { nameKey } from '#lib/text/names.ts';
import { normalisePhone } from '#lib/text/phone.ts';
import { tidy } from '#lib/text/fold.ts';
import { recordAudit } from '../../audit/record.ts';
import { EVERYTHING } from '../../identity/permissions.ts';
import { claimAttempt } from '../../identity/sign-in-throttle.ts';
import { listUnits, unitOf } from '../../organisation/queries.ts';
import { unitFinder } from '../../organisation/roster-file/units.ts';
import { people } from '../../organisation/tables.ts';
import { dayOf, today, type Context } from '../../platform/context.ts';
import { DomainError } from '../../platform/errors.ts';
import { rosterCandidates } from '../list-import-tables.ts';
import { participations } from '../tables.ts';
import { admit, note, type CheckedIn } from './check-in.ts';
import { participationOf } from './walk-in.ts';

/** The person behind the actor's account and whether the class has that person on its list; undefined for others. */
export async function readOwnPlace(ctx: Context, ticket: string): Promise<{ isOnList: boolean } | undefined> {
	if (ctx.actor.kind !== 'account' || !ctx.actor.personId) return undefined;
	const { activity } = await admit(ctx, ctx.db, ticket);
	return { isOnList: (await findOwn(ctx, activity.id, ctx.actor.personId)) !== undefined };
}

/**
 * Checks the person behind the account in; one who is on no list comes onto the class as a walk-in.
 * @throws {DomainError} `forbidden` for accounts without a person; those of check-in.ts
 */
export async function checkInSelf(ctx: Context, ticket: string): Promise<CheckedIn> {
	const personId = ctx.actor.kind === 'account' ? ctx.actor.personId : undefined;
	if (!personId) throw new DomainError('forbidden', 'training.no_own_person');
	const { activity, session } = await admit(ctx, ctx.db, ticket);
	const own = await findOwn(ctx, activity.id, personId);
	if (own) return note(ctx, ticket, own, 'account');
	const unitIdThen =
		(await unitOf(ctx.db, personId, dayOf(session.startsAt))) ?? (await unitOf(ctx.db, personId, today(ctx)));
	if (!unitIdThen) throw new DomainError('forbidden', 'training.no_own_person');
	const participationId = await ctx.db.transaction((tx) =>
		participationOf(ctx, tx, activity.id, { personId, unitIdThen })
	);
	return note(ctx, ticket, participationId, 'account');
}

async function findOwn(ctx: Context, activityId: string, personId: string): Promise<string | undefined> {
	const [row] = await ctx.db
		.select({ id: participations.id })
		.from(participations)
		.innerJoin(people, eq(people.id, participations.personId))
		.where(
			and(
				eq(participations.activityId, activityId),
				isNull(participations.voidedAt),
				or(eq(people.id, personId), eq(people.canonicalId, personId))
			)
		);
	return row?.id;
}

/**
 * Notes somebody who came without being on the list and has no account. The unit named confirms who that is; until then
 * nobody is counted.
 * @throws {DomainError} `invalid` `form.phone`, `training.unit_not_understood`; `too_many`
 */
export async function noteWalkIn(ctx: Context, input: WalkInInput): Promise<void> {
	const phone = normalisePhone(input.phone);
	if (!phone) throw new DomainError('invalid', 'form.phone');
	const units = await listUnits(ctx.db, EVERYTHING, { day: today(ctx) });
	const unit = unitFinder(units)(tidy(input.unitName));
	if (!unit || unit === 'ambiguous' || unit.givesAggregates)
		throw new DomainError('invalid', 'training.unit_not_understood');
	// Whoever holds the ticket may try a few names, not fill the lists of the province.
	await claimAttempt(ctx.db, `walk-in:${input.ticket}`, ctx.now);
	await ctx.db.transaction(async (tx) => {
		const { session, activity } = await admit(ctx, tx, input.ticket);
		const minutes = minutesFrom(session, ctx.now);
		const { fullName, birthYear } = input;
		const sittings = { [session.id]: minutes };
		const named = { activityId: activity.id, unitId: unit.id, searchName: nameKey(fullName), birthYear };
		const noted = await tx
			.update(rosterCandidates)
			.set({ sittings: sql`coalesce(${rosterCandidates.sittings}, '{}'::jsonb) || ${JSON.stringify(sittings)}::jsonb` })
			.where(
				and(
					...Object.entries(named).map(([key, value]) => eq(rosterCandidates[key as keyof typeof named], value)),
					eq(rosterCandidates.state, 'waiting'),
					isNull(rosterCandidates.importId)
				)
			)
			.returning({ id: rosterCandidates.id });
		if (noted.length === 0) {
			await tx
				.insert(rosterCandidates)
				.values({ ...named, stage: 'attend', phone, fullName: tidy(fullName), sittings })
				.onConflictDoNothing();
		}
		await recordAudit(ctx, tx, 'attendance.walk_in_noted', {
			...{ objectId: activity.id, unitId: unit.id, sessionId: session.id }
		});
	});
}
