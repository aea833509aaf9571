import { randomUUID } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import ExcelJS from 'exceljs';
import { strToU8, zipSync } from 'fflate';
import { expect } from 'vitest';
import type { Context } from '#lib/server/platform/context.ts';
import { people } from '#lib/server/organisation/tables.ts';
import { getClassPage } from '#lib/server/training/class-page.ts';
import { bringList, type SentList } from '#lib/server/training/list-import/bring-list.ts';
import { confirmCandidates, refuseCandidates } from '#lib/server/training/list-import/confirm-candidates.ts';
import { decideLines } from '#lib/server/training/list-import/decide-lines.ts';
import { listErrorSheet } from '#lib/server/training/list-import/error-sheet.ts';
import { getCandidatesPage, getListPage } from '#lib/server/training/list-import/pages.ts';
import { undoList } from '#lib/server/training/list-import/undo-list.ts';
import { readListFile } from '#lib/server/training/list-file/read-list.ts';
import { endClass } from '#lib/server/training/lifecycle.ts';
import { inviteUnits } from '#lib/server/training/sites.ts';
import { bridgeSites } from '#lib/server/training/site-tables.ts';
import { firstCompletions, participations } from '#lib/server/training/tables.ts';
import { as, test } from '../support/test.ts';
import { aClass, anActor, aPerson, aProvince } from '../support/training-world.ts';

const HELD = { mode: 'in_person' as const, courseVersionId: null, startsOn: '2026-11-18', dueOn: '2026-11-19' };

const rowsOf = (ctx: Context, activityId: string) =>
	ctx.db
		.select()
		.from(participations)
		.where(and(eq(participations.activityId, activityId), isNull(participations.voidedAt)));

const aText = (text: string): SentList => ({ importId: randomUUID(), text });

async function xlsx(fill: (sheet: ExcelJS.Worksheet, book: ExcelJS.Workbook) => void): Promise<Uint8Array> {
	const book = new ExcelJS.Workbook();
	fill(book.addWorksheet('DS'), book);
	return new Uint8Array(await book.xlsx.writeBuffer());
}

/** A Word file with the head of an official letter as a first table, then the list, its unit cell merged downwards. */
function docx(rows: readonly (readonly string[])[]): Uint8Array {
	const cell = (text: string) =>
		text === '↑'
			? '<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>'
			: `<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:tc>`;
	const table = (lines: readonly (readonly string[])[]) =>
		`<w:tbl>${lines.map((line) => `<w:tr>${line.map(cell).join('')}</w:tr>`).join('')}</w:tbl>`;
	const head = table([['UBND TỈNH', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM']]);
	const document = `<w:document><w:body>${head}${table(rows)}</w:body></w:document>`;
	return zipSync({ '[Content_Types].xml': strToU8('<Types/>'), 'word/document.xml': strToU8(document) });
}

async function aWorld(ctx: Context) {
	const world = await aProvince(ctx);
	const organiser = as(ctx, anActor('unit_admin', world.department));
	return { ...world, organiser };
}

test('sure lines are entered at once, doubtful ones asked, unknown people confirmed by their unit, and all undone', async ({
	ctx
}) => {
	const { department, commune, organiser } = await aWorld(ctx);
	const an = await aPerson(ctx, department, 'Nguyễn Văn An', { phone: '0912345678' });
	const binh = await aPerson(ctx, department, 'Trần Thị Bình', { birth: { birthYear: 1980 } });
	const secretary = await aPerson(ctx, commune, 'Lê Văn Cường', { birth: { birthYear: 1990 } });
	const activityId = await aClass(organiser, department, HELD);
	await endClass(organiser, activityId, '2026-11-19');
	const sent = aText(
		[
			'1. NGUYỄN VĂN AN, sinh năm 1975, 0912 345 678',
			'2. Nguyễn Văn An - 0912.345.678',
			'3. Trần Thị Bình; 1979',
			'4. Lê Văn Cường, 1990, Xã Yên Lâm',
			'5. Vàng A Sủng, 1988, Xã Yên Lâm',
			'6. Người Lạ Mặt, 1988, Xã Không Có Thật'
		].join('\n')
	);
	const { importId } = await bringList(organiser, { activityId }, sent);
	await bringList(organiser, { activityId }, sent);
	const page = await getListPage(organiser, importId);
	expect(page.counts).toEqual({ placed: 1, repeated: 1, uncertain: 1, candidate: 2, unit_unknown: 1 });
	expect(page.questions).toMatchObject([{ row: 3, people: [{ personId: binh, birthYear: 1980 }] }]);
	expect(await rowsOf(ctx, activityId)).toMatchObject([{ personId: an, completedOn: '2026-11-19' }]);
	await expect(decideLines(organiser, importId, [{ row: 3, choice: secretary }])).rejects.toMatchObject({
		code: 'training.list_choice_gone'
	});
	await decideLines(organiser, importId, [{ row: 3, choice: binh }]);
	expect((await listErrorSheet(organiser, importId, 'vi')).rows).toEqual([
		['Người Lạ Mặt', 1988, '', 'Xã Không Có Thật', 6, expect.stringContaining('đơn vị')]
	]);
	const outsider = as(ctx, anActor('unit_admin', commune));
	await expect(listErrorSheet(outsider, importId, 'vi')).rejects.toMatchObject({ kind: 'not_found' });
	// The commune knows one of the two by itself; the organiser learned nothing of its people.
	const admin = as(ctx, anActor('unit_admin', commune));
	const waiting = await getCandidatesPage(admin);
	expect(waiting.rows).toMatchObject([
		{ fullName: 'Lê Văn Cường', people: [{ personId: secretary }] },
		{ fullName: 'Vàng A Sủng', people: [] }
	]);
	const [known, fresh] = waiting.rows.map(({ id }) => id);
	await expect(
		confirmCandidates(organiser, { answers: [{ candidateId: known!, whom: 'new' }], categoryCode: undefined })
	).rejects.toMatchObject({ kind: 'not_found' });
	await confirmCandidates(admin, {
		answers: [
			{ candidateId: known!, whom: secretary },
			{ candidateId: fresh!, whom: 'new' }
		],
		categoryCode: undefined
	});
	expect((await getClassPage(organiser, activityId)).funnel).toMatchObject({ attended: 4, completed: 4 });
	expect(await ctx.db.select().from(firstCompletions)).toHaveLength(4);
	expect(await undoList(organiser, importId, 'Nhầm lớp')).toEqual({ undone: 4, left: 0 });
	expect(await rowsOf(ctx, activityId)).toEqual([]);
	expect(await ctx.db.select().from(firstCompletions)).toEqual([]);
	// The commune's word stands on its own roster: the organiser may not take its people off.
	const [sung] = await ctx.db.select().from(people).where(eq(people.fullName, 'Vàng A Sủng'));
	expect(sung?.voidedAt).toBeNull();
	await expect(undoList(organiser, importId, 'Lần nữa')).rejects.toMatchObject({ code: 'training.list_undone' });
});

test('undoing puts back who was on the class before, and leaves what was changed since', async ({ ctx }) => {
	const { department, organiser } = await aWorld(ctx);
	const an = await aPerson(ctx, department);
	const activityId = await aClass(organiser, department, HELD);
	const { importId: nominees } = await bringList(
		{ ...organiser, now: new Date('2026-11-17T08:00:00+07:00') },
		{ activityId },
		aText('Nguyễn Văn An')
	);
	expect(await rowsOf(ctx, activityId)).toMatchObject([{ summonedOn: '2026-11-17', completedOn: null }]);
	const { importId } = await bringList(organiser, { activityId }, aText('Nguyễn Văn An\nNgười Mới Đến'));
	expect(await rowsOf(ctx, activityId)).toMatchObject([{ personId: an, completedOn: '2026-11-19' }]);
	const [newcomer] = (await getCandidatesPage(organiser)).rows;
	await confirmCandidates(organiser, {
		answers: [{ candidateId: newcomer!.id, whom: 'new' }],
		categoryCode: undefined
	});
	await undoList(organiser, importId, 'Sai tệp');
	expect(await rowsOf(ctx, activityId)).toMatchObject([{ personId: an, summonedOn: '2026-11-17', completedOn: null }]);
	const [struck] = await ctx.db.select().from(people).where(eq(people.fullName, 'Người Mới Đến'));
	expect(struck?.voidReason).toBe('list_undone');
	await ctx.db.update(participations).set({ outcome: 'absent' });
	expect(await undoList(organiser, nominees, 'Sai tệp')).toEqual({ undone: 0, left: 1 });
});

test('a unit fills its bridge site from a Word table, and a refused stranger does not come onto the list', async ({
	ctx
}) => {
	const { department, commune, organiser } = await aWorld(ctx);
	const an = await aPerson(ctx, commune, 'Nguyễn Văn An', { birth: { birthYear: 1975 } });
	const activityId = await aClass(organiser, department, { ...HELD, mode: 'online_live' });
	await inviteUnits(organiser, activityId, { unitIds: [commune.id], mode: 'online_live' });
	const [site] = await ctx.db.select().from(bridgeSites);
	const admin = as(ctx, anActor('unit_admin', commune));
	const bytes = docx([
		['TT', 'Họ và tên', 'Năm sinh Nam', 'Năm sinh Nữ', 'Đơn vị'],
		['1', 'Nguyễn Văn An', '1975', '', 'Xã Yên Lâm'],
		['2', 'Phạm Thị Lạ', '', '1990', '↑']
	]);
	const file = new File([new Uint8Array(bytes)], 'danh sách.docx');
	await bringList(admin, { siteId: site!.id }, { importId: randomUUID(), file });
	expect(await rowsOf(ctx, activityId)).toMatchObject([{ personId: an, bridgeSiteId: site!.id }]);
	const [stranger] = (await getCandidatesPage(admin)).rows;
	await refuseCandidates(admin, { ticked: [stranger!.id], reason: 'Không phải người của xã' });
	expect((await getCandidatesPage(admin)).total).toBe(0);
	expect(await rowsOf(ctx, activityId)).toHaveLength(1);
	const stranger2 = as(ctx, anActor('unit_admin', department));
	await expect(bringList(stranger2, { siteId: site!.id }, aText('Nguyễn Văn An'))).rejects.toMatchObject({
		kind: 'not_found'
	});
});

test('whatever a list comes as is read, or refused with a sentence', async () => {
	const read = async (bytes: Uint8Array) => (await readListFile(bytes)).rows.length;
	const utf16 = new Uint8Array([0xff, 0xfe, ...new Uint8Array(Buffer.from('Họ và tên\tĐơn vị\nA B\tX', 'utf16le'))]);
	expect(await read(utf16)).toBe(2);
	expect(await read(strToU8('Họ và tên;Đơn vị\r\n"Lê ""Tư"" B";"Xã\nX"\r\n'))).toBe(2);
	const refusals: readonly (readonly [string, Uint8Array | Promise<Uint8Array>])[] = [
		['training.list_old_office', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3, 4])],
		['training.list_file_type', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 255])],
		['training.list_not_unicode', new Uint8Array([0x48, 0xf4, 0xf4, 0x20, 0x56])],
		['training.list_file_type', zipSync({ mimetype: strToU8('application/epub+zip') })],
		['training.list_no_names', strToU8('kính gửi: các đơn vị\nv/v tập huấn')],
		['organisation.file_damaged', zipSync({ 'xl/workbook.xml': strToU8('x') }).slice(0, 40)],
		[
			'organisation.file_has_macros',
			zipSync({ 'word/document.xml': strToU8('x'), 'word/vbaProject.bin': strToU8('x') })
		],
		['form.file_too_large', new Uint8Array(9 * 1024 ** 2)],
		[
			'organisation.file_unpacks_too_large',
			zipSync({ 'word/document.xml': new Uint8Array(60 * 1024 ** 2) }, { level: 9 })
		]
	];
	for (const [code, bytes] of refusals) {
		await expect(readListFile(await bytes), code).rejects.toMatchObject({ code });
	}
});

test('Excel lists with merged headings, 1904 days and formulas are matched like any other', async ({ ctx }) => {
	const { department, organiser } = await aWorld(ctx);
	await aPerson(ctx, department, 'Trần Thị Bình', { birth: { birthDate: '1980-05-03', birthYear: 1980 } });
	const activityId = await aClass(organiser, department, HELD);
	const bytes = await xlsx((sheet, book) => {
		book.properties.date1904 = true;
		sheet.addRow(['DANH SÁCH HỌC VIÊN']);
		sheet.mergeCells('A1:D1');
		sheet.addRow(['TT', 'Họ và tên', 'Ngày sinh', '']);
		sheet.addRow(['', '', 'Nam', 'Nữ']);
		sheet.mergeCells('C2:D2');
		const serial = Math.round((Date.UTC(1980, 4, 3) - Date.UTC(1904, 0, 1)) / 86_400_000);
		sheet.addRow([1, { formula: 'CONCATENATE("a","b")', result: 'TRẦN THỊ BÌNH' }, null, serial]);
		sheet.addRow([2, '=HYPERLINK("http://x")', null, null]);
		sheet.addRow(['', 'Tổng cộng: 02 người']);
	});
	const file = new File([new Uint8Array(bytes)], 'ds.xlsx');
	const { importId } = await bringList(organiser, { activityId }, { importId: randomUUID(), file });
	const page = await getListPage(organiser, importId);
	expect(page.lines.find(({ state }) => state === 'placed')).toMatchObject({ matchedBy: 'name_and_birth' });
});
