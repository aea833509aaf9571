import { tidy } from '#lib/text/fold.ts';
import { matchPerson, type Match } from '#lib/training/matching.ts';
import { covers, EVERYTHING, type UnitScope } from '../../identity/permissions.ts';
import { listUnits } from '../../organisation/queries.ts';
import type { RosterRow } from '../../organisation/roster-file/row.ts';
import { unitFinder } from '../../organisation/roster-file/units.ts';
import { today, type Context } from '../../platform/context.ts';
import { DomainError } from '../../platform/errors.ts';
import type { ListLine } from '../list-file/lines.ts';
import { findListedPeople } from '../listed-people.ts';

/** A line with its unit, and whom it means among the actor's people. */
export type MatchedLine = Readonly<{
	row: number;
	person?: RosterRow;
	/** Why the line is of no use. */
	problem?: string;
	unitId?: string;
	/** The unit is one of the actor's: its people may be looked at. */
	isOwn: boolean;
	match: Match;
}>;

/**
 * Finds each line's unit among all of the province and, for units of the actor's, the person. People of other units are
 * not looked at: their unit says who they are.
 * @param ownUnitId the unit of lines that name none
 */
export async function matchLines(
	ctx: Context,
	scope: UnitScope,
	lines: readonly ListLine[],
	ownUnitId: string
): Promise<MatchedLine[]> {
	const units = await listUnits(ctx.db, EVERYTHING, { day: today(ctx) });
	const paths = new Map(units.map(({ id, path }) => [id, path]));
	const findUnit = unitFinder(units);
	const own = units.find(({ id }) => id === ownUnitId);
	if (!own) throw new DomainError('not_found', 'organisation.unit_not_found');
	const candidatesFor = await findListedPeople(
		ctx,
		scope,
		lines.flatMap(({ person }) => (person ? [person] : []))
	);
	return lines.map(({ row, person, problem }) => {
		const nobody = { row, person, isOwn: false, match: { kind: 'unknown' } } as const;
		if (!person) return { ...nobody, problem: problem ?? 'name_missing' };
		const named = person.unit ? findUnit(tidy(person.unit)) : own;
		if (!named || named === 'ambiguous') {
			// The list may call the unit as nobody else does; a number or a telephone still tells who is meant.
			const match = matchPerson(listed(person), candidatesFor(person));
			const isSure = match.kind === 'matched' && match.by !== 'name_and_unit';
			return isSure ? { row, person, isOwn: true, match } : { ...nobody, problem: 'unit_unknown' };
		}
		if (named.givesAggregates) return { ...nobody, problem: 'unit_gives_aggregates' };
		const isOwn = covers(scope, paths.get(named.id) ?? '');
		const match = isOwn ? matchPerson(listed(person, named.id), candidatesFor(person)) : nobody.match;
		return { row, person, unitId: named.id, isOwn, match };
	});
}

function listed(person: RosterRow, unitId?: string) {
	const { fullName, personalNumber, phone, birth } = person;
	return { fullName, personalNumber, phone, birthDate: birth?.birthDate, birthYear: birth?.birthYear, unitId };
}
