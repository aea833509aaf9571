import ExcelJS from 'exceljs';
import { formatDateTime } from '#lib/i18n/format.ts';
import { scormPlayerMessages } from '#lib/i18n/scorm-player.ts';
import { scormResultsMessages } from '#lib/i18n/scorm-results.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../platform/context.ts';
import { listScormResults, type ScormResult } from './scorm-results.ts';

/** Column widths in characters. */
const WIDTHS = [6, 28, 34, 36, 10, 16, 14, 14, 18, 20];

/** Everybody's SCORM results in a class as an .xlsx workbook, in Vietnamese. Every cell is a typed string or number. */
export async function scormSheet(ctx: Context, activityId: string): Promise<Buffer> {
	const { activity, results } = await listScormResults(ctx, activityId);
	const t = scormResultsMessages.vi;
	const workbook = new ExcelJS.Workbook();
	const sheet = workbook.addWorksheet(t.sheet.results, { views: [{ state: 'frozen', ySplit: 3 }] });
	sheet.columns = WIDTHS.map((width) => ({ width }));
	sheet.addRow([text(activity.title)]).font = { bold: true, size: 13 };
	sheet.addRow([t.lead]);
	sheet.addRow(t.sheet.resultColumns.split('|')).font = { bold: true };
	results.forEach((result, i) => sheet.addRow(rowOf(result, i + 1)));
	const facts = { objectId: activity.id, unitId: activity.unitId, rows: results.length };
	await recordAudit(ctx, ctx.db, 'scorm.results_exported', facts);
	return Buffer.from(await workbook.xlsx.writeBuffer());
}

function rowOf(result: ScormResult, number: number): (string | number)[] {
	const { standing } = scormPlayerMessages.vi;
	const t = scormResultsMessages.vi;
	return [
		number,
		text(result.fullName),
		text(result.unitName),
		text(result.lessonTitle),
		result.attemptCount,
		standing[result.completion],
		result.success === 'unknown' ? '' : standing[result.success],
		result.grade === null ? '' : Math.round(result.grade * 100),
		result.isLessonComplete ? t.yes : t.no,
		formatDateTime(result.savedAt)
	];
}

/** A leading sign of a formula gets an apostrophe: the sheet may be saved as CSV. */
function text(value: string): string {
	return /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}
