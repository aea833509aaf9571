import { XMLValidator } from 'fast-xml-parser';
import { strFromU8, unzipSync } from 'fflate';
import fs from 'node:fs/promises';
import path from 'node:path';
import { expect, test as plain } from 'vitest';
import type { ReportChoice } from '#lib/reporting/input.ts';
import { TABLE_IDS } from '#lib/reporting/report-tables.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { convertToPdf, findSoffice } from '#lib/server/platform/office/soffice.ts';
import { openPeriod } from '#lib/server/reporting/periods.ts';
import { getReportFile, type ReportFormat } from '#lib/server/reporting/reports.ts';
import { indicatorWorld } from '../support/indicator-world.ts';
import { pdfPages } from '../support/pdf-text.ts';
import { test } from '../support/test.ts';

const FULL: ReportChoice = { outline: 'full', tables: TABLE_IDS, isDefault: false };
const TITLE = 'Lớp bồi dưỡng kỹ năng số cho tuyên truyền viên, đợt';
const soffice = await findSoffice({ sofficePath: process.env.SOFFICE_PATH });

/** Forty classes: Biểu 03 runs over several pages. */
async function aLongReport(ctx: Context) {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const unit = await world.unit('A', province);
	const roster = await world.people(unit, 5);
	for (let i = 0; i < 40; i++)
		await world.trained(await world.activity(unit, { title: `${TITLE} ${i}` }), roster, unit);
	const { periodId } = await openPeriod(ctx, {
		...{ kind: 'year', year: 2026, stage: null, name: null, fromOn: null, toOn: null },
		...{ cutOff: '2026-11-20', dueOn: '2026-12-10' }
	});
	const key = { periodId, unitId: province.id };
	return async (format: ReportFormat) => (await getReportFile(ctx, key, format, FULL)).body;
}

test('every part of the Word and Excel files is well-formed, and what should repeat says so', async ({ ctx }) => {
	const write = await aLongReport(ctx);
	for (const format of ['docx', 'xlsx'] as const) {
		const parts = unzipSync(new Uint8Array(await write(format)));
		for (const [name, bytes] of Object.entries(parts)) {
			if (/\.(xml|rels)$/.test(name)) expect(XMLValidator.validate(strFromU8(bytes)), `${format} ${name}`).toBe(true);
		}
		if (format === 'xlsx') expect(strFromU8(parts['xl/workbook.xml']!)).toContain('_xlnm.Print_Titles');
		else expect(strFromU8(parts['word/document.xml']!)).toContain('<w:tblHeader/>');
	}
});

// LibreOffice is 300 MB: it is not installed for the tests, but where it stands they use it.
plain.runIf(!soffice)('LibreOffice is not here, so the files were looked at as XML only', () => {
	console.warn('tests/integration/report-files.test.ts: no soffice on PATH (apt-get install libreoffice-writer-nogui)');
});

test.runIf(soffice)(
	'LibreOffice opens both, Vietnamese is intact and headings stand on each page',
	async ({ ctx, config }) => {
		const write = await aLongReport(ctx);
		for (const format of ['docx', 'xlsx'] as const) {
			const source = path.join(config.dataDir, `report.${format}`);
			await fs.writeFile(source, await write(format));
			const pdf = await convertToPdf(soffice!, source, config.dataDir, AbortSignal.timeout(90_000));
			const pages = (await pdfPages(await fs.readFile(pdf!))).map((text) => text.replace(/\s+/g, ' '));
			const squeezed = pages.map((text) => text.replace(/\s/g, ''));
			expect(squeezed.join('')).toContain('Danhmụchoạtđộngtậphuấn(biểuthamkhảo)');
			const long = squeezed.filter((text) => text.includes('tuyêntruyềnviên,đợt'));
			expect(long.length).toBeGreaterThan(1);
			expect(long.every((text) => text.includes('Đơnvịchủtrì'))).toBe(true);
		}
	},
	180_000
);
