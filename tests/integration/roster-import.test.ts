import fs from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import ExcelJS from 'exceljs';
import { strToU8, zipSync } from 'fflate';
import { describe, expect } from 'vitest';
import { createAccount } from '#lib/server/identity/accounts.ts';
import type { Actor } from '#lib/server/identity/actor.ts';
import { EVERYTHING } from '#lib/server/identity/permissions.ts';
import { affiliate } from '#lib/server/organisation/affiliations.ts';
import { organisationJobs } from '#lib/server/organisation/jobs.ts';
import { addPerson } from '#lib/server/organisation/people.ts';
import { getUnit, rosterAsOf } from '#lib/server/organisation/queries.ts';
import { ensureReferenceData, ensureRootUnit } from '#lib/server/organisation/reference-data.ts';
import {
	confirmRosterImport,
	getRosterImport,
	receiveRosterFile,
	recheckRosterImport
} from '#lib/server/organisation/roster-imports.ts';
import { undoRosterImport } from '#lib/server/organisation/undo-roster-import.ts';
import { createUnit } from '#lib/server/organisation/units.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { expectSegmentsToHold } from '../support/roster-segments.ts';
import { as, test } from '../support/test.ts';

const HEAD = ['STT', 'Họ và tên', 'Năm sinh', 'CCCD', 'Điện thoại', 'Đơn vị', 'Nhóm đối tượng', 'Ngày bắt đầu'];
const DAY = '2026-11-20';
const code = (value: string) => expect.objectContaining({ code: value });

async function aProvince(ctx: Context, departments = 3) {
	await ensureReferenceData(ctx.db);
	const root = await ensureRootUnit(ctx.db, { code: 'MH', name: 'Tỉnh Minh Họa' });
	const units: string[] = [];
	for (let i = 1; i <= departments; i++) {
		const { unitId } = await createUnit(ctx, {
			...{ parentId: root, code: `MH-${i}`, name: `Uỷ ban nhân dân xã Minh Họa ${i}`, shortName: undefined },
			...{ type: 'commune', givesAggregates: false, validFrom: '2025-07-01' }
		});
		units.push(unitId);
	}
	return { root, units };
}

async function adminOf(ctx: Context, unitId: string): Promise<Context> {
	const { path: unitPath } = await getUnit(ctx.db, EVERYTHING, unitId);
	const actor: Actor = {
		kind: 'account',
		accountId: '00000000-0000-4000-8000-000000000001',
		displayName: 'Quản trị',
		grants: [{ role: 'unit_admin', unitId, unitPath }]
	};
	return as(ctx, actor);
}

async function workbook(rows: readonly (readonly unknown[])[], edit?: (book: ExcelJS.Workbook) => void) {
	const book = new ExcelJS.Workbook();
	book.addWorksheet('Danh sách').addRows(rows as unknown[][]);
	edit?.(book);
	return new Uint8Array(await book.xlsx.writeBuffer());
}

async function send(ctx: Context, bytes: Uint8Array, more: { unitId?: string; defaults?: object } = {}) {
	const { importId } = await receiveRosterFile(ctx, { fileName: 'danh-sach.xlsx', bytes, defaults: {}, ...more });
	await runAll(ctx);
	return getRosterImport(ctx, importId);
}

/** Jobs run as the system, as the worker runs them. */
async function runAll(ctx: Context) {
	const { runJobs } = await import('../support/jobs.ts');
	await runJobs({ ...ctx, actor: { kind: 'system' } }, organisationJobs);
}

async function confirm(ctx: Context, importId: string) {
	await confirmRosterImport(ctx, importId);
	await runAll(ctx);
	return getRosterImport(ctx, importId);
}

async function errorRows(ctx: Context, key: string | null): Promise<ExcelJS.CellValue[][]> {
	if (!key) return [];
	const chunks: Buffer[] = [];
	for await (const chunk of await ctx.storage.get(key)) chunks.push(chunk as Buffer);
	const book = new ExcelJS.Workbook();
	await book.xlsx.load(Buffer.concat(chunks) as never);
	const rows: ExcelJS.CellValue[][] = [];
	book.worksheets[0]?.eachRow((row) => rows.push((row.values as ExcelJS.CellValue[]).slice(1)));
	return rows;
}

describe('a roster file', () => {
	test('is checked first, then its good rows come in, and the bad ones go back with their reasons', async ({ ctx }) => {
		const { units } = await aProvince(ctx);
		const bytes = await workbook([
			['DANH SÁCH BÁO CÁO VIÊN'],
			HEAD,
			[1, 'Nguyễn Thị Lan', 1980, '024180000001', '0912345678', 'MH-1', 'BCV', '05/03/2026'],
			[2, 'Trần Văn Đức', '01/02/1975', 24175000002, 912345679, 'UBND xã Minh Họa 2', 'TTV; BCV', '05/03/2026'],
			[3, 'Lê Thị Hòa', 1990, '123', '0912345670', 'MH-1', 'BCV', '05/03/2026'],
			[4, 'Đỗ Ân', 1991, '024191000004', '0912345671', 'UBND xã Yên Thế', 'BCV', '05/03/2026']
		]);
		const checked = await send(ctx, bytes);
		expect(checked).toMatchObject({ state: 'checked', totalRows: 4 });
		expect(checked.summary).toEqual({ created: 2, updated: 0, unchanged: 0, failed: 2, warned: 1 });
		expect(await rosterAsOf(ctx.db, { day: DAY })).toHaveLength(0);
		const done = await confirm(ctx, checked.id);
		expect(done).toMatchObject({ state: 'imported', doneRows: 4, summary: { created: 2, failed: 2 } });
		const roster = await rosterAsOf(ctx.db, { day: DAY });
		expect(roster.map(({ fullName, unitId, categories }) => [fullName, unitId, categories])).toEqual([
			['Trần Văn Đức', units[1], ['legal_propagandist', 'legal_rapporteur']],
			['Nguyễn Thị Lan', units[0], ['legal_rapporteur']]
		]);
		const rows = await errorRows(ctx, done.errorWorkbookKey);
		expect(rows[0]?.slice(-2)).toEqual(['Dòng', 'Lỗi']);
		expect(rows.slice(1).map((row) => row.slice(-2))).toEqual([
			[5, 'Số định danh cá nhân phải gồm đúng 12 chữ số'],
			[6, 'Không tìm thấy đơn vị «UBND xã Yên Thế»']
		]);
		expect(await ctx.storage.head(done.storageKey)).toBeUndefined();
	});

	test('sent twice changes nothing, and a cell that changed updates its person', async ({ ctx }) => {
		await aProvince(ctx);
		const rows = [
			HEAD,
			[1, 'Nguyễn Thị Lan', 1980, '024180000001', '0912345678', 'MH-1', 'BCV', '05/03/2026'],
			[2, 'Nguyễn Thị Lan', 1985, null, null, 'MH-1', 'BCV', '05/03/2026'],
			[3, 'Trần Văn Đức', null, null, null, 'MH-2', 'TTV', '05/03/2026']
		];
		const bytes = await workbook(rows);
		await confirm(ctx, (await send(ctx, bytes)).id);
		const before = await ctx.db.execute(sql`select id, version from person order by id`);
		const again = await confirm(ctx, (await send(ctx, bytes)).id);
		expect(again.summary).toEqual({ created: 0, updated: 0, unchanged: 3, failed: 0, warned: 0 });
		expect(await ctx.db.execute(sql`select id, version from person order by id`)).toEqual(before);
		expect(await ctx.db.execute(sql`select 1 from affiliation`)).toHaveLength(3);
		expect(await ctx.db.execute(sql`select 1 from category_membership`)).toHaveLength(3);
		const changed = await workbook([
			HEAD,
			[1, 'Nguyễn Thị Lan', 1980, null, '0987654321', 'MH-1', 'TTV', '05/03/2026']
		]);
		expect((await confirm(ctx, (await send(ctx, changed)).id)).summary).toMatchObject({ updated: 1 });
	});

	test('never takes over people of another unit, and tells outsiders nothing about them', async ({ ctx }) => {
		const { units } = await aProvince(ctx);
		const [own = '', other = ''] = units;
		await addPerson(ctx, {
			...{ fullName: 'Nguyễn Thị Lan', unitId: other, validFrom: '2026-01-01' },
			...{ personalNumber: '024180000001', phone: '0912345678' }
		});
		const row = [1, 'Nguyễn Thị Lan', null, '024180000001', '0999999999', 'MH-1', 'BCV', '05/03/2026'];
		const bytes = await workbook([HEAD, row, [2, 'X Y', null, null, null, 'MH-2', 'BCV', '05/03/2026']]);
		const admin = await adminOf(ctx, own);
		const mine = await send(admin, bytes);
		expect(mine.problems.map(({ row, code, params }) => [row, code, params])).toEqual([
			[2, 'in_other_unit', undefined],
			[3, 'unit_not_found', { text: 'MH-2' }]
		]);
		const province = await send(ctx, bytes);
		expect(province.problems[0]).toMatchObject({ code: 'in_named_unit' });
		await confirm(admin, mine.id);
		const rows = await ctx.db.execute<{ phone: string }>(sql`select phone from person`);
		expect(rows.map(({ phone }) => phone)).toEqual(['0912345678']);
		await expect(getRosterImport(await adminOf(ctx, other), province.id)).rejects.toEqual(
			code('organisation.import_not_found')
		);
	});

	test('with headings of its own is mapped once and remembered', async ({ ctx }) => {
		const { units } = await aProvince(ctx);
		const bytes = await workbook([
			['Người tham gia', 'Liên lạc', 'Ngày sinh'],
			['NGUYỄN THỊ LAN', '0912345678', '1980']
		]);
		const defaults = { categoryCode: 'legal_propagandist', validFrom: '2026-03-05' };
		const unread = await send(ctx, bytes, { unitId: units[0], defaults });
		expect(unread.problems).toMatchObject([{ row: 0, code: 'mapping_name_missing' }]);
		const mapping = { 0: 'fullName', 1: 'phone', 2: 'birth' } as const;
		await recheckRosterImport(ctx, { importId: unread.id, mapping, defaults: { ...defaults, hasCapsFixed: true } });
		await runAll(ctx);
		await confirm(ctx, unread.id);
		const [person] = await rosterAsOf(ctx.db, { day: DAY });
		expect(person).toMatchObject({ fullName: 'Nguyễn Thị Lan', phone: '0912345678', unitId: units[0] });
		const next = await send(ctx, bytes, { unitId: units[0], defaults });
		expect(next.mapping).toEqual({ 0: 'fullName', 1: 'phone', 2: 'birth' });
		expect(next.summary).toMatchObject({ unchanged: 1 });
	});

	test('goes on where a killed worker stopped, without doubling anyone', async ({ ctx }) => {
		await aProvince(ctx);
		const rows = Array.from({ length: 1200 }, (_, i) => [
			i,
			`Lê Văn ${'ABCDEFGHIJ'[i % 10]} ${nameOf(i)}`,
			1980,
			null,
			null,
			'MH-1',
			'BCV',
			'05/03/2026'
		]);
		const checked = await send(ctx, await workbook([HEAD, ...rows]));
		await confirmRosterImport(ctx, checked.id);
		const { runRosterImport } = await import('#lib/server/organisation/jobs.ts');
		const killed = { ...ctx, db: failingAfter(ctx, 2) };
		await expect(runRosterImport(killed, checked.id, { isWriting: true })).rejects.toThrow('killed');
		expect(await getRosterImport(ctx, checked.id)).toMatchObject({ doneRows: 500, summary: { created: 500 } });
		await runAll(ctx);
		expect(await getRosterImport(ctx, checked.id)).toMatchObject({ state: 'imported', summary: { created: 1200 } });
		expect(await ctx.db.execute(sql`select 1 from person`)).toHaveLength(1200);
	});
});

describe('5,000 rows', () => {
	test('with 3% bad ones come in within the time printed here', { timeout: 120_000 }, async ({ ctx }) => {
		await aProvince(ctx, 30);
		const rows = Array.from({ length: 5000 }, (_, i) => {
			const isBad = i % 100 < 3;
			const number = `0241${String(80_000_000 + i).padStart(8, '0')}`;
			const unit = isBad && i % 2 ? 'Không có' : `MH-${(i % 30) + 1}`;
			const start = isBad && i % 2 === 0 ? '31/02/2026' : '05/03/2026';
			const phone = `09${String(10_000_000 + i)}`;
			return [i + 1, `Nguyễn Văn ${nameOf(i)}`, 1960 + (i % 40), number, phone, unit, i % 3 ? 'TTV' : 'BCV', start];
		});
		const bytes = await workbook([HEAD, ...rows]);
		const startedAt = performance.now();
		const checked = await send(ctx, bytes);
		const checkedAt = performance.now();
		expect(checked.summary).toMatchObject({ created: 4850, failed: 150 });
		const done = await confirm(ctx, checked.id);
		const doneAt = performance.now();
		expect(done).toMatchObject({ state: 'imported', summary: { created: 4850, failed: 150 } });
		expect(await errorRows(ctx, done.errorWorkbookKey)).toHaveLength(151);
		const s = (ms: number) => (ms / 1000).toFixed(1);
		console.log(`5,000 rows: checked in ${s(checkedAt - startedAt)} s, imported in ${s(doneAt - checkedAt)} s`);
	});
});

describe('a file that is no roster', () => {
	const refused = async (ctx: Context, bytes: Uint8Array) => {
		await aProvince(ctx, 0);
		return receiveRosterFile(ctx, { fileName: 'x.xlsx', bytes, defaults: {} }).then(
			() => 'taken',
			(error: { code: string }) => error.code
		);
	};
	const book = strToU8('<workbook><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>');
	test.for<[string, () => Uint8Array, string]>([
		['nothing', () => new Uint8Array(), 'organisation.file_empty'],
		['a text', () => strToU8('Họ và tên;CCCD'), 'organisation.not_a_workbook'],
		['an old .xls', () => Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3, 4), 'organisation.file_is_old_excel'],
		['another archive', () => zipSync({ 'a.txt': strToU8('a') }), 'organisation.not_a_workbook'],
		['macros', () => zipSync({ 'xl/workbook.xml': book, 'xl/vbaProject.bin': book }), 'organisation.file_has_macros'],
		['half an archive', () => zipSync({ 'xl/workbook.xml': book }).slice(0, 60), 'organisation.file_damaged'],
		[
			'a bomb',
			() => withDeclaredSize(zipSync({ 'xl/workbook.xml': book, 'xl/a.xml': new Uint8Array(9) }), 410 * 1024 ** 2),
			'organisation.file_unpacks_too_large'
		]
	])('%s is refused with its own sentence', async ([, bytes, expected], { ctx }) => {
		expect(await refused(ctx, bytes())).toBe(expected);
	});

	test('an archive that lies about its size fails politely, and so does a sheet without a table', async ({ ctx }) => {
		await aProvince(ctx, 0);
		const sheet = new Uint8Array(1024 ** 2);
		const liar = withDeclaredSize(zipSync({ 'xl/workbook.xml': book, 'xl/worksheets/sheet1.xml': sheet }), 100);
		expect(await send(ctx, liar)).toMatchObject({
			state: 'failed',
			failureCode: 'organisation.file_unpacks_too_large'
		});
		const letter = await send(ctx, await workbook([['Kính gửi'], ['Nội dung']]));
		expect(letter).toMatchObject({ state: 'failed', failureCode: 'organisation.file_without_headings' });
	});
});

test('the command line checks and imports the same way', async ({ ctx, config }) => {
	await aProvince(ctx);
	const file = path.join(config.dataDir, 'ds.xlsx');
	await fs.writeFile(
		file,
		await workbook([HEAD, [1, 'Lê A', 1980, null, null, 'MH-1', 'BCV', '05/03/2026'], [2, 'Lê B']])
	);
	const { command } = await import('../../src/entry/commands/import-roster.ts');
	const call = (values: Record<string, boolean>) =>
		command.run({ values, positionals: [file], ctx: async () => ctx, bare: async () => config, note: () => {} });
	expect(await call({ 'dry-run': true })).toMatchObject({ data: { state: 'checked', created: 1, failed: 1 } });
	expect((await call({})).text).toContain('Đã nhập 1 dòng (mới 1, cập nhật 0, không đổi 0), 1 dòng lỗi');
	expect(await rosterAsOf(ctx.db, { day: DAY })).toHaveLength(1);
});

/** A database whose n-th transaction ends as if the process had been killed in it. */
function failingAfter(ctx: Context, n: number): Context['db'] {
	let count = 0;
	return new Proxy(ctx.db, {
		get(db, property, receiver) {
			if (property !== 'transaction') return Reflect.get(db, property, receiver) as unknown;
			return (work: Parameters<typeof db.transaction>[0]) => {
				if (++count >= n) throw new Error('killed');
				return db.transaction(work);
			};
		}
	});
}

/** The archive with another unpacked size written for its last part. */
function withDeclaredSize(archive: Uint8Array, size: number): Uint8Array {
	const at = Buffer.from(archive).lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'));
	new DataView(archive.buffer, archive.byteOffset).setUint32(at + 24, size, true);
	return archive;
}

/** Different given names without digits. */
function nameOf(i: number): string {
	const letters = 'bcdghklmnpqrstvx';
	return [...i.toString(16).padStart(4, '0')]
		.map((digit) => letters[parseInt(digit, 16)])
		.join('')
		.replace(/^./, (c) => c.toUpperCase());
}

describe('a whole import taken back', () => {
	const file = (more: readonly unknown[][] = []) =>
		workbook([
			HEAD,
			[
				1,
				'Nguyễn Văn An',
				1980,
				'024080000019',
				'0912345001',
				'UBND xã Minh Họa 1',
				'Báo cáo viên pháp luật',
				'01/02/2026'
			],
			[2, 'Trần Thị Bích', 1975, null, '0912345002', 'UBND xã Minh Họa 2', 'Tuyên truyền viên pháp luật', '01/02/2026'],
			...more
		]);
	const dump = async (ctx: Context) => {
		await expectSegmentsToHold(ctx.db);
		const rows = async (table: string) => [
			...(await ctx.db.execute(sql`select to_jsonb(t) - 'version' as row from ${sql.identifier(table)} t order by id`))
		];
		return {
			people: await rows('person'),
			places: await rows('affiliation'),
			groups: await rows('category_membership')
		};
	};

	test('leaves the roster as it was, personal numbers too; once', async ({ ctx }) => {
		const { units } = await aProvince(ctx);
		const known = await addPerson(ctx, {
			...{ fullName: 'Lê Văn Cường', unitId: units[0]!, phone: '0912345003', validFrom: '2025-07-01' },
			...{ categories: ['legal_propagandist'], birth: { birthYear: 1970 } }
		});
		expect(known).toHaveProperty('personId');
		const before = await dump(ctx);
		const rows = [
			[
				3,
				'Lê Văn Cường',
				1970,
				'024070000003',
				'0912345003',
				'UBND xã Minh Họa 1',
				'Báo cáo viên pháp luật',
				'01/02/2026'
			]
		];
		const { id } = await confirm(ctx, (await send(ctx, await file(rows))).id);
		expect((await rosterAsOf(ctx.db, { day: DAY })).length).toBe(3);
		expect(await undoRosterImport(ctx, id)).toEqual({ removed: 2, restored: 1, left: 0 });
		expect(await dump(ctx)).toEqual(before);
		await expect(undoRosterImport(ctx, id)).rejects.toEqual(code('organisation.import_not_undoable'));
		const again = await confirm(ctx, (await send(ctx, await file(rows))).id);
		expect(again.summary).toMatchObject({ created: 2, updated: 1 });
	});

	test('lets be who was edited, got an account or a class since', async ({ ctx }) => {
		const { units } = await aProvince(ctx);
		const rows = [
			[3, 'Phạm Thị Dung', 1982, null, '0912345004', 'UBND xã Minh Họa 1', 'Báo cáo viên pháp luật', '01/02/2026'],
			[4, 'Vũ Văn Em', 1983, null, '0912345005', 'UBND xã Minh Họa 1', 'Báo cáo viên pháp luật', '01/02/2026']
		];
		const { id } = await confirm(ctx, (await send(ctx, await file(rows))).id);
		const idOf = async (name: string) =>
			(await ctx.db.execute<{ id: string }>(sql`select id from person where full_name = ${name}`))[0]?.id ?? '';
		await createAccount(ctx, ctx.db, { displayName: 'An', personId: await idOf('Nguyễn Văn An') });
		await affiliate(ctx, { personId: await idOf('Phạm Thị Dung'), unitId: units[2]!, validFrom: '2026-06-01' });
		expect(await undoRosterImport(ctx, id)).toMatchObject({ removed: 2, restored: 0 });
		const roster = await rosterAsOf(ctx.db, { day: DAY });
		expect(roster.map(({ fullName, categories }) => [fullName, categories])).toEqual([
			['Nguyễn Văn An', ['legal_rapporteur']],
			['Phạm Thị Dung', ['legal_rapporteur']]
		]);
		await expectSegmentsToHold(ctx.db);
	});

	test('is the right of those who may read it, and of nobody before it was confirmed', async ({ ctx }) => {
		const { units } = await aProvince(ctx);
		const sent = await send(ctx, await file());
		await expect(undoRosterImport(ctx, sent.id)).rejects.toEqual(code('organisation.import_not_undoable'));
		await expect(undoRosterImport(await adminOf(ctx, units[0]!), sent.id)).rejects.toEqual(
			code('organisation.import_not_found')
		);
	});
});
