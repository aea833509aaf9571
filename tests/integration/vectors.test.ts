import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import ExcelJS from 'exceljs';
import { strFromU8, unzipSync } from 'fflate';
import { expect } from 'vitest';
import { reportDocument } from '#lib/reporting/report-document.ts';
import { splitLines } from '#lib/organisation/unit-lines.ts';
import { ensureTargets } from '#lib/server/indicators/reference-data.ts';
import { getTargetsPage } from '#lib/server/indicators/service.ts';
import { listTargetActivities } from '#lib/server/indicators/list-activities.ts';
import { listTargetPeople } from '#lib/server/indicators/list-people.ts';
import { organisationJobs } from '#lib/server/organisation/jobs.ts';
import { confirmRosterImport, getRosterImport, receiveRosterFile } from '#lib/server/organisation/roster-imports.ts';
import { affiliate } from '#lib/server/organisation/affiliations.ts';
import { listUnits } from '#lib/server/organisation/queries.ts';
import { importUnits } from '#lib/server/organisation/unit-list.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { EVERYTHING } from '#lib/server/identity/permissions.ts';
import { assembleReport } from '#lib/server/reporting/assemble.ts';
import { writeDocx } from '#lib/server/reporting/write-docx.ts';
import { ensureTopics } from '#lib/server/training/reference-data.ts';
import { importActivities } from '#lib/server/training/activity-table.ts';
import { completeParticipation } from '#lib/server/training/completion.ts';
import { endClass } from '#lib/server/training/lifecycle.ts';
import { bringList } from '#lib/server/training/list-import/bring-list.ts';
import { summon } from '#lib/server/training/summon.ts';
import { filterOf } from '../support/indicator-world.ts';
import { runJobs } from '../support/jobs.ts';
import { as, test } from '../support/test.ts';
import { aClass, anActor, aProvince } from '../support/training-world.ts';

const FAMILY = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Vũ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ'];
const MIDDLE = ['Văn', 'Thị', 'Minh', 'Thu', 'Quang', 'Ngọc', 'Đức', 'Hải', 'Thanh', 'Xuân'];
const GIVEN = ['An', 'Bình', 'Chi', 'Dũng', 'Giang', 'Hà', 'Khánh', 'Lan', 'Nam', 'Phúc'];
const nameOf = (i: number) => [FAMILY[Math.floor(i / 100)], MIDDLE[Math.floor(i / 10) % 10], GIVEN[i % 10]].join(' ');
const phoneOf = (i: number) => `0912${String(100_000 + i)}`;

type Line = Readonly<{ unit: string; i: number; categories?: string }>;

async function bringRoster(ctx: Context, lines: readonly Line[]): Promise<void> {
	const book = new ExcelJS.Workbook();
	book
		.addWorksheet('Danh sách')
		.addRows([
			['Họ và tên', 'Điện thoại', 'Đơn vị', 'Nhóm đối tượng', 'Ngày bắt đầu'],
			...lines.map(({ unit, i, categories = 'Báo cáo viên pháp luật' }) => [
				...[nameOf(i), phoneOf(i), unit, categories, '01/01/2025']
			])
		]);
	const bytes = new Uint8Array(await book.xlsx.writeBuffer());
	const { importId } = await receiveRosterFile(ctx, { fileName: 'danh-sach.xlsx', bytes, defaults: {} });
	await runJobs({ ...ctx, actor: { kind: 'system' } }, organisationJobs);
	await confirmRosterImport(ctx, importId);
	await runJobs({ ...ctx, actor: { kind: 'system' } }, organisationJobs);
	const { summary } = await getRosterImport(ctx, importId);
	expect(summary).toMatchObject({ created: lines.length, failed: 0 });
}

/** Activities of a mode on the register, as a table brings them. */
async function bringActivities(ctx: Context, unit: string, modes: readonly string[]): Promise<string[]> {
	const head = 'Tên lớp;Hình thức;Từ ngày;Số tiết;Số văn bản;Đơn vị chủ trì';
	const mark = randomUUID().slice(0, 8);
	const lines = modes.map((mode, i) => `Lớp ${mark} ${i};${mode};05/03/2026;8;15/KH-UBND;${unit}`);
	const table = splitLines([head, ...lines].join('\n'));
	expect(await importActivities(ctx, table, { id: randomUUID(), fileName: null })).toMatchObject({
		...{ created: modes.length, problems: [] }
	});
	const rows = await ctx.db.execute<{ id: string }>(
		sql`select id from training_activity where title like ${`Lớp ${mark} %`} order by length(title), title`
	);
	return rows.map(({ id }) => id);
}

const attend = (ctx: Context, activityId: string, people: readonly number[], unit: string) =>
	bringList(
		ctx,
		{ activityId },
		{
			importId: randomUUID(),
			text: people.map((i, no) => `${no + 1}. ${nameOf(i)}, ${phoneOf(i)}, ${unit}`).join('\n')
		}
	);

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const times = <T>(n: number, value: T) => Array.from({ length: n }, () => value);

async function aWorld(ctx: Context) {
	const { province } = await aProvince(ctx);
	await ensureTargets(ctx.db);
	await ensureTopics(ctx.db);
	const admin = as(ctx, anActor('province_admin', province));
	const table = splitLines('VA;Ủy ban nhân dân xã An Lạc;Xã;\nVB;Ủy ban nhân dân xã Bình Yên;Xã;');
	await importUnits(admin, table, { id: randomUUID(), fileName: null, validFrom: '2025-01-01' });
	const units = await listUnits(ctx.db, EVERYTHING);
	const unit = (code: string) => units.find((one) => one.code === code)!;
	return { province, admin, a: unit('VA'), b: unit('VB') };
}

const YEAR = { period: 'Năm 2026', from: '2026-01-01', to: '2026-12-31', cutOff: '2026-11-20' };

/** Text of a Word file, a space for each paragraph. */
async function wordText(content: Awaited<ReturnType<typeof assembleReport>>): Promise<string> {
	const bytes = await writeDocx(reportDocument(content, 'section', ['02', '03', '05']));
	const xml = strFromU8(unzipSync(new Uint8Array(bytes))['word/document.xml'] ?? new Uint8Array());
	return xml.replaceAll('</w:p>', ' ').replaceAll(/<[^>]+>/g, '');
}

test(
	'from Excel files over the register to the Word report: 801 of 1.000 people are enough, 28 of 40 activities are not',
	{ timeout: 120_000 },
	async ({ ctx }) => {
		const { province, admin, a } = await aWorld(ctx);
		await bringRoster(
			admin,
			range(0, 1000).map((i) => ({ unit: a.name, i }))
		);
		const held = await bringActivities(admin, a.name, [
			...times(8, 'Trực tuyến trực tiếp'),
			...times(4, 'Kết hợp'),
			...times(8, 'Trực tiếp')
		]);
		await attend(admin, held[0]!, range(0, 800), a.name);
		for (const activityId of held.slice(1)) await attend(admin, activityId, [0], a.name); // one person, many classes
		const [first] = await ctx.db.execute<{ id: string }>(sql`select id from person where phone = ${phoneOf(0)}`);
		for (let i = 0; i < 20; i++) {
			const activityId = await aClass(admin, a, { title: `Đợt ${i}`, startsOn: '2026-10-01', dueOn: '2026-11-10' });
			await summon(admin, { activityId, personIds: [first!.id] });
			const [part] = await ctx.db.execute<{ id: string }>(
				sql`select id from participation where activity_id = ${activityId}`
			);
			await ctx.db.transaction((tx) => completeParticipation(ctx, tx, part!.id, '2026-11-05'));
			await endClass(admin, activityId, '2026-11-10');
		}
		const before = await getTargetsPage(admin, filterOf({ cutoff: '2026-11-20' }));
		expect(before.trained).toMatchObject({ share: { part: 800, whole: 1000 }, verdict: 'missed' });

		await attend(admin, held[1]!, [800], a.name);
		const filter = filterOf({ cutoff: '2026-11-20' });
		const page = await getTargetsPage(admin, filter);
		expect(page.trained).toMatchObject({ share: { part: 801, whole: 1000 }, verdict: 'met' });
		expect(page.online).toMatchObject({ share: { part: 28, whole: 40 }, verdict: 'missed' });
		expect(page.onlineUpper).toEqual({ part: 32, whole: 40 });
		const trained = await listTargetPeople(admin, { ...filter, trained: 'yes' });
		expect([trained.total, (await listTargetActivities(admin, filter)).total]).toEqual([801, 40]);

		const content = await assembleReport(ctx.db, { unitId: province.id, ...YEAR });
		expect(content.modes.map(({ mode, activities }) => [mode, activities])).toEqual(
			[
				['online_self_paced', 20],
				['online_live', 8],
				['hybrid', 4],
				['in_person', 8]
			].toSorted((x, y) => order(content, x) - order(content, y))
		);
		expect(content.modes.reduce((sum, { attendances }) => sum + attendances, 0)).toBe(800 + 19 + 1 + 20);
		const text = await wordText(content);
		for (const said of ['801', '1.000', '80,10%', '28', '40', '70,00%', '80,00%']) expect(text).toContain(said);
	}
);

const order = (content: Awaited<ReturnType<typeof assembleReport>>, [mode]: (string | number)[]) =>
	content.modes.findIndex((row) => row.mode === mode);

test('units are added up by people, not by their shares; two categories are one person; who moved counts where they are', async ({
	ctx
}) => {
	const { province, admin, a, b } = await aWorld(ctx);
	await bringRoster(admin, [
		...range(0, 9).map((i) => ({ unit: a.name, i })),
		{ unit: a.name, i: 9, categories: 'Báo cáo viên pháp luật; Cán bộ tham mưu' },
		...range(10, 100).map((i) => ({ unit: b.name, i }))
	]);
	const [inA, inB] = [
		...(await bringActivities(admin, a.name, ['Trực tuyến'])),
		...(await bringActivities(admin, b.name, ['Trực tiếp']))
	];
	await attend(admin, inA!, range(0, 10), a.name);
	await attend(admin, inB!, range(10, 20), b.name);
	const shares = async () => {
		const content = await assembleReport(ctx.db, { unitId: province.id, ...YEAR });
		const byCode = Object.fromEntries(content.units.map(({ code, trained }) => [code, trained]));
		return { content, a: byCode.VA, b: byCode.VB };
	};
	const before = await shares();
	expect([before.a, before.b]).toEqual([
		{ part: 10, whole: 10 },
		{ part: 10, whole: 90 }
	]);
	expect(before.content.targets.find(({ indicator }) => indicator === 'trained_share')?.share).toEqual({
		...{ part: 20, whole: 100 }
	});
	const rows = Object.fromEntries(before.content.staff.map(({ code, total }) => [code, total]));
	expect([rows.legal_rapporteur, rows.advising_official, rows.total]).toEqual([100, 1, 100]);
	expect(await wordText(before.content)).toContain('20,00%');

	const [mover] = await ctx.db.execute<{ id: string }>(sql`select id from person where phone = ${phoneOf(0)}`);
	await affiliate(admin, { personId: mover!.id, unitId: b.id, validFrom: '2026-11-10' });
	const after = await shares();
	expect([after.a, after.b]).toEqual([
		{ part: 9, whole: 9 },
		{ part: 11, whole: 91 }
	]);
	expect(after.content.activities.find(({ id }) => id === inA)).toMatchObject({ organiser: a.name });
});
