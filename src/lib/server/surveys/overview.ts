import { lecturerNames, satisfied } from '#lib/surveys/survey.ts';
import { matchKey } from '#lib/text/fold.ts';
import { authorise } from '../identity/permissions.ts';
import { listUnits } from '../organisation/queries.ts';
import { type Context, today } from '../platform/context.ts';
import { isShown, listSurveyedClasses, summariseSurveys, sumOf } from './summary.ts';

type Surveyed = Awaited<ReturnType<typeof listSurveyedClasses>>[number];

/**
 * "Mức độ hài lòng của học viên" of a year by unit, lecturer and class, and apart from it what citizens and businesses say.
 * Shares from too few forms are null.
 */
export async function getSurveyOverview(ctx: Context, asked: { year: number | undefined }) {
	const scope = authorise(ctx.actor, 'survey:read');
	const year = asked.year ?? Number(today(ctx).slice(0, 4));
	const window = { from: `${year}-01-01`, to: `${year}-12-31` };
	const [classes, summary] = await Promise.all([
		listSurveyedClasses(ctx.db, scope, window),
		summariseSurveys(ctx.db, scope, window)
	]);
	return {
		year,
		thisYear: Number(today(ctx).slice(0, 4)),
		summary,
		units: grouped(classes, ({ unitId, unitName }) => [[unitId, unitName]]),
		lecturers: grouped(
			classes,
			({ lecturers }) => lecturerNames(lecturers).map((name) => [matchKey(name), name]),
			({ returned, lecturerSatisfied }) => ({ part: lecturerSatisfied, whole: returned })
		),
		classes: classes.map((one) => ({
			activityId: one.activityId,
			title: one.title,
			unitName: one.unitName,
			endedOn: one.endedOn,
			issued: one.issued,
			returned: one.returned,
			share: isShown(one) ? satisfied(one.levels) : null
		}))
	};
}

/** Units that the public may rate. */
export async function listRatedUnits(ctx: Context) {
	const units = await listUnits(ctx.db, { kind: 'everything' });
	return units.map(({ id, name, depth }) => ({ id, name, depth }));
}

/** Classes put together by key, those with the most forms first; `shareOf` is what the group is judged by. */
function grouped(
	classes: readonly Surveyed[],
	keysOf: (one: Surveyed) => readonly (readonly [key: string, name: string])[],
	shareOf: (one: Surveyed) => { part: number; whole: number } = ({ levels }) => satisfied(levels)
) {
	const groups = new Map<string, { name: string; classes: Surveyed[] }>();
	for (const one of classes) {
		for (const [key, name] of keysOf(one)) {
			const group = groups.get(key) ?? { name, classes: [] };
			group.classes.push(one);
			groups.set(key, group);
		}
	}
	return [...groups]
		.map(([key, group]) => {
			const { issued, returned } = sumOf(group.classes);
			const shares = group.classes.map(shareOf);
			const share = {
				part: shares.reduce((sum, { part }) => sum + part, 0),
				whole: shares.reduce((sum, { whole }) => sum + whole, 0)
			};
			const count = group.classes.length;
			return { key, name: group.name, classes: count, issued, returned, share: isShown({ returned }) ? share : null };
		})
		.toSorted((a, b) => b.returned - a.returned || a.name.localeCompare(b.name, 'vi'));
}
