import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import ExcelJS from 'exceljs';
import { describe, expect } from 'vitest';
import { EVERYTHING } from '#lib/server/identity/permissions.ts';
import { splitLines } from '#lib/organisation/unit-lines.ts';
import { checkedTable, postedTable } from '#lib/server/organisation/check-table.ts';
import { listUnits } from '#lib/server/organisation/queries.ts';
import { listUnitImports, undoUnits } from '#lib/server/organisation/undo-unit-list.ts';
import { checkUnits, importUnits } from '#lib/server/organisation/unit-list.ts';
import type { Context } from '#lib/server/platform/context.ts';
import {
	checkActivities,
	importActivities,
	listActivityImports,
	undoActivities
} from '#lib/server/training/activity-table.ts';
import { summon } from '#lib/server/training/summon.ts';
import { as, test } from '../support/test.ts';
import { anActor, aPerson, aProvince } from '../support/training-world.ts';

const code = (value: string) => expect.objectContaining({ code: value });
const source = () => ({ id: randomUUID(), fileName: 'don-vi.xlsx', validFrom: '2025-07-01' });
const codesOf = async (ctx: Context) => (await listUnits(ctx.db, EVERYTHING)).map(({ code }) => code);

async function workbook(rows: readonly (readonly unknown[])[], edit?: (book: ExcelJS.Workbook) => void) {
	const book = new ExcelJS.Workbook();
	edit?.(book);
	book.addWorksheet('Bảng').addRows(rows as unknown[][]);
	return new File([new Uint8Array(await book.xlsx.writeBuffer())], 'bang.xlsx');
}

const posted = async (file: File) => {
	const form = new FormData();
	form.set('file', file);
	return (await postedTable(form))!;
};

describe('a table of units', () => {
	test('is checked without writing, comes in without its bad lines, once, and is taken back whole', async ({ ctx }) => {
		const { province } = await aProvince(ctx);
		const admin = as(ctx, anActor('province_admin', province));
		const before = await codesOf(ctx);
		const table = splitLines(
			'Mã;Tên;Loại;Cấp trên\nX1-VP;Văn phòng;Văn phòng;X1\nX1;Xã Một;Xã;\nX2;Lạ;Lạ;\nX2-VP;Văn phòng;Văn phòng;X2'
		);
		const checked = await checkUnits(admin, table);
		expect([checked.fresh.map(({ code }) => code), checked.problems.map(({ line, code }) => [line, code])]).toEqual([
			['X1-VP', 'X1'],
			[
				[4, 'unknown_type'],
				[5, 'unknown_parent']
			]
		]);
		expect(await codesOf(ctx)).toEqual(before);
		const from = source();
		expect(await importUnits(admin, table, from, { isWhole: false })).toMatchObject({ created: 2 });
		expect(await importUnits(admin, table, from, { isWhole: false })).toMatchObject({ created: 0, unchanged: 2 });
		const units = await listUnits(ctx.db, EVERYTHING);
		const [parent, child] = ['X1', 'X1-VP'].map((wanted) => units.find((unit) => unit.code === wanted)!);
		expect([child?.parentId, child?.path.startsWith(`${parent?.path}.`)]).toEqual([parent?.id, true]);

		const [one] = await listUnitImports(admin);
		expect(one).toMatchObject({ id: from.id, fileName: 'don-vi.xlsx', lines: 2, isUndone: false });
		expect(await undoUnits(admin, from.id)).toEqual({ removed: 2, left: 0 });
		expect(await codesOf(ctx)).toEqual(before);
		await expect(undoUnits(admin, from.id)).rejects.toEqual(code('organisation.import_not_undoable'));
	});

	test('lets be units that have people by now, with those above them', async ({ ctx }) => {
		const { province } = await aProvince(ctx);
		const admin = as(ctx, anActor('province_admin', province));
		const from = source();
		await importUnits(admin, splitLines('X1;Xã Một;Xã;\nX1-VP;Văn phòng;Văn phòng;X1\nX2;Xã Hai;Xã;'), from);
		const office = (await listUnits(ctx.db, EVERYTHING)).find((unit) => unit.code === 'X1-VP')!;
		await aPerson(ctx, { ...office });
		expect(await undoUnits(admin, from.id)).toEqual({ removed: 1, left: 2 });
		const left = await codesOf(ctx);
		expect([left.includes('X1'), left.includes('X1-VP'), left.includes('X2')]).toEqual([true, true, false]);
		const commune = as(ctx, anActor('unit_admin', province));
		await expect(checkUnits(commune, [])).rejects.toEqual(code('identity.not_permitted'));
	});

	test(
		'of 6,000 lines comes in within the time printed here, and goes again',
		{ timeout: 120_000 },
		async ({ ctx }) => {
			const { province } = await aProvince(ctx);
			const admin = as(ctx, anActor('province_admin', province));
			const lines = Array.from({ length: 6000 }, (_, i) => [
				...[`U${i}`, `Đơn vị ${i}`, i % 10 === 0 ? 'Sở' : 'Văn phòng', i % 10 === 0 ? '' : `U${i - (i % 10)}`]
			]);
			const from = source();
			const startedAt = performance.now();
			const { table } = await posted(await workbook([['Mã', 'Tên', 'Loại', 'Cấp trên'], ...lines]));
			expect(await importUnits(admin, table, from)).toMatchObject({ created: 6000, problems: [] });
			const importedAt = performance.now();
			expect(await undoUnits(admin, from.id)).toEqual({ removed: 6000, left: 0 });
			const seconds = [importedAt - startedAt, performance.now() - importedAt].map((ms) => (ms / 1000).toFixed(1));
			console.log(`6,000 units: imported in ${seconds[0]} s, taken back in ${seconds[1]} s`);
		}
	);
});

describe('a table of activities', () => {
	const HEAD = ['Tên lớp', 'Hình thức', 'Từ ngày', 'Số tiết', 'Số văn bản', 'Đơn vị chủ trì'];

	test('from Excel with days as numbers of either calendar comes into the register and is taken back', async ({
		ctx
	}) => {
		const { province, commune } = await aProvince(ctx);
		const admin = as(ctx, anActor('province_admin', province));
		const day = new Date(Date.UTC(2026, 2, 5));
		for (const date1904 of [false, true]) {
			const file = await workbook(
				[
					['SỔ THEO DÕI'],
					HEAD,
					[`Lớp ${date1904}`, 'Trực tuyến', day, 8, '15/KH', commune.name],
					['', '', '', '', '', '']
				],
				(book) => (book.properties.date1904 = date1904)
			);
			const read = await posted(file);
			const { fresh, problems } = await checkActivities(admin, read.table);
			expect([fresh.map(({ startsOn, organiserUnitId }) => [startsOn, organiserUnitId]), problems]).toEqual([
				[['2026-03-05', commune.id]],
				[]
			]);
			// the page keeps the lines as text between its two steps
			const rows = { headings: HEAD, rows: [], unchanged: 0, problems: [] };
			const again = splitLines((await checkedTable(read, rows, 'vi')).table);
			const id = randomUUID();
			expect(await importActivities(admin, again, { id, fileName: 'so.xlsx' })).toMatchObject({ created: 1 });
			expect(await importActivities(admin, again, { id: randomUUID(), fileName: null })).toMatchObject({
				...{ created: 0, unchanged: 1 }
			});
			const [made] = await ctx.db
				.execute(sql`select status, mode, starts_on::text, ended_on::text, due_on::text, document_no,
				teaching_periods::float8 as tiet, topics from training_activity where title = ${`Lớp ${date1904}`}`);
			expect(made).toEqual({
				...{ status: 'ended', mode: 'online_live', starts_on: '2026-03-05', ended_on: '2026-03-05' },
				...{ due_on: '2026-03-05', document_no: '15/KH', tiet: 8, topics: ['digital_skills'] }
			});
			expect(await undoActivities(admin, id)).toEqual({ removed: 1, left: 0 });
		}
		expect(await ctx.db.execute(sql`select 1 from training_activity`)).toHaveLength(0);
	});

	test('comes into the own units only; classes with people by now stay when it is taken back', async ({ ctx }) => {
		const { province, commune, otherCommune } = await aProvince(ctx);
		const admin = as(ctx, anActor('unit_admin', commune));
		const line = (title: string, unit: string) => [title, 'Trực tiếp', '05/03/2026', '8', '15/KH', unit];
		const table = [HEAD, line('Lớp A', ''), line('Lớp B', ''), line('Lớp C', otherCommune.name), line('Lớp A', '')];
		const id = randomUUID();
		expect(await importActivities(admin, table, { id, fileName: null })).toMatchObject({
			...{ created: 2, unchanged: 1, problems: [{ line: 4, code: 'unknown_unit' }] }
		});
		const [first] = await ctx.db.execute<{ id: string }>(sql`select id from training_activity where title = 'Lớp A'`);
		await ctx.db.execute(sql`update training_activity set status = 'ongoing', ended_on = null where id = ${first!.id}`);
		await summon(ctx, { activityId: first!.id, personIds: [await aPerson(ctx, commune)] });
		await ctx.db.execute(
			sql`update training_activity set status = 'ended', ended_on = '2026-03-05' where id = ${first!.id}`
		);
		const others = as(ctx, anActor('unit_admin', otherCommune));
		await expect(undoActivities(others, id)).rejects.toEqual(code('organisation.import_not_found'));
		expect(await listActivityImports(others)).toEqual([]);
		const whole = as(ctx, anActor('province_admin', province));
		await expect(undoActivities(whole, id)).rejects.toEqual(code('organisation.import_not_found'));
		expect(await undoActivities(admin, id)).toEqual({ removed: 1, left: 1 });
	});

	test('its bad lines go back as a workbook with their reasons', async ({ ctx }) => {
		const { province } = await aProvince(ctx);
		const admin = as(ctx, anActor('province_admin', province));
		const read = { fileName: null, table: [HEAD, ['=cmd|x', 'Trực tiếp', 'mai', '8', '15/KH', province.name]] };
		const { problems, fresh } = await checkActivities(admin, read.table);
		const rows = { headings: [], rows: fresh.map(() => []), unchanged: 0 };
		const sentences = problems.map(({ line }) => ({ line, text: 'Từ ngày sai' }));
		const { errorFile } = await checkedTable(read, { ...rows, problems: sentences }, 'vi');
		const book = new ExcelJS.Workbook();
		await book.xlsx.load(Buffer.from(errorFile, 'base64') as never);
		const values: unknown[][] = [];
		book.worksheets[0]?.eachRow((row) => values.push((row.values as unknown[]).slice(1)));
		const at = values.findIndex((row) => row.includes('Từ ngày sai'));
		expect(values[at]).toEqual(['=cmd|x', 'Trực tiếp', 'mai', '8', '15/KH', province.name, 2, 'Từ ngày sai']);
		expect(book.worksheets[0]?.getCell(at + 1, 1).type).toBe(ExcelJS.ValueType.String);
	});
});
