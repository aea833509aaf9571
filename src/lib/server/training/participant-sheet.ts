import ExcelJS from 'exceljs';
import { formatDay } from '#lib/i18n/format.ts';
import { trainingMessages } from '#lib/i18n/training.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise } from '../identity/permissions.ts';
import type { Context } from '../platform/context.ts';
import { getClass } from './access.ts';
import { listParticipants, type Participant } from './class-page.ts';

/** Column widths in characters. */
const WIDTHS = [6, 28, 24, 32, 34, 13, 13, 13, 16];

/**
 * The people of a class as an .xlsx workbook, in Vietnamese, without personal numbers or telephones. Every cell is a typed
 * string or number, never a formula, whatever a name begins with.
 */
export async function participantSheet(ctx: Context, activityId: string): Promise<{ name: string; body: Buffer }> {
	const activity = await getClass(ctx.db, authorise(ctx.actor, 'training:read'), activityId);
	const participants = await listParticipants(ctx.db, activityId);
	const t = trainingMessages.vi;
	const workbook = new ExcelJS.Workbook();
	const sheet = workbook.addWorksheet(t.sheet.name, { views: [{ state: 'frozen', ySplit: 5 }] });
	sheet.columns = WIDTHS.map((width) => ({ width }));
	sheet.addRow([text(activity.title)]).font = { bold: true, size: 13 };
	sheet.addRow([text(`${t.organiser}: ${activity.organiserName}`)]);
	sheet.addRow([
		text(`${t.time}: ${t.fromTo(formatDay(activity.startsOn), formatDay(activity.endedOn ?? activity.dueOn))}`)
	]);
	sheet.addRow([text(`${t.document}: ${activity.documentNo ?? activity.approver ?? ''}`)]);
	sheet.addRow(t.sheet.columns.split('|')).font = { bold: true };
	participants.forEach((participant, i) => sheet.addRow(rowOf(participant, i + 1)));
	await recordAudit(ctx, ctx.db, 'class.participants_exported', {
		objectId: activityId,
		unitId: activity.organiserUnitId,
		rows: participants.length
	});
	return { name: 'danh-sach-lop.xlsx', body: Buffer.from(await workbook.xlsx.writeBuffer()) };
}

function rowOf(participant: Participant, no: number): (string | number)[] {
	const { fullName, position, unitName, categories, summonedOn, attendedOn, completedOn, outcome } = participant;
	const day = (value: string | null) => (value ? formatDay(value) : '');
	const result = outcome ? trainingMessages.vi.outcomes[outcome] : '';
	const texts = [fullName, position ?? '', unitName, categories.join('; ')].map(text);
	return [no, ...texts, day(summonedOn), day(attendedOn), day(completedOn), result];
}

/** What Excel keeps literal today may be pasted into a CSV tomorrow: a leading sign of a formula gets an apostrophe. */
function text(value: string): string {
	return /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}
