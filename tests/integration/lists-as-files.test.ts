import { expect } from 'vitest';
import { listAuditRows } from '#lib/server/audit/queries.ts';
import { auditSheet } from '#lib/server/identity/audit-sheet.ts';
import { accountSheet } from '#lib/server/organisation/account-sheet.ts';
import { listPeople } from '#lib/server/organisation/people-pages.ts';
import { peopleSheet } from '#lib/server/organisation/people-sheet.ts';
import { unitSheet } from '#lib/server/organisation/unit-sheet.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { csvFile } from '#lib/server/platform/office/sheet-files.ts';
import { claimSheet } from '#lib/server/training/elsewhere/claim-sheet.ts';
import { openClass } from '#lib/server/training/classes.ts';
import { siteSheet } from '#lib/server/training/site-sheet.ts';
import { inviteUnits } from '#lib/server/training/sites.ts';
import { test } from '../support/test.ts';
import { anActor, aPerson, aProvince, classInput } from '../support/training-world.ts';

/** A province with more people than one page shows. */
async function aRoster(ctx: Context) {
	const world = await aProvince(ctx);
	for (let i = 0; i < 60; i++) await aPerson(ctx, world.commune, `Nguyễn Thị Lan ${i}`);
	await aPerson(ctx, world.otherCommune, 'Trần Văn Khác');
	return world;
}

test('the roster as a file holds every page of the list, no telephone, and that it was taken', async ({ ctx }) => {
	const { commune } = await aRoster(ctx);
	const own = { ...ctx, actor: anActor('unit_admin', commune) };
	const { total, rows } = await listPeople(own, {});
	expect([rows.length, total]).toEqual([50, 60]);
	const sheet = await peopleSheet(own, { page: 2 }, 'vi');
	expect(sheet.rows).toHaveLength(60);
	expect(sheet.headings.join()).not.toMatch(/thoại|định danh/i);
	expect(csvFile(sheet)).not.toContain('Trần Văn Khác');
	expect((await peopleSheet(own, { text: 'huong' }, 'vi')).rows).toHaveLength(0);
	expect(await listAuditRows(ctx.db, { action: 'people.exported' })).toMatchObject({
		rows: [{ details: { list: 'roster', rows: 0 } }, { details: { list: 'roster', rows: 60 } }]
	});
});

test('units in the order of the tree, accounts with their state, the log with what was done', async ({ ctx }) => {
	const { province, commune } = await aRoster(ctx);
	const units = await unitSheet(ctx, undefined, 'vi');
	const named = units.rows.map(([, name, , parent]) => [name, parent]);
	expect(named[0]).toEqual([province.name, '']);
	expect(named).toContainEqual([commune.name, province.name]);
	expect(units.rows[0]?.at(-1)).toBe(61);
	const accounts = await accountSheet({ ...ctx, actor: anActor('unit_admin', commune) }, { state: 'none' }, 'vi');
	expect(accounts.rows).toHaveLength(60);
	expect(accounts.headings).toHaveLength(3);
	const log = await auditSheet(ctx, { action: 'people.exported' }, 'vi');
	expect(log.rows.map(([, , ...action]) => action.slice(0, 2))).toEqual([
		['Danh sách đối tượng: xuất tệp', 'people.exported']
	]);
});

test('bridge sites and claims: who has sent, who has not', async ({ ctx }) => {
	const { province, commune, otherCommune } = await aProvince(ctx);
	const { activityId } = await openClass(ctx, classInput(province, null, { mode: 'online_live' }));
	await inviteUnits(ctx, activityId, { unitIds: [commune.id, otherCommune.id], mode: 'online_live' });
	const sites = await siteSheet(ctx, activityId, 'vi');
	expect(sites.rows.map(([, state]) => state)).toEqual(['Chưa gửi', 'Chưa gửi']);
	expect(sites.notes.at(-1)).toBe('0/2 đơn vị đã gửi danh sách');
	expect((await claimSheet(ctx, 'vi')).rows).toEqual([]);
	const neighbour = { ...ctx, actor: anActor('unit_admin', otherCommune) };
	await expect(siteSheet(neighbour, activityId, 'vi')).rejects.toMatchObject({ kind: 'not_found' });
});
