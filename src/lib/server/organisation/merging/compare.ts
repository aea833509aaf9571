import { desc, eq, isNull, sql } from 'drizzle-orm';
import { maskPersonalNumber } from '#lib/text/personal-number.ts';
import { accounts } from '../../identity/tables.ts';
import { authorise } from '../../identity/permissions.ts';
import { type Context, today } from '../../platform/context.ts';
import { personMergers } from '../merger-tables.ts';
import { getPersonRow, listAffiliations, listMemberships } from '../people-queries.ts';
import { openNumberVault } from '../personal-numbers.ts';
import { inScope } from '../scope.ts';
import { affiliations, people, units } from '../tables.ts';

/** One of two people side by side. The personal number leaves the server masked. */
export type ComparedPerson = Omit<Awaited<ReturnType<typeof readSide>>, 'numberHash'>;

/**
 * Two people to be compared, the fuller row first: it is the one proposed to stay.
 * @throws {DomainError} `not_found` for people outside the actor's units
 */
export async function comparePeople(ctx: Context, ids: readonly [string, string]) {
	const [a, b] = [await readSide(ctx, ids[0]), await readSide(ctx, ids[1])];
	const numbersDiffer = a.numberHash !== undefined && b.numberHash !== undefined && a.numberHash !== b.numberHash;
	const [one, other] = (weightOf(b) > weightOf(a) ? [b, a] : [a, b]).map(({ numberHash: _, ...side }) => side);
	if (!one || !other) throw new Error('two people were read');
	return { one, other, numbersDiffer };
}

/** One person for the search of a second one. @throws {DomainError} `not_found` */
export async function getMergeSubject(ctx: Context, personId: string) {
	const scope = authorise(ctx.actor, 'roster:manage');
	const { id, fullName } = await getPersonRow(ctx.db, scope, personId, today(ctx));
	return { id, fullName };
}

async function readSide(ctx: Context, personId: string) {
	const scope = authorise(ctx.actor, 'roster:manage');
	const row = await getPersonRow(ctx.db, scope, personId, today(ctx));
	const { personalNumberEncrypted, personalNumberHmac, searchName: _, ...person } = row;
	const digits = personalNumberEncrypted ? openNumberVault(ctx.config).open(personalNumberEncrypted) : undefined;
	const [account] = await ctx.db
		.select({
			username: accounts.username,
			isActive: sql<boolean>`${accounts.activatedAt} is not null`,
			disabledAt: accounts.disabledAt
		})
		.from(accounts)
		.where(eq(accounts.personId, personId));
	// Classes belong to a module further right, so their table is named here and not imported.
	const [counted] = await ctx.db.execute<{ classes: number; completed: number }>(sql`
		select count(*)::int as classes, count(completed_on)::int as completed from participation p join person me on me.id = p.person_id
		where coalesce(me.canonical_id, me.id) = ${personId} and p.voided_at is null`);
	return {
		...{ person, account, personalNumber: digits ? maskPersonalNumber(digits) : undefined },
		numberHash: personalNumberHmac?.toString('hex'),
		affiliations: await listAffiliations(ctx.db, personId),
		memberships: await listMemberships(ctx.db, personId),
		classes: counted?.classes ?? 0,
		completed: counted?.completed ?? 0
	};
}

/** An account in use weighs most, then a personal number, then classes. */
function weightOf({ account, personalNumber, classes, memberships }: ComparedPerson): number {
	return (account?.isActive ? 1000 : 0) + (personalNumber ? 100 : 0) + Math.min(classes, 50) + memberships.length;
}

/** The latest mergers of people who count in the actor's units, newest first. */
export async function listMergers(ctx: Context, { personId }: { personId?: string } = {}) {
	const scope = authorise(ctx.actor, 'roster:manage');
	return ctx.db
		.select({
			id: personMergers.id,
			keptId: personMergers.keptId,
			fullName: people.fullName,
			mergedName: sql<string>`(select m.full_name from person m where m.id = ${personMergers.mergedId})`,
			recordedAt: personMergers.recordedAt,
			by: sql<string | null>`(select coalesce(p.full_name, a.display_name) from account a
				left join person p on p.id = a.person_id where a.id = ${personMergers.recordedBy})`
		})
		.from(personMergers)
		.innerJoin(people, eq(people.id, personMergers.keptId))
		.innerJoin(
			affiliations,
			sql`${affiliations.id} = (select f.id from affiliation f where f.person_id = ${people.id} order by f.valid_from desc limit 1)`
		)
		.innerJoin(units, eq(units.id, affiliations.unitId))
		.where(
			sql`${isNull(personMergers.undoneAt)} and ${inScope(units.path, scope)} and ${personId ? eq(personMergers.keptId, personId) : sql`true`}`
		)
		.orderBy(desc(personMergers.recordedAt))
		.limit(50);
}
