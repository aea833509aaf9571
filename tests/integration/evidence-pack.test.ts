import { createHash, randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import ExcelJS from 'exceljs';
import { unzipSync } from 'fflate';
import { expect } from 'vitest';
import { forgetPacks, makePack } from '#lib/server/reporting/evidence-pack/make-pack.ts';
import { getPacksPage, packUrl, requestPack } from '#lib/server/reporting/evidence-pack/request-pack.ts';
import { evidencePacks } from '#lib/server/reporting/evidence-pack-tables.ts';
import { addEvidence } from '#lib/server/training/evidence.ts';
import { recordHeldClass } from '#lib/server/training/held-class.ts';
import { markAttendance } from '#lib/server/training/attendance/mark.ts';
import { activitySessions } from '#lib/server/training/register-tables.ts';
import { participations } from '#lib/server/training/tables.ts';
import { as, at, test } from '../support/test.ts';
import { anActor, aPerson, aProvince, classInput } from '../support/training-world.ts';

test('one click packs register, lists, attendance and evidence of a year, and the index proves every file', async ({
	ctx
}) => {
	const { commune, otherCommune } = await aProvince(ctx);
	const admin = as(ctx, anActor('unit_admin', commune));
	const an = await aPerson(ctx, commune, 'Nguyễn Văn An', { decisionNo: '15/QĐ-UBND' });
	const activityId = randomUUID();
	await recordHeldClass(admin, {
		...{
			...classInput(commune, null, { title: 'Tập huấn: =kỹ năng/số' }),
			activityId,
			heldOn: '2026-11-18',
			endedOn: null
		},
		...{ listed: [an], present: [an], absenteesWereSummoned: false, walkIns: [], sheets: [] }
	});
	await addEvidence(admin, activityId, {
		kind: 'decision',
		file: new File(['%PDF-1.4 quyết định'], 'Quyết định số 12.pdf')
	});
	const [session] = await ctx.db
		.insert(activitySessions)
		.values({
			...{ activityId, startsAt: new Date('2026-11-18T08:00:00+07:00'), endsAt: new Date('2026-11-18T11:30:00+07:00') },
			teachingPeriods: 4
		})
		.returning();
	const [row] = await ctx.db.select().from(participations);
	await markAttendance(admin, { activityId, sessionId: session!.id }, [
		{ participationId: row!.id, minutes: 200, markedAt: 1 }
	]);
	await requestPack(admin, { unitId: commune.id, year: 2026 });
	await expect(requestPack(admin, { unitId: commune.id, year: 2026 })).rejects.toMatchObject({
		code: 'reporting.pack_running'
	});
	const neighbour = as(ctx, anActor('unit_admin', otherCommune));
	await expect(requestPack(neighbour, { unitId: commune.id, year: 2026 })).rejects.toMatchObject({ kind: 'not_found' });
	const [pack] = await ctx.db.select().from(evidencePacks);
	await makePack(ctx, pack!.id, new AbortController().signal);
	const [made] = await ctx.db.select().from(evidencePacks);
	expect(made).toMatchObject({ state: 'done', total: 1, done: 1, fileCount: 6 });
	const body = await buffer(await ctx.storage.get(made!.storageKey!));
	expect(createHash('sha256').update(body).digest('hex')).toBe(made!.sha256);
	const files = unzipSync(new Uint8Array(body));
	const folder = '10-hoat-dong/001-2026-11-18-tap-huan-ky-nang-so';
	expect(Object.keys(files).toSorted()).toEqual([
		'00-muc-luc.csv',
		'00-muc-luc.sha256',
		'01-so-dang-ky-hoat-dong.xlsx',
		'02-danh-sach-doi-tuong-va-quyet-dinh.xlsx',
		'03-ket-qua-tap-huan.xlsx',
		`${folder}/danh-sach.xlsx`,
		`${folder}/diem-danh.xlsx`,
		`${folder}/minh-chung/van-ban-01-quyet-dinh-so-12.pdf`
	]);
	for (const line of Buffer.from(files['00-muc-luc.sha256']!).toString().trim().split('\n')) {
		const [hash, name = ''] = line.split('  ');
		expect(createHash('sha256').update(files[name]!).digest('hex'), name).toBe(hash);
	}
	const sheet = async (name: string) => {
		const book = new ExcelJS.Workbook();
		await book.xlsx.load(Buffer.from(files[name]!) as never);
		return (book.worksheets[0]!.getRow(2).values as unknown[]).slice(1);
	};
	expect(await sheet('02-danh-sach-doi-tuong-va-quyet-dinh.xlsx')).toContain('15/QĐ-UBND');
	expect(await sheet('03-ket-qua-tap-huan.xlsx')).toContain('18/11/2026');
	expect(await sheet(`${folder}/diem-danh.xlsx`)).toEqual([1, 'Nguyễn Văn An', 'Xã Yên Lâm', 200, 200]);
	await expect(packUrl(neighbour, pack!.id)).rejects.toMatchObject({ kind: 'not_found' });
	expect(await packUrl(admin, pack!.id)).toContain('evidence-packs/');
	expect((await getPacksPage(neighbour)).packs).toEqual([]);
	await forgetPacks(at(ctx, '2027-01-05T03:00:00+07:00'));
	await expect(packUrl(admin, pack!.id)).rejects.toMatchObject({ code: 'reporting.no_pack' });
});
