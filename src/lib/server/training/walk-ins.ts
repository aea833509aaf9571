import { and, eq, isNull, or, sql } from 'drizzle-orm';
import { nameKey } from '#lib/text/names.ts';
import type { WalkIn } from '#lib/training/walk-ins.ts';
import { authorise } from '../identity/permissions.ts';
import { holdsOn } from '../organisation/dated.ts';
import { addPerson } from '../organisation/people.ts';
import { getUnit, isPerson } from '../organisation/queries.ts';
import { affiliations, people } from '../organisation/tables.ts';
import { today, within, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';

/**
 * People who came without being on the list, in the caller's transaction: found in their unit by name (and birth year),
 * else taken into its roster, in no category.
 * @param validFrom the day from which a new person belongs to the unit
 * @returns their ids
 * @throws {DomainError} `conflict` `training.walk_in_ambiguous` for a name that two people of the unit bear; `not_found`
 * for units outside the actor's
 */
export async function findOrAddWalkIns(
	ctx: Context,
	tx: Database,
	walkIns: readonly WalkIn[],
	validFrom: string
): Promise<string[]> {
	const scope = authorise(ctx.actor, 'roster:manage');
	const ids: string[] = [];
	for (const walkIn of walkIns) {
		await getUnit(tx, scope, walkIn.unitId);
		const found = await sameName(tx, walkIn, today(ctx));
		if (found.length > 1) throw new DomainError('conflict', 'training.walk_in_ambiguous');
		ids.push(found[0]?.id ?? (await addWalkIn(within(ctx, tx), walkIn, validFrom)));
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
