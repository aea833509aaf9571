import { and, eq, or, sql } from 'drizzle-orm';
import { nameKey } from '#lib/text/names.ts';
import { covers, type UnitScope } from '../identity/permissions.ts';
import { type Context, today } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { holdsOn } from './dated.ts';
import { openNumberVault } from './personal-numbers.ts';
import { isPerson } from './queries.ts';
import { affiliations, people, units, unitVersions } from './tables.ts';

/** Someone on the roster who may be the person being added. `unitId` is null for people whom no unit has at present. */
export type Duplicate = Readonly<{
	personId: string;
	fullName: string;
	birthYear: number | null;
	unitId: string | null;
	unitName: string | null;
	reason: 'personal_number' | 'phone' | 'name_and_birth';
}>;

type Particulars = Readonly<{
	fullName: string;
	personalNumber?: string;
	phone?: string;
	birth?: { birthDate?: string; birthYear: number };
}>;

/**
 * People of the actor's units who share the personal number, the telephone, or name and birth. Someone outside those
 * units is told of only where the personal number is the same, and then by nothing but the fact.
 * @throws {DomainError} `conflict` `organisation.person_in_other_unit`
 */
export async function findDuplicates(
	ctx: Context,
	scope: UnitScope,
	{ fullName, personalNumber, phone, birth }: Particulars
): Promise<Duplicate[]> {
	const day = today(ctx);
	const hmac = personalNumber ? openNumberVault(ctx.config).hmac(personalNumber) : undefined;
	const sameNumber = hmac ? eq(people.personalNumberHmac, hmac) : sql`false`;
	const samePhone = phone ? eq(people.phone, phone) : sql`false`;
	const sameNameAndBirth = birth
		? and(
				eq(people.searchName, nameKey(fullName)),
				birth.birthDate
					? sql`coalesce(${people.birthDate} = ${birth.birthDate}, ${people.birthYear} = ${birth.birthYear})`
					: eq(people.birthYear, birth.birthYear)
			)
		: sql`false`;
	const rows = await ctx.db
		.select({
			personId: people.id,
			fullName: people.fullName,
			birthYear: people.birthYear,
			unitId: affiliations.unitId,
			unitName: unitVersions.name,
			path: units.path,
			reason: sql<Duplicate['reason']>`case when ${sameNumber} then 'personal_number'
				when ${samePhone} then 'phone' else 'name_and_birth' end`
		})
		.from(people)
		.leftJoin(affiliations, and(eq(affiliations.personId, people.id), holdsOn(affiliations, day)))
		.leftJoin(units, eq(units.id, affiliations.unitId))
		.leftJoin(unitVersions, and(eq(unitVersions.unitId, units.id), holdsOn(unitVersions, day)))
		.where(and(isPerson, or(sameNumber, samePhone, sameNameAndBirth)))
		.limit(20);
	const seen = ({ path }: { path: string | null }) => path !== null && covers(scope, path);
	// Without a unit, a person is known to whoever knows the personal number; then the unit may take them in.
	const shown = rows.filter((row) => seen(row) || (row.path === null && row.reason === 'personal_number'));
	if (rows.some((row) => row.reason === 'personal_number' && !shown.includes(row))) {
		throw new DomainError('conflict', 'organisation.person_in_other_unit');
	}
	return shown.map(({ path: _, ...duplicate }) => duplicate);
}
