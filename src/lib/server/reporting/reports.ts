import { chosenTables, reportDocument } from '#lib/reporting/report-document.ts';
import { reportTable, TABLE_IDS } from '#lib/reporting/report-tables.ts';
import type { ReportContent } from '#lib/reporting/report-content.ts';
import type { ReportChoice } from '#lib/reporting/input.ts';
import { canStep, isEditable, REPORT_STEPS, type ReportState, type ReportStep } from '#lib/reporting/workflow.ts';
import { today, type Context } from '../platform/context.ts';
import { may, reportPlace, type Period, type ReportKey, type ReportingUnit } from './access.ts';
import { listVersions } from './freeze.ts';
import { liveReport, shownReport, type ShownReport } from './shown-report.ts';
import { hasTemplate, writeByTemplate } from './templates.ts';
import { writeDocx } from './write-docx.ts';
import { writePdf } from './write-pdf.ts';
import { writeXlsx } from './write-xlsx.ts';

/** Rows of a form on the page; the files have all of them. */
const ROWS_SHOWN = 20;

/** A unit's report as its page shows it: how far it is, sentences, and forms with their first rows. */
export async function getReportPage(ctx: Context, key: ReportKey, version?: number) {
	const { period, unit } = await reportPlace(ctx, 'report:read', key);
	const [shown, versions, isTemplated] = await Promise.all([
		shownReport(ctx.db, period, unit, version),
		listVersions(ctx.db, key),
		hasTemplate(ctx.db)
	]);
	const { content, report, frozen } = shown;
	const tables = chosenTables(content, TABLE_IDS).map((id) => {
		const table = reportTable(content, id);
		return { ...table, rows: table.rows.slice(0, ROWS_SHOWN), rowCount: table.rows.length };
	});
	const state = report?.state ?? 'draft';
	const { heading, narrative, rule, notes } = content;
	return {
		...{ period, unit, heading, narrative, tables, rule, notes, versions, state },
		standing: standingOf(report),
		hasTemplate: isTemplated,
		frozen: frozen && { version: frozen.version, isIntact: frozen.isIntact },
		isOutdated: await isOutdated(ctx, period, unit, shown, version),
		/** The cut-off is still to come: figures are of today. */
		isEarly: !frozen && today(ctx) < period.cutOff,
		mayWrite: may(ctx, 'report:write', unit.path) && !period.lockedAt && isEditable(state),
		steps: unit.isProvince || period.lockedAt ? [] : stepsOf(ctx, unit, state)
	};
}

/** What the page tells of how far a report is. */
function standingOf(report: ShownReport['report']) {
	if (!report) return undefined;
	const { sentAt, signedNo, signedOn, signedName, returnReason } = report;
	return { sentAt, signedNo, signedOn, signedName, returnReason };
}

function stepsOf(ctx: Context, unit: ReportingUnit, state: ReportState): ReportStep[] {
	const isProvince = may(ctx, 'report:manage', unit.path);
	const rights: Record<ReportStep, boolean> = {
		submit: may(ctx, 'report:write', unit.path),
		approve: may(ctx, 'report:approve', unit.path),
		sign: may(ctx, 'report:write', unit.path),
		accept: isProvince,
		return: isProvince || (state === 'submitted' && may(ctx, 'report:approve', unit.path))
	};
	return REPORT_STEPS.filter((step) => rights[step] && canStep(state, step));
}

/** Of the figures that stand: whether the data say something else by now. */
async function isOutdated(
	ctx: Context,
	period: Period,
	unit: ReportingUnit,
	{ content, frozen, report }: ShownReport,
	version: number | undefined
): Promise<boolean> {
	if (!frozen || version !== undefined) return false;
	const now = await liveReport(ctx.db, period, unit, report?.entries);
	const figures = ({ targets, staff, activities }: ReportContent) =>
		JSON.stringify([targets.map(({ share }) => share), staff.map(({ total }) => total), activities.length]);
	return figures(now) !== figures(content);
}

/** Files a report can be taken away as, with their content types. */
export const REPORT_FORMATS = {
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	pdf: 'application/pdf'
} as const;
export type ReportFormat = keyof typeof REPORT_FORMATS;

/** The report as a file; `name` is ASCII. */
export async function getReportFile(
	ctx: Context,
	key: ReportKey,
	format: ReportFormat,
	{ outline, tables, isDefault, version, isByTemplate }: ReportChoice
): Promise<{ name: string; body: Buffer }> {
	const { period, unit } = await reportPlace(ctx, 'report:read', key);
	const { content, frozen } = await shownReport(ctx.db, period, unit, version);
	const write = {
		docx: () => (isByTemplate ? writeByTemplate(ctx, content) : writeDocx(reportDocument(content, outline, tables))),
		pdf: () => writePdf(reportDocument(content, outline, tables)),
		// A workbook is worked on: it has every form, also those still to be filled in.
		xlsx: () => writeXlsx(content, isDefault ? TABLE_IDS : tables)
	}[format];
	const mark = frozen ? `-v${frozen.version}` : '';
	const name = `bao-cao-${unit.code}-${period.fromOn}-${period.toOn}${mark}.${format}`.replace(/[^\w.-]/g, '_');
	return { name, body: await write() };
}
