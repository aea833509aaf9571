import { eq, isNull } from 'drizzle-orm';
import { reportDocument } from '#lib/reporting/report-document.ts';
import { TABLE_IDS } from '#lib/reporting/report-tables.ts';
import { units, unitVersions } from '#lib/server/organisation/tables.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { today } from '#lib/server/platform/context.ts';
import { assembleReport } from '#lib/server/reporting/assemble.ts';
import { writeDocx } from '#lib/server/reporting/write-docx.ts';
import { writePdf } from '#lib/server/reporting/write-pdf.ts';
import { writeXlsx } from '#lib/server/reporting/write-xlsx.ts';
import { cpuMsOfTree, printTable } from './measure.ts';

/** The consolidated report of the province on this year, as Word, Excel and PDF with every form; the aim is 20 s. */
export async function measureReport(ctx: Context, databasePid: number): Promise<void> {
	const [province] = await ctx.db
		.select({ id: units.id })
		.from(units)
		.innerJoin(unitVersions, eq(unitVersions.unitId, units.id))
		.where(isNull(unitVersions.parentId));
	const year = today(ctx).slice(0, 4);
	const request = { unitId: province?.id ?? '', period: `Năm ${year}`, from: `${year}-01-01`, to: `${year}-12-31` };
	const rows: (readonly (string | number)[])[] = [];
	const timed = async <T>(name: string, work: () => Promise<T>, size: (made: T) => string): Promise<T> => {
		const [web, database, startedAt] = [process.cpuUsage(), cpuMsOfTree(databasePid), performance.now()];
		const made = await work();
		const { user, system } = process.cpuUsage(web);
		const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
		const cpu = [Math.round((user + system) / 1000), Math.round(cpuMsOfTree(databasePid) - database)];
		rows.push([name, seconds, ...cpu, size(made)]);
		return made;
	};
	const toMb = ({ byteLength }: Buffer) => `${(byteLength / 1e6).toFixed(1)} MB`;
	const content = await timed(
		'figures',
		() => assembleReport(ctx.db, { ...request, cutOff: today(ctx) }),
		({ activities }) => `${activities.length} activities`
	);
	const document = reportDocument(content, 'full', TABLE_IDS);
	await timed('.docx', () => writeDocx(document), toMb);
	await timed('.xlsx', () => writeXlsx(content, TABLE_IDS), toMb);
	await timed('.pdf', () => writePdf(document), toMb);
	printTable('Consolidated report', ['work', 's', 'web CPU ms', 'database CPU ms', 'size'], rows);
}
