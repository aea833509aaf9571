import { sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { createAccount } from '#lib/server/identity/accounts.ts';
import type { Actor } from '#lib/server/identity/actor.ts';
import type { Context } from '#lib/server/platform/context.ts';
import {
	allSelfReports,
	decideSelfReport,
	getSelfReport,
	listSelfReports,
	remindOfSelfReports
} from '#lib/server/reporting/self-reports/of-unit.ts';
import {
	getOwnSelfReport,
	owesOwnReport,
	removeSelfReportLine,
	saveSelfReport,
	saveSelfReportLine,
	withdrawSelfReport
} from '#lib/server/reporting/self-reports/own.ts';
import { selfReportSheet } from '#lib/server/reporting/self-reports/sheet.ts';
import { mergePeople } from '#lib/server/training/merging/service.ts';
import { as, test } from '../support/test.ts';
import { anActor, aPerson, aProvince, type TestUnit } from '../support/training-world.ts';

const code = (value: string) => expect.objectContaining({ code: value });
const LINE = {
	...{ id: '', heldOn: '2026-05-04', form: 'direct' as const, content: 'Luật Đất đai' },
	...{ place: 'Nhà văn hóa thôn 3', audience: 'Nông dân', people: 60, isOnline: false, link: null }
};
const WORDS = { difficulties: null, proposals: 'Cấp máy chiếu', version: 0, intent: 'send' as const };

async function aRapporteur(ctx: Context, unit: TestUnit, name = 'Trần Văn Bình', categories = ['legal_rapporteur']) {
	const personId = await aPerson(ctx, unit, name, { categories });
	const username = `u${personId.slice(0, 8)}`;
	const { accountId } = await createAccount(ctx, ctx.db, { username, personId, displayName: name });
	return { personId, own: as(ctx, { kind: 'account', accountId, personId, displayName: name, grants: [] } as Actor) };
}

const admin = (ctx: Context, unit: TestUnit) => as(ctx, anActor('unit_admin', unit));

describe('the yearly report of a rapporteur', () => {
	test('is written, sent, sent back, sent again and accepted; the unit sees what was sent only', async ({ ctx }) => {
		const { commune, otherCommune } = await aProvince(ctx);
		const { own, personId } = await aRapporteur(ctx, commune);
		expect(await owesOwnReport(own)).toBe(true);
		expect(await getOwnSelfReport(own, 2026)).toMatchObject({ year: 2026, isOwed: true, isOpen: true, lines: [] });
		await saveSelfReportLine(own, 2026, LINE);
		await saveSelfReportLine(own, 2026, { ...LINE, heldOn: '2026-02-10', people: 5, isOnline: true, form: 'media' });
		const [first, second] = (await getOwnSelfReport(own, 2026)).lines;
		expect([first?.heldOn, second?.heldOn]).toEqual(['2026-02-10', '2026-05-04']);
		await saveSelfReportLine(own, 2026, { ...LINE, id: second!.id, people: 70 });
		await removeSelfReportLine(own, 2026, first!.id);
		await saveSelfReportLine(own, 2026, { ...LINE, heldOn: '2026-11-01', people: 30, isOnline: true });

		const unit = admin(ctx, commune);
		expect((await listSelfReports(unit, { year: 2026 })).rows).toMatchObject([
			{ personId, state: 'draft', activities: 0, people: 0, isRapporteur: true }
		]);
		await saveSelfReport(own, 2026, WORDS);
		const listed = await listSelfReports(unit, { year: 2026 });
		expect(listed).toMatchObject({ total: 1, sent: 1, accepted: 0, activities: 2, people: 100 });
		expect(listed.rows).toMatchObject([{ state: 'sent', activities: 2, online: 1, people: 100 }]);
		const reportId = listed.rows[0]?.reportId ?? '';
		expect(await getSelfReport(unit, reportId)).toMatchObject({
			mayDecide: true,
			report: { proposals: 'Cấp máy chiếu' }
		});
		await expect(getSelfReport(admin(ctx, otherCommune), reportId)).rejects.toEqual(code('reporting.no_self_report'));
		await expect(saveSelfReportLine(own, 2026, LINE)).rejects.toEqual(code('reporting.self_report_sent'));

		await decideSelfReport(unit, reportId, { state: 'returned', reason: 'Thiếu hoạt động quý III' });
		const returned = await getOwnSelfReport(own, 2026);
		expect(returned.report).toMatchObject({ state: 'returned', returnReason: 'Thiếu hoạt động quý III' });
		const { version = 0 } = returned.report ?? {};
		await expect(saveSelfReport(own, 2026, { ...WORDS, version: version + 1 })).rejects.toEqual(code('form.stale'));
		await saveSelfReport(own, 2026, { ...WORDS, version });
		await withdrawSelfReport(own, 2026);
		await expect(getSelfReport(unit, reportId)).rejects.toEqual(code('reporting.no_self_report'));
		await expect(decideSelfReport(unit, reportId, { state: 'accepted' })).rejects.toEqual(
			code('reporting.no_self_report')
		);
		await saveSelfReport(own, 2026, { ...WORDS, version: version + 1 });
		await decideSelfReport(unit, reportId, { state: 'accepted' });
		await expect(decideSelfReport(unit, reportId, { state: 'accepted' })).rejects.toEqual(
			code('reporting.self_report_decided')
		);
		await expect(withdrawSelfReport(own, 2026)).rejects.toEqual(code('reporting.self_report_sent'));
		const { rows } = await selfReportSheet(unit, { year: 2026 }, 'vi');
		expect(rows.map((row) => [row[0], row[3], row[5], row[6], row[7]])).toEqual([
			['Trần Văn Bình', 'Đã tiếp nhận', 2, 1, 100]
		]);
	});

	test('names activities of its year only, and why there was none', async ({ ctx }) => {
		const { commune } = await aProvince(ctx);
		const { own } = await aRapporteur(ctx, commune);
		await expect(saveSelfReportLine(own, 2026, { ...LINE, heldOn: '2025-12-31' })).rejects.toEqual(
			code('reporting.self_report_other_year')
		);
		await expect(saveSelfReportLine(own, 2026, { ...LINE, heldOn: '2026-12-31' })).rejects.toEqual(
			code('form.date_future')
		);
		await expect(saveSelfReportLine(own, 2020, { ...LINE, heldOn: '2020-05-01' })).rejects.toEqual(
			code('reporting.self_report_year')
		);
		await expect(saveSelfReport(own, 2026, WORDS)).rejects.toEqual(code('reporting.self_report_empty'));
		await saveSelfReport(own, 2026, { ...WORDS, difficulties: 'Nghỉ thai sản cả năm' });
		expect((await getOwnSelfReport(own, 2026)).report?.state).toBe('sent');
		await saveSelfReportLine(own, 2025, { ...LINE, heldOn: '2025-05-01' });
	});

	test('is owed by rapporteurs and propagandists, listed once, reminded once a day, never decided by its writer', async ({
		ctx
	}) => {
		const { province, commune, otherCommune } = await aProvince(ctx);
		const { personId, own } = await aRapporteur(ctx, commune, 'Lê An', ['legal_rapporteur', 'legal_propagandist']);
		await aRapporteur(ctx, otherCommune, 'Lê Bích', ['legal_propagandist']);
		await aRapporteur(ctx, commune, 'Lê Chi', ['advising_official']);
		const all = as(ctx, anActor('province_admin', province));
		const rows = await allSelfReports(all, { year: 2026 });
		expect(rows.map(({ fullName, state }) => [fullName, state])).toEqual([
			['Lê An', 'missing'],
			['Lê Bích', 'missing']
		]);
		expect(await remindOfSelfReports(all, 2026)).toEqual({ told: 2 });
		expect(await remindOfSelfReports(all, 2026)).toEqual({ told: 0 });
		await saveSelfReportLine(own, 2026, LINE);
		await saveSelfReport(own, 2026, { ...WORDS, version: 1 });
		const herself = as(ctx, { ...anActor('unit_admin', commune), personId } as Actor);
		const [row] = (await listSelfReports(herself, { year: 2026, state: 'sent' })).rows;
		await expect(decideSelfReport(herself, row?.reportId ?? '', { state: 'accepted' })).rejects.toEqual(
			code('reporting.own_self_report')
		);
		await expect(listSelfReports(own, { year: 2026 })).rejects.toEqual(code('identity.not_permitted'));
	});

	test('of two rows of one person the one sent is listed, once', async ({ ctx }) => {
		const { province, commune } = await aProvince(ctx);
		const one = await aRapporteur(ctx, commune, 'Lê An');
		const other = await aRapporteur(ctx, commune, 'Lê  An');
		await saveSelfReportLine(one.own, 2026, LINE);
		await saveSelfReportLine(other.own, 2026, LINE);
		await saveSelfReport(other.own, 2026, { ...WORDS, version: 1 });
		const all = as(ctx, anActor('province_admin', province));
		await mergePeople(all, { keptId: one.personId, mergedId: other.personId, takes: [], accounts: 'both' });
		const rows = await allSelfReports(all, { year: 2026 });
		expect(rows).toMatchObject([{ personId: one.personId, state: 'sent', activities: 1 }]);
		expect((await getOwnSelfReport(one.own, 2026)).report?.state).toBe('sent');
		const kept = await ctx.db.execute(sql`select 1 from self_report`);
		expect(kept).toHaveLength(2);
	});
});
