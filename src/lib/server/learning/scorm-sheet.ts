import { formatDateTime } from '#lib/i18n/format.ts';
import { scormPlayerMessages } from '#lib/i18n/scorm-player.ts';
import { scormResultsMessages } from '#lib/i18n/scorm-results.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../platform/context.ts';
import type { Sheet } from '../platform/office/sheet-files.ts';
import { listScormResults, type ScormResult } from './scorm-results.ts';

/** Everybody's SCORM results in a class for a file, in Vietnamese; that it was taken is written down. */
export async function scormSheet(ctx: Context, activityId: string): Promise<Sheet> {
	const { activity, results } = await listScormResults(ctx, activityId);
	const facts = { objectId: activity.id, unitId: activity.unitId, rows: results.length };
	await recordAudit(ctx, ctx.db, 'scorm.results_exported', facts);
	const t = scormResultsMessages.vi;
	return {
		title: t.sheet.results,
		headings: t.sheet.resultColumns,
		rows: results.map((result, i) => rowOf(result, i + 1)),
		notes: [activity.title, t.lead]
	};
}

function rowOf(result: ScormResult, number: number): (string | number)[] {
	const { standing } = scormPlayerMessages.vi;
	const t = scormResultsMessages.vi;
	return [
		number,
		result.fullName,
		result.unitName,
		result.lessonTitle,
		result.attemptCount,
		standing[result.completion],
		result.success === 'unknown' ? '' : standing[result.success],
		result.grade === null ? '' : Math.round(result.grade * 100),
		result.isLessonComplete ? t.yes : t.no,
		formatDateTime(result.savedAt)
	];
}
