import type { Window } from '#lib/indicators/period.ts';
import type { Share } from '#lib/indicators/share.ts';
import type { ManualRow, ManualTableId } from '#lib/reporting/report-content.ts';
import type { SurveyLine } from '#lib/surveys/input.ts';
import { satisfied } from '#lib/surveys/survey.ts';
import type { Database } from '../platform/database.ts';
import { isShown, summariseSurveys } from '../surveys/summary.ts';

const LEVELS = ['veryBad', 'bad', 'middle', 'good', 'veryGood'] as const;
const SOURCE = 'Hệ thống';

/** Rows of the forms on satisfaction that come from data, and what the trainees' sentence is made of. */
export type SurveyFacts = Readonly<{
	rows: Readonly<Partial<Record<ManualTableId, readonly ManualRow[]>>>;
	trainees?: Share;
}>;

/**
 * Biểu 08, trainees' forms of classes that ended in the period; Biểu 11, ratings by citizens and businesses in it. Lines of
 * too few forms are left out, as everywhere.
 */
export async function surveyFacts(db: Database, path: string, window: Window): Promise<SurveyFacts> {
	const { trainee, citizen, business } = await summariseSurveys(db, { kind: 'subtrees', paths: [path] }, window);
	const line = (values: Record<string, string | number>, { levels }: SurveyLine): ManualRow => ({
		values: { ...values, ...Object.fromEntries(LEVELS.map((key, i) => [key, levels[i] ?? 0])) },
		...{ source: SOURCE, isMade: true }
	});
	const rated = [
		['Người dân', citizen],
		['Doanh nghiệp', business]
	] as const;
	const isAsked = isShown(trainee);
	return {
		rows: {
			'08': isAsked
				? [line({ respondents: 'Học viên', sent: trainee.issued ?? 0, received: trainee.returned }, trainee)]
				: [],
			'11': rated
				.filter(([, one]) => isShown(one))
				.map(([respondents, one]) => line({ platform: 'Trang đánh giá của hệ thống', respondents }, one))
		},
		...(isAsked && { trainees: satisfied(trainee.levels) })
	};
}
