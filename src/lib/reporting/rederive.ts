import { aggregateShares, type AggregateResultRow, type AggregateRosterRow } from '#lib/indicators/aggregates.ts';
import { sumOfShares, type Share } from '#lib/indicators/share.ts';
import type { ReportContent, UnitRow } from './report-content.ts';

/**
 * What the figures of a frozen report were counted from, by ids only: names and numbers of people are not kept twice.
 * Tuples, because a province has a hundred thousand of them.
 */
export type SnapshotInputs = Readonly<{
	/** The roster at the cut-off; the day of the first qualifying completion since the stage began. */
	people: readonly (readonly [
		personId: string,
		unitId: string,
		categories: readonly string[],
		firstOn: string | null
	])[];
	/** Activities that count since the stage began. */
	activities: readonly (readonly [
		activityId: string,
		unitId: string,
		mode: string,
		endedOn: string,
		isCounted: boolean
	])[];
	rosters: readonly AggregateRosterRow[];
	results: readonly AggregateResultRow[];
	/** The reporting unit first, then those below it. */
	units: readonly (readonly [unitId: string, path: string])[];
	/** The counting rule in force, and the id of its record; empty while the default holds. */
	rule: Readonly<Record<string, unknown>>;
	ruleId: string;
}>;

/** Counts a frozen report again from its inputs. @returns what differs, in words for a log; empty when all agrees */
export function rederive(content: ReportContent, inputs: SnapshotInputs): string[] {
	const all = () => true;
	const expected: [string, unknown, unknown][] = [
		...content.targets.flatMap((row): [string, unknown, unknown][] => {
			if (row.indicator === 'online_share') {
				const from = row.span === 'stage' ? content.heading.stageFrom : content.heading.from;
				return [[`online ${row.span}`, row.share, online(inputs, from, all)]];
			}
			return row.span === 'stage' ? [['trained', row.share, trained(inputs, all)]] : [];
		}),
		...content.staff.map((row): [string, unknown, unknown] => {
			const category = row.code === 'total' ? undefined : row.code;
			return [`staff ${row.code}`, row.total, trained(inputs, all, category).whole];
		}),
		...content.units.flatMap((row) => unitFigures(content, row, inputs)),
		['activities', content.sources.activities.toSorted(), idsWithin(inputs, content.heading.from)],
		['people', [content.sources.trained.length, content.sources.untrained.length], namedOf(inputs)]
	];
	return expected.filter(([, kept, counted]) => !isSame(kept, counted)).map(([name]) => name);
}

type Within = (unitId: string) => boolean;

function trained({ people, rosters, results }: SnapshotInputs, isWithin: Within, category?: string): Share {
	const named = people.filter(
		([, unitId, categories]) => isWithin(unitId) && (!category || categories.includes(category))
	);
	const inNumbers = aggregateShares(rosters, results).filter(
		({ unitId, categoryCode }) => isWithin(unitId) && (!category || categoryCode === category)
	);
	const part = named.filter(([, , , firstOn]) => firstOn !== null).length;
	return sumOfShares([{ part, whole: named.length }, ...inNumbers]);
}

function online({ activities }: SnapshotInputs, from: string, isWithin: Within): Share {
	const own = activities.filter(([, unitId, , endedOn]) => endedOn >= from && isWithin(unitId));
	return { part: own.filter(([, , , , isCounted]) => isCounted).length, whole: own.length };
}

function unitFigures(content: ReportContent, row: UnitRow, inputs: SnapshotInputs): [string, unknown, unknown][] {
	const paths = new Map(inputs.units);
	const root = paths.get(row.id) ?? '';
	const isWithin = (unitId: string) => {
		const path = paths.get(unitId) ?? '';
		return path === root || (!row.isDirect && path.startsWith(`${root}.`));
	};
	return [
		[`${row.code} trained`, row.trained, trained(inputs, isWithin)],
		[`${row.code} online`, row.online, online(inputs, content.heading.from, isWithin)],
		...row.byCategory.map(({ code, share }): [string, unknown, unknown] => [
			`${row.code} ${code}`,
			share,
			trained(inputs, isWithin, code)
		])
	];
}

const idsWithin = ({ activities }: SnapshotInputs, from: string) =>
	activities
		.filter(([, , , endedOn]) => endedOn >= from)
		.map(([id]) => id)
		.toSorted();

function namedOf({ people }: SnapshotInputs): [number, number] {
	const done = people.filter(([, , , firstOn]) => firstOn !== null).length;
	return [done, people.length - done];
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

/** Shares as pairs, whatever order their keys came in. */
function sorted(value: unknown): unknown {
	if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
	return Object.entries(value).toSorted(([a], [b]) => a.localeCompare(b));
}
