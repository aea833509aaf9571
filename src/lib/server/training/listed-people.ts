import { and, eq, or, sql } from 'drizzle-orm';
import type { Candidate } from '#lib/training/matching.ts';
import { nameKey } from '#lib/text/names.ts';
import type { UnitScope } from '../identity/permissions.ts';
import { holdsOn } from '../organisation/dated.ts';
import { openNumberVault } from '../organisation/personal-numbers.ts';
import { isPerson } from '../organisation/queries.ts';
import { inScope } from '../organisation/scope.ts';
import { affiliations, people, units, unitVersions } from '../organisation/tables.ts';
import { today, type Context } from '../platform/context.ts';

/** A candidate with what tells namesakes apart on the page. */
export type ListedCandidate = Candidate & Readonly<{ unitName: string; position: string | null }>;

type Particulars = Readonly<{ fullName: string; personalNumber?: string; phone?: string }>;

/**
 * People of the scope who share a name (with or without marks), a telephone or a personal number with one of the lines;
 * one query for the whole list.
 * @returns the candidates of each line
 */
export async function findListedPeople(
	ctx: Context,
	scope: UnitScope,
	lines: readonly Particulars[]
): Promise<(line: Particulars) => ListedCandidate[]> {
	const vault = openNumberVault(ctx.config);
	const hmacs = new Map(
		lines.flatMap(({ personalNumber }) =>
			personalNumber ? [[personalNumber, vault.hmac(personalNumber).toString('hex')]] : []
		)
	);
	const names = [...new Set(lines.map(({ fullName }) => nameKey(fullName)))];
	const phones = lines.flatMap(({ phone }) => (phone ? [phone] : []));
	const day = today(ctx);
	const rows = await ctx.db
		.select({
			personId: people.id,
			fullName: people.fullName,
			searchName: people.searchName,
			birthDate: people.birthDate,
			birthYear: people.birthYear,
			phone: people.phone,
			hmac: sql<string | null>`encode(${people.personalNumberHmac}, 'hex')`,
			unitId: affiliations.unitId,
			unitName: unitVersions.name,
			position: affiliations.position
		})
		.from(people)
		.innerJoin(affiliations, and(eq(affiliations.personId, people.id), holdsOn(affiliations, day)))
		.innerJoin(units, eq(units.id, affiliations.unitId))
		.innerJoin(unitVersions, and(eq(unitVersions.unitId, units.id), holdsOn(unitVersions, day)))
		.where(
			and(
				isPerson,
				inScope(units.path, scope),
				or(
					sql`${people.searchName} = any(${sql.param(names)}::text[])`,
					sql`${people.phone} = any(${sql.param(phones)}::text[])`,
					sql`encode(${people.personalNumberHmac}, 'hex') = any(${sql.param([...hmacs.values()])}::text[])`
				)
			)
		);
	return ({ fullName, personalNumber, phone }) => {
		const number = personalNumber ? hmacs.get(personalNumber) : undefined;
		const key = nameKey(fullName);
		return rows
			.filter((row) => row.searchName === key || (phone && row.phone === phone) || (number && row.hmac === number))
			.map(({ hmac, searchName: _, ...row }) => ({
				...row,
				hasSameNumber: number !== undefined && hmac === number,
				hasOtherNumber: number !== undefined && hmac !== null && hmac !== number
			}));
	};
}
