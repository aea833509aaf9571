import { randomUUID } from 'node:crypto';
import ExcelJS from 'exceljs';
import { runRosterImport } from '#lib/server/organisation/jobs.ts';
import { ensureReferenceData, ensureRootUnit } from '#lib/server/organisation/reference-data.ts';
import { confirmRosterImport, getRosterImport, receiveRosterFile } from '#lib/server/organisation/roster-imports.ts';
import { undoRosterImport } from '#lib/server/organisation/undo-roster-import.ts';
import { readTableFile } from '#lib/server/organisation/table-file.ts';
import { importUnits } from '#lib/server/organisation/unit-list.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { loadConfig } from '#lib/server/platform/config.ts';
import { openDatabase } from '#lib/server/platform/database.ts';
import { openServices } from '#lib/server/platform/services.ts';
import { prepare } from '../../src/entry/prepare.ts';
import { startTestCluster } from '../support/cluster.ts';
import { printTable } from './measure.ts';

const UNITS = 6000;
const PEOPLE = 50_000;
const LETTERS = 'bcdghklmnpqrstvx';

/** Excel files of a large province: 6,000 units and 50,000 people; the aim is three minutes for both. */
export async function benchImports(): Promise<void> {
	const cluster = await startTestCluster();
	try {
		const admin = openDatabase(cluster.postgres.url('postgres'), { max: 1 });
		await admin.sql.unsafe('create database bench');
		await admin.close();
		const config = loadConfig({
			DATABASE_URL: cluster.postgres.url('bench'),
			DATA_DIR: cluster.folder,
			SECRET_KEY: 'bench-secret-bench-secret-bench-secret'
		});
		await prepare(config);
		const services = await openServices({ workers: false, max: 4, config });
		try {
			await measure(services.systemContext('bench'));
		} finally {
			await services.close();
		}
	} finally {
		await cluster.remove();
	}
}

async function measure(ctx: Context): Promise<void> {
	await ensureReferenceData(ctx.db);
	await ensureRootUnit(ctx.db, { code: 'MH', name: 'Tỉnh Minh Họa' });
	const units = await workbook([
		['Mã', 'Tên', 'Loại', 'Cấp trên'],
		...Array.from({ length: UNITS }, (_, i) => [
			...[`U${i}`, `Đơn vị ${i}`, i % 10 === 0 ? 'Xã' : 'Văn phòng', i % 10 === 0 ? '' : `U${i - (i % 10)}`]
		])
	]);
	const people = await workbook([
		['Họ và tên', 'Năm sinh', 'CCCD', 'Điện thoại', 'Đơn vị', 'Nhóm đối tượng', 'Ngày bắt đầu'],
		...Array.from({ length: PEOPLE }, (_, i) => [
			...[`Nguyễn Văn ${nameOf(i)}`, 1960 + (i % 40), `024${String(1_800_000_00 + i).padStart(9, '0')}`],
			...[`09${String(10_000_000 + i)}`, `U${i % UNITS}`, i % 3 ? 'TTV' : 'BCV', '05/03/2026']
		])
	]);
	const rows: (readonly (string | number)[])[] = [];
	const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
		const startedAt = performance.now();
		const result = await work();
		rows.push([name, ((performance.now() - startedAt) / 1000).toFixed(1)]);
		return result;
	};
	const from = { id: randomUUID(), fileName: 'don-vi.xlsx', validFrom: '2025-07-01' };
	await timed(`${UNITS} units`, async () => importUnits(ctx, await readTableFile(units), from));
	const sent = { fileName: 'danh-sach.xlsx', bytes: people, defaults: {} };
	const { importId } = await timed('people: received', () => receiveRosterFile(ctx, sent, { isQueued: false }));
	await timed('people: checked', () => runRosterImport(ctx, importId, { isWriting: false }));
	await timed(`${PEOPLE} people: written`, async () => {
		await confirmRosterImport(ctx, importId, { isQueued: false });
		await runRosterImport(ctx, importId, { isWriting: true });
	});
	const { summary } = await getRosterImport(ctx, importId);
	const undone = await timed('people: taken back', () => undoRosterImport(ctx, importId));
	printTable('Imports', ['work', 's'], rows);
	console.log(JSON.stringify({ summary, undone }));
}

async function workbook(rows: readonly (readonly (string | number)[])[]): Promise<Uint8Array> {
	const book = new ExcelJS.Workbook();
	book.addWorksheet('Bảng').addRows(rows as unknown[][]);
	return new Uint8Array(await book.xlsx.writeBuffer());
}

/** A name of letters that no other number has. */
function nameOf(i: number): string {
	let name = '';
	for (let rest = i + 1; rest > 0; rest = Math.floor(rest / LETTERS.length)) name += LETTERS[rest % LETTERS.length];
	return `A${name}`;
}
