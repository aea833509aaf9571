import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import ExcelJS from 'exceljs';
import sharp from 'sharp';
import { expect } from 'vitest';
import type { Context } from '#lib/server/platform/context.ts';
import { affiliations, aggregateRosters, people } from '#lib/server/organisation/tables.ts';
import { listAggregates, recordAggregateResult, voidAggregateResult } from '#lib/server/training/aggregates.ts';
import { keepAttendanceList, readAttendanceList } from '#lib/server/training/attendance-list.ts';
import { listClasses } from '#lib/server/training/class-list.ts';
import { getClassPage } from '#lib/server/training/class-page.ts';
import { listCandidates, summonMatching } from '#lib/server/training/candidates.ts';
import { addEvidence, evidenceUrl, listEvidence } from '#lib/server/training/evidence.ts';
import { recordHeldClass, type HeldClass } from '#lib/server/training/held-class.ts';
import { recordListedClass } from '#lib/server/training/listed-class.ts';
import { addAttendees } from '#lib/server/training/outcomes.ts';
import { csvFile, xlsxFile } from '#lib/server/platform/office/sheet-files.ts';
import { participantSheet } from '#lib/server/training/participant-sheet.ts';
import { evidenceFiles, firstCompletions, participations, trainingActivities } from '#lib/server/training/tables.ts';
import { as, test } from '../support/test.ts';
import { aClass, anActor, aPerson, aProvince, aUnit, heldClass } from '../support/training-world.ts';

const rowsOf = (ctx: Context, activityId: string) =>
	ctx.db.select().from(participations).where(eq(participations.activityId, activityId));

/** A photograph as a telephone makes it: turned by EXIF, with place and device in it. */
async function aPhotograph(name = 'danh sách ký.jpg'): Promise<File> {
	const body = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#ccc' } })
		.withExif({ IFD0: { Make: 'Phone', Copyright: 'Nguyễn Văn An' }, IFD3: { GPSLatitude: '21/1 0/1 0/1' } })
		.withMetadata({ orientation: 6 })
		.jpeg()
		.toBuffer();
	return new File([new Uint8Array(body)], name, { type: 'image/jpeg' });
}

test('a held class is recorded with present, absent, walk-ins and the signed sheet', async ({ ctx }) => {
	const { commune, otherCommune } = await aProvince(ctx);
	const an = await aPerson(ctx, commune);
	const binh = await aPerson(ctx, commune, 'Trần Thị Bình');
	const known = await aPerson(ctx, commune, 'Đỗ Thị Hoà', { categories: [] });
	const guest = await aPerson(ctx, otherCommune, 'Lê Văn Cường');
	const { activityId } = await recordHeldClass(
		ctx,
		heldClass(commune, {
			listed: [an, binh],
			present: [an, guest],
			walkIns: [
				{ fullName: 'Đỗ Thị Hòa', birthYear: null, unitId: commune.id },
				{ fullName: 'Vàng A Sủng', birthYear: 1990, unitId: commune.id }
			],
			sheets: [await aPhotograph()]
		})
	);
	const [activity] = await ctx.db.select().from(trainingActivities);
	expect(activity).toMatchObject({ id: activityId, status: 'ended', endedOn: '2026-11-18', mode: 'in_person' });
	const rows = await rowsOf(ctx, activityId);
	expect(rows).toHaveLength(5);
	const [added] = await ctx.db.select().from(people).where(eq(people.fullName, 'Vàng A Sủng'));
	const byPerson = new Map(rows.map((row) => [row.personId, row]));
	expect(byPerson.get(an)).toMatchObject({ summonedOn: '2026-11-18', completedOn: '2026-11-18', outcome: 'completed' });
	expect(byPerson.get(binh)).toMatchObject({ summonedOn: '2026-11-18', completedOn: null, outcome: 'absent' });
	expect(byPerson.get(guest)).toMatchObject({ summonedOn: null, unitIdThen: otherCommune.id, note: 'walk_in' });
	expect(byPerson.get(known)).toMatchObject({ completedOn: '2026-11-18' });
	expect(byPerson.get(added!.id)).toMatchObject({ completedOn: '2026-11-18', unitIdThen: commune.id });
	expect(await ctx.db.select().from(firstCompletions)).toHaveLength(4);
	expect((await getClassPage(ctx, activityId)).funnel).toEqual({
		summoned: 2,
		attended: 4,
		completed: 4,
		summonedCompleted: 1
	});
});

test('sending the form twice records one class', async ({ ctx }) => {
	const { commune } = await aProvince(ctx);
	const personId = await aPerson(ctx, commune);
	const walkIns = [{ fullName: 'Vàng A Sủng', birthYear: null, unitId: commune.id }];
	const input = heldClass(commune, { listed: [personId], present: [personId], walkIns });
	await Promise.all([recordHeldClass(ctx, input), recordHeldClass(ctx, input)]);
	await recordHeldClass(ctx, input);
	expect(await rowsOf(ctx, input.activityId)).toHaveLength(2);
	expect(await ctx.db.select().from(people)).toHaveLength(2);
});

test('a unit admin records for the own units and people only, never ahead of time, and with somebody present', async ({
	ctx
}) => {
	const { commune, otherCommune } = await aProvince(ctx);
	const own = await aPerson(ctx, commune);
	const stranger = await aPerson(ctx, otherCommune, 'Lê Văn Cường');
	const admin = as(ctx, anActor('unit_admin', commune));
	const record = (more: Partial<HeldClass>, unit = commune) => recordHeldClass(admin, heldClass(unit, more));
	await expect(record({ present: [stranger] })).rejects.toMatchObject({ code: 'training.person_out_of_scope' });
	await expect(record({ present: [own] }, otherCommune)).rejects.toMatchObject({ kind: 'not_found' });
	await expect(
		record({ walkIns: [{ fullName: 'Vàng A Sủng', birthYear: null, unitId: otherCommune.id }] })
	).rejects.toMatchObject({ kind: 'not_found' });
	await expect(record({ present: [own], heldOn: '2026-11-21' })).rejects.toMatchObject({ code: 'form.date_future' });
	await expect(record({ listed: [own] })).rejects.toMatchObject({ code: 'training.nobody_present' });
	await expect(record({ present: [own], mode: 'online_self_paced' })).rejects.toMatchObject({
		code: 'training.self_paced_by_learning'
	});
	await expect(recordHeldClass(as(ctx, anActor('unit_head', commune)), heldClass(commune))).rejects.toMatchObject({
		kind: 'forbidden'
	});
	expect(await ctx.db.select().from(trainingActivities)).toEqual([]);
});

test('whoever came over since counts in the unit of the day', async ({ ctx }) => {
	const { commune, otherCommune } = await aProvince(ctx);
	const personId = await aPerson(ctx, otherCommune);
	await ctx.db.update(affiliations).set({ validTo: '2026-11-19' }).where(eq(affiliations.personId, personId));
	await ctx.db.insert(affiliations).values({ personId, unitId: commune.id, validFrom: '2026-11-19' });
	const admin = as(ctx, anActor('unit_admin', commune));
	const { activityId } = await recordHeldClass(admin, heldClass(commune, { listed: [personId], present: [personId] }));
	expect(await rowsOf(ctx, activityId)).toMatchObject([{ unitIdThen: otherCommune.id }]);
});

test('a walk-in whose name two people of the unit bear is asked about', async ({ ctx }) => {
	const { commune } = await aProvince(ctx);
	await aPerson(ctx, commune, 'Nguyễn Văn An', { birth: { birthYear: 1980 } });
	await aPerson(ctx, commune, 'Nguyễn Văn An', { birth: { birthYear: 1990 } });
	const input = (birthYear: number | null) =>
		heldClass(commune, { walkIns: [{ fullName: 'Nguyễn Văn An', birthYear, unitId: commune.id }] });
	await expect(recordHeldClass(ctx, input(null))).rejects.toMatchObject({ code: 'training.walk_in_ambiguous' });
	await recordHeldClass(ctx, input(1990));
	expect(await ctx.db.select().from(people)).toHaveLength(2);
});

test('somebody forgotten is added to a class that has ended', async ({ ctx }) => {
	const { commune } = await aProvince(ctx);
	const present = [await aPerson(ctx, commune)];
	const forgotten = await aPerson(ctx, commune, 'Trần Thị Bình');
	const { activityId } = await recordHeldClass(ctx, heldClass(commune, { listed: present, present }));
	expect(await addAttendees(ctx, { activityId, personIds: [forgotten, ...present] })).toEqual({ added: 1 });
	expect(await ctx.db.select().from(firstCompletions)).toHaveLength(2);
});

test('photographs lose place and device, and what is no picture, PDF or workbook is refused', async ({ ctx }) => {
	const { commune, otherCommune } = await aProvince(ctx);
	const activityId = await aClass(ctx, commune);
	await addEvidence(ctx, activityId, { kind: 'photo', file: await aPhotograph() });
	const [file] = await ctx.db.select().from(evidenceFiles);
	const chunks: Buffer[] = [];
	for await (const chunk of await ctx.storage.get(file!.storageKey)) chunks.push(chunk as Buffer);
	const stored = await sharp(Buffer.concat(chunks)).metadata();
	expect(stored).toMatchObject({ width: 200, height: 300 });
	expect(stored.exif).toBeUndefined();
	expect(file).toMatchObject({ name: 'danh sách ký.jpg', contentType: 'image/jpeg' });
	expect(file!.sha256).toMatch(/^[0-9a-f]{64}$/);
	const html = new File(['<script>alert(1)</script>'], 'anh.jpg', { type: 'image/jpeg' });
	await expect(addEvidence(ctx, activityId, { kind: 'photo', file: html })).rejects.toMatchObject({
		code: 'form.file_type'
	});
	const [listed] = await listEvidence(ctx.db, activityId);
	const neighbour = as(ctx, anActor('unit_admin', otherCommune));
	await expect(evidenceUrl(neighbour, activityId, listed!.evidenceId)).rejects.toMatchObject({ kind: 'not_found' });
	expect(await evidenceUrl(as(ctx, anActor('unit_head', commune)), activityId, listed!.evidenceId)).toContain(
		file!.storageKey
	);
});

async function anExcelList(rows: (string | number)[][]): Promise<File> {
	const workbook = new ExcelJS.Workbook();
	const sheet = workbook.addWorksheet('DS');
	sheet.addRow(['DANH SÁCH THAM DỰ LỚP TẬP HUẤN']);
	sheet.addRow(['TT', 'Họ và tên', 'Năm sinh', 'Điện thoại', 'Đơn vị']);
	rows.forEach((row, i) => sheet.addRow([i + 1, ...row]));
	const body = await workbook.xlsx.writeBuffer();
	return new File([new Uint8Array(body as ArrayBuffer)], 'ds.xlsx');
}

test('an Excel list is matched, checked and recorded, once however often it is sent', async ({ ctx }) => {
	const { province, commune, otherCommune } = await aProvince(ctx);
	const an = await aPerson(ctx, commune, 'Nguyễn Văn An', { birth: { birthYear: 1980 }, phone: '0912345678' });
	const hoa1 = await aPerson(ctx, commune, 'Đỗ Thị Hòa', { birth: { birthYear: 1975 } });
	await aPerson(ctx, commune, 'Đỗ Thị Hòa', { birth: { birthYear: 1985 } });
	await aPerson(ctx, otherCommune, 'Lê Văn Cường');
	const admin = as(ctx, anActor('unit_admin', commune));
	const file = await anExcelList([
		['NGUYEN VAN AN', '', '912345678', ''],
		['Đỗ Thị Hoà', '', '', 'Xã Yên Lâm'],
		['Vàng A Sủng', 1990, '', ''],
		['Lê Văn Cường', '', '', 'Phường Đông Hà']
	]);
	const listId = await keepAttendanceList(admin, file);
	const rows = await readAttendanceList(admin, { listId, organiserUnitId: commune.id });
	expect(rows.map(({ row, match, isUnitUnknown }) => [row, match.kind, isUnitUnknown])).toEqual([
		[3, 'matched', false],
		[4, 'uncertain', false],
		[5, 'unknown', false],
		[6, 'unknown', true] // of a unit that this admin does not see
	]);
	const input = {
		...heldClass(commune),
		absenteesWereSummoned: false,
		listId,
		choices: new Map<number, string>([
			[3, an],
			[4, hoa1],
			[5, 'new'],
			[6, 'skip']
		])
	};
	const save = () => recordListedClass(admin, input);
	await Promise.all([save(), save()]);
	expect(await rowsOf(ctx, input.activityId)).toHaveLength(3);
	expect(await ctx.db.select().from(people).where(eq(people.fullName, 'Vàng A Sủng'))).toMatchObject([
		{ birthYear: 1990 }
	]);
	expect(await listEvidence(ctx.db, input.activityId)).toMatchObject([{ kind: 'sign_in_sheet' }]);
	await expect(
		recordListedClass(admin, { ...input, activityId: randomUUID(), choices: new Map([[4, an]]) })
	).rejects.toMatchObject({ code: 'training.list_choice_gone' });
	const other = as(ctx, anActor('province_admin', province));
	await expect(readAttendanceList(other, { listId, organiserUnitId: commune.id })).rejects.toMatchObject({
		kind: 'not_found'
	});
});

test('a unit that gives no names gives numbers under a document, and only such a unit', async ({ ctx }) => {
	const { province, commune } = await aProvince(ctx);
	const police = await aUnit(ctx, { name: 'Công an tỉnh', parent: province, givesAggregates: true });
	const document = { documentNo: '55/BC-CAT', documentDate: '2026-11-10' };
	const category = { categoryCode: 'advising_official', validFrom: '2026-01-01' };
	await ctx.db.insert(aggregateRosters).values({ ...document, ...category, unitId: police.id, headcount: 20 });
	const activityId = await aClass(ctx, police);
	const input = {
		...document,
		unitId: police.id,
		categoryCode: 'advising_official',
		trainedCount: 25,
		completedOn: '2026-11-15',
		file: await aPhotograph()
	};
	const admin = as(ctx, anActor('unit_admin', police));
	await recordAggregateResult(admin, activityId, input);
	expect(await listAggregates(ctx.db, activityId)).toMatchObject([
		{ unitName: 'Công an tỉnh', trainedCount: 25, headcount: 20, hasEvidence: true }
	]);
	await expect(recordAggregateResult(ctx, activityId, { ...input, unitId: commune.id })).rejects.toMatchObject({
		code: 'training.unit_gives_names'
	});
	await expect(recordAggregateResult(admin, activityId, { ...input, completedOn: '2026-10-01' })).rejects.toMatchObject(
		{ code: 'training.day_outside_class' }
	);
	const [given] = await listAggregates(ctx.db, activityId);
	await voidAggregateResult(admin, activityId, { aggregateId: given!.aggregateId, reason: 'Nhập nhầm' });
	expect(await listAggregates(ctx.db, activityId)).toEqual([]);
});

test('the list of classes finds titles without marks, counts what it lists, and shows the own units only', async ({
	ctx
}) => {
	const { commune, otherCommune } = await aProvince(ctx);
	const present = [await aPerson(ctx, commune)];
	const record = (title: string, heldOn: string) =>
		recordHeldClass(ctx, heldClass(commune, { title, heldOn, listed: present, present }));
	await record('Hội nghị tập huấn tháng 3', '2026-03-10');
	await record('Tập huấn Đề án', '2025-05-10');
	await aClass(ctx, otherCommune, { title: 'Lớp của phường' });
	const admin = as(ctx, anActor('unit_admin', commune));
	const titles = async (filter: Parameters<typeof listClasses>[1]) => {
		const { rows, total } = await listClasses(admin, filter);
		expect(rows).toHaveLength(total);
		return rows.map(({ title }) => title);
	};
	expect(await titles({})).toEqual(['Hội nghị tập huấn tháng 3', 'Tập huấn Đề án']);
	expect(await titles({ text: 'hoi nghi' })).toEqual(['Hội nghị tập huấn tháng 3']);
	expect(await titles({ text: 'ĐỀ ÁN' })).toEqual(['Tập huấn Đề án']);
	expect(await titles({ year: 2025 })).toEqual(['Tập huấn Đề án']);
	expect(await titles({ mode: 'online_live' })).toEqual([]);
	expect(await titles({ status: 'ended', text: '100%' })).toEqual([]);
	expect((await listClasses(admin, {})).totals).toEqual({ total: 2, summoned: 2, completed: 2 });
	expect((await listClasses(ctx, {})).total).toBe(3);
});

test('candidates can be narrowed to the untrained of a group, and all of them summoned at once', async ({ ctx }) => {
	const { commune } = await aProvince(ctx);
	const trained = await aPerson(ctx, commune);
	await aPerson(ctx, commune, 'Trần Thị Bình');
	await aPerson(ctx, commune, 'Lê Văn Cường', { categories: ['legal_rapporteur'] });
	await recordHeldClass(ctx, heldClass(commune, { present: [trained] }));
	const activityId = await aClass(ctx, commune);
	const names = async (filter: Parameters<typeof listCandidates>[2]) =>
		(await listCandidates(ctx, activityId, filter)).rows.map(({ fullName }) => fullName);
	expect(await names({})).toEqual(['Nguyễn Văn An', 'Trần Thị Bình', 'Lê Văn Cường']);
	expect(await names({ text: 'binh' })).toEqual(['Trần Thị Bình']);
	const untrained = { untrainedSince: '2025-01-01' };
	expect(await names(untrained)).toEqual(['Trần Thị Bình', 'Lê Văn Cường']);
	expect(await names({ ...untrained, category: 'legal_rapporteur' })).toEqual(['Lê Văn Cường']);
	expect(await summonMatching(ctx, activityId, untrained)).toEqual({ summoned: 2, alreadyOn: 0 });
	expect(await names({})).toEqual(['Nguyễn Văn An']);
});

test('two classes of one title on the same days are shown to the organiser', async ({ ctx }) => {
	const { commune } = await aProvince(ctx);
	const present = [await aPerson(ctx, commune)];
	const record = (title: string) => recordHeldClass(ctx, heldClass(commune, { title, listed: present, present }));
	const { activityId } = await record('Tập huấn kỹ năng số đợt 1');
	await record('Tap huan ky nang so dot 1');
	await record('Phổ biến Luật Đất đai');
	expect((await getClassPage(ctx, activityId)).similar).toMatchObject([{ title: 'Tap huan ky nang so dot 1' }]);
});

test('a name that begins like a formula stays a text in the exported list', async ({ ctx }) => {
	const { commune } = await aProvince(ctx);
	const present = [await aPerson(ctx, commune, '=HYPERLINK("http://x","An")')];
	const { activityId } = await recordHeldClass(ctx, heldClass(commune, { listed: present, present }));
	const sheet = await participantSheet(ctx, activityId);
	const workbook = new ExcelJS.Workbook();
	await workbook.xlsx.load((await xlsxFile(sheet)) as unknown as ArrayBuffer);
	const cell = workbook.worksheets[0]!.getCell('B2');
	expect(cell.type).toBe(ExcelJS.ValueType.String);
	expect(cell.value).toBe('=HYPERLINK("http://x","An")');
	expect(csvFile(sheet)).toContain(`"'=HYPERLINK(""http://x"",""An"")"`);
});
