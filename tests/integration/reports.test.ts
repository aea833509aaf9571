import ExcelJS from 'exceljs';
import { strFromU8, unzipSync } from 'fflate';
import { expect } from 'vitest';
import { readEntries } from '#lib/reporting/entries.ts';
import type { OpenPeriodInput, ReportChoice } from '#lib/reporting/input.ts';
import { TABLE_IDS } from '#lib/reporting/report-tables.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { openPeriod, voidPeriod } from '#lib/server/reporting/periods.ts';
import { saveEntries } from '#lib/server/reporting/entries.ts';
import { getReportFile, getReportPage } from '#lib/server/reporting/reports.ts';
import { indicatorWorld } from '../support/indicator-world.ts';
import { pdfPages } from '../support/pdf-text.ts';
import { as, test } from '../support/test.ts';
import { anActor } from '../support/training-world.ts';

const YEAR: OpenPeriodInput = {
	...{ kind: 'year', year: 2026, stage: null, name: null, fromOn: null, toOn: null },
	...{ cutOff: '2026-11-20', dueOn: '2026-12-10' }
};
const SECTION: ReportChoice = { outline: 'section', tables: ['02', '03', '05'], isDefault: true };
const FULL: ReportChoice = { outline: 'full', tables: TABLE_IDS, isDefault: false };

/** A province of two departments, ten people, four classes of each mode but self-paced ones. */
async function aYear(ctx: Context) {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const [a, b] = [await world.unit('A', province), await world.unit('B', province)];
	const roster = await world.people(a, 10);
	for (const mode of ['online_live', 'hybrid', 'in_person'] as const)
		await world.trained(await world.activity(a, { mode, documentNo: '12/KH-STP' }), roster.slice(0, 8), a);
	const { periodId } = await openPeriod(ctx, YEAR);
	return { ...{ world, roster, province, a, b, periodId }, key: { periodId, unitId: a.id } };
}

const documentXml = (file: Buffer) => strFromU8(unzipSync(new Uint8Array(file))['word/document.xml']!);
const textOf = (xml: string) => xml.replace(/<\/w:p>/g, '\n').replace(/<[^>]+>/g, '');

test('Word: by default mục 1.4 with Biểu 02, 03 and 05, heading rows repeat, wide forms lie across', async ({
	ctx
}) => {
	const { province, periodId } = await aYear(ctx);
	const file = await getReportFile(ctx, { periodId, unitId: province.id }, 'docx', SECTION);
	const xml = documentXml(file.body);
	const text = textOf(xml);
	expect(text).toContain('1.4. Đào tạo, bồi dưỡng, nâng cao trình độ tin học cho đội ngũ làm công tác PBGDPL');
	expect([...text.matchAll(/Biểu (\d\d)\. /g)].map(([, id]) => id)).toEqual(['02', '03', '05']);
	expect(text).not.toContain('CỘNG HÒA');
	expect(xml.match(/<w:tblHeader\/>/g)).toHaveLength(6);
	expect(xml).toContain('w:orient="landscape"');
	expect(text).toContain('08 người được tập huấn');
	expect(text.normalize('NFC')).toBe(text);
	expect(file.name).toBe('bao-cao-P-2026-01-01-2026-12-31.docx');
});

test('Word: the whole report has letterhead, outline and signature; parts without text are left out', async ({
	ctx
}) => {
	const { key } = await aYear(ctx);
	const form = new FormData();
	form.set('text.shortcomings', 'Đường truyền yếu.');
	form.set('signerTitle', 'Giám đốc');
	const read = readEntries(form);
	if (!read.ok) throw new Error('refused');
	await saveEntries(ctx, key, { entries: read.entries, version: 0 });
	const text = textOf(documentXml((await getReportFile(ctx, key, 'docx', FULL)).body));
	expect(text).toContain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM');
	expect(text).toContain('II. KẾT QUẢ THỰC HIỆN');
	expect(text).toContain('2. Tồn tại, hạn chế\nĐường truyền yếu.');
	expect(text).toContain('GIÁM ĐỐC');
	expect(text).not.toContain('V. ĐỀ XUẤT');
	expect(text).not.toContain('I. CÔNG TÁC CHỈ ĐẠO');
});

test('Excel: numbers are numbers, percentages and sums formulas with their values, texts never formulas', async ({
	ctx
}) => {
	const { world, a, roster, province, periodId } = await aYear(ctx);
	const odd = await world.activity(a, { title: '=HYPERLINK("http://x")', mode: 'in_person' });
	await world.trained(odd, roster.slice(0, 1), a);
	const { body } = await getReportFile(ctx, { periodId, unitId: province.id }, 'xlsx', { ...FULL });
	const workbook = new ExcelJS.Workbook();
	await workbook.xlsx.load(body as unknown as ArrayBuffer);
	expect(workbook.worksheets.map(({ name }) => name)).toEqual([
		...TABLE_IDS.map((id) => `Biểu ${id}`),
		'Quy ước',
		'Dữ liệu nguồn'
	]);
	const units = workbook.getWorksheet('Biểu 05')!;
	expect(units.getCell('A1').value).toBe('Biểu 05. Kết quả theo cơ quan, đơn vị (biểu tham khảo)');
	expect(units.getCell('D6').value).toBe(10);
	expect(units.getCell('F6').value).toEqual({
		formula: 'IF((D6)=0,"Không phát sinh",ROUNDDOWN((E6)/(D6),4))',
		result: 0.8
	});
	expect(units.getCell('D8').value).toEqual({ formula: 'SUM(D6:D7)', result: 10 });
	expect(units.views[0]).toMatchObject({ state: 'frozen', ySplit: 5 });
	expect(units.pageSetup.printTitlesRow).toBe('4:5');
	const titles = workbook.getWorksheet('Biểu 03')!.getColumn(2).values;
	expect(titles.every((value) => typeof value !== 'object' || value === null)).toBe(true);
	expect(workbook.getWorksheet('Dữ liệu nguồn')!.rowCount).toBe(1 + 4 + 10);
});

test('PDF: the same report with its text intact, heading rows on each page of a long form', async ({ ctx }) => {
	const { world, a, key } = await aYear(ctx);
	for (let i = 0; i < 40; i++) {
		const activityId = await world.activity(a, { title: `Lớp bồi dưỡng kỹ năng số thứ ${i}` });
		await world.aggregateResult(a, 3, { activityId });
	}
	const { body } = await getReportFile(ctx, key, 'pdf', FULL);
	const again = await getReportFile(ctx, key, 'pdf', FULL);
	expect(again.body.equals(body)).toBe(true);
	const pages = await pdfPages(body);
	expect(pages[0]).toContain('Độc lập - Tự do - Hạnh phúc');
	const holding = pages.filter((text) => text.includes('Lớp bồi dưỡng kỹ năng số'));
	expect(holding.length).toBeGreaterThan(1);
	expect(holding.every((text) => text.includes('Đơn vị chủ trì'))).toBe(true);
});

test('who may read and write is decided by role and unit', async ({ ctx }) => {
	const { province, a, b, key } = await aYear(ctx);
	const entries = { narrative: { results: 'Tốt.' } };
	const admin = as(ctx, anActor('unit_admin', a));
	await saveEntries(admin, key, { entries, version: 0 });
	const page = await getReportPage(admin, key);
	expect(page.narrative.find(({ key: name }) => name === 'results')).toMatchObject({ text: 'Tốt.', isManual: true });
	await expect(saveEntries(admin, key, { entries, version: 0 })).rejects.toMatchObject({ code: 'form.stale' });
	const other = as(ctx, anActor('unit_admin', b));
	await expect(getReportPage(other, key)).rejects.toMatchObject({ code: 'reporting.no_unit' });
	await expect(saveEntries(other, key, { entries, version: 2 })).rejects.toMatchObject({ code: 'reporting.no_unit' });
	const viewer = as(ctx, anActor('viewer', province));
	expect((await getReportPage(viewer, key)).mayWrite).toBe(false);
	await expect(saveEntries(viewer, key, { entries, version: 2 })).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(openPeriod(as(ctx, anActor('unit_head', a)), YEAR)).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(openPeriod(ctx, YEAR)).rejects.toMatchObject({ code: 'reporting.period_exists' });
	await voidPeriod(ctx, key.periodId, 'Nhầm năm');
	await expect(getReportPage(ctx, key)).rejects.toMatchObject({ code: 'reporting.no_period' });
	await openPeriod(ctx, YEAR);
});
