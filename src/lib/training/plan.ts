import { formatNumber } from '../i18n/format.ts';

/** How far a line of a yearly plan has come: Chưa mở → Đã mở → Đã tổ chức; Quá hạn. */
export type LineState = 'waiting' | 'opened' | 'held' | 'overdue';

/** What decides it. `opened` counts the classes under the line that were not cancelled, `held` those that have ended. */
export type LineProgress = Readonly<{ classCount: number; opened: number; held: number; plannedTo: string }>;

/**
 * The state of a line on a day (`yyyy-mm-dd`). A line is held once as many classes have ended as it stands for; after its
 * last planned day everything less is overdue, also where a class is under way.
 */
export function lineState({ classCount, opened, held, plannedTo }: LineProgress, day: string): LineState {
	if (held >= classCount) return 'held';
	if (plannedTo < day) return 'overdue';
	return opened > 0 ? 'opened' : 'waiting';
}

/** A line as far as a form of a class can be filled from it. */
type FormLine = Readonly<{
	id: string;
	unitId: string;
	title: string;
	kind: string;
	mode: string;
	plannedFrom: string;
	plannedTo: string;
	teachingPeriods: number | null;
}>;

/** What the yearly plan says of a class that is opened or recorded from there, by field of the form; nothing without a line. */
export function valuesOfLine(line: FormLine | undefined): Record<string, string> {
	if (!line) return {};
	const { id, unitId, title, kind, mode, plannedFrom, plannedTo, teachingPeriods } = line;
	return {
		...{ planLineId: id, organiserUnitId: unitId, title, kind, mode, startsOn: plannedFrom, dueOn: plannedTo },
		...(teachingPeriods !== null && { teachingPeriods: formatNumber(teachingPeriods) })
	};
}
