import { expect } from 'vitest';
import { listPublicRapporteurs, switchRapporteurList } from '#lib/server/indicators/rapporteurs.ts';
import { accounts, roleGrants } from '#lib/server/identity/tables.ts';
import { notifications } from '#lib/server/notifications/tables.ts';
import { ANONYMOUS } from '#lib/server/identity/actor.ts';
import { remindOfReview } from '#lib/server/training/roster-review.ts';
import { as, at, test } from '../support/test.ts';
import { anActor, aPerson, aProvince } from '../support/training-world.ts';

test('the province publishes names, units and fields of rapporteurs, and nothing else', async ({ ctx }) => {
	const { province, commune } = await aProvince(ctx);
	const rapporteur = {
		categories: ['legal_rapporteur'],
		legalFields: ['đất đai', 'Nhà ở', 'Luật biển'],
		phone: '0912345678'
	};
	await aPerson(ctx, commune, 'Nguyễn Văn An', rapporteur);
	await aPerson(ctx, commune, 'Trần Thị Bình');
	const visitor = as(ctx, ANONYMOUS);
	await expect(listPublicRapporteurs(visitor, { page: 1 })).rejects.toMatchObject({ kind: 'not_found' });
	await expect(switchRapporteurList(as(ctx, anActor('unit_admin', commune)), true)).rejects.toMatchObject({
		kind: 'forbidden'
	});
	await switchRapporteurList(as(ctx, anActor('province_admin', province)), true);
	const { rows } = await listPublicRapporteurs(visitor, { page: 1, text: 'nguyen', field: 'land' });
	expect(rows).toEqual([
		{ fullName: 'Nguyễn Văn An', unitName: 'Xã Yên Lâm', fields: ['Đất đai, xây dựng, nhà ở', 'Luật biển'] }
	]);
	expect((await listPublicRapporteurs(visitor, { page: 1, field: 'criminal' })).rows).toEqual([]);
});

test('in September each unit with rapporteurs is reminded once to go through its list', async ({ ctx }) => {
	const { commune } = await aProvince(ctx);
	await aPerson(ctx, commune);
	const [account] = await ctx.db
		.insert(accounts)
		.values({ username: 'dau.moi', displayName: 'Đầu mối' })
		.returning({ id: accounts.id });
	await ctx.db
		.insert(roleGrants)
		.values({ accountId: account!.id, role: 'unit_admin', unitId: commune.id, validFrom: '2025-01-01' });
	const september = at(ctx, '2026-09-01T08:00:00+07:00');
	await remindOfReview(september);
	await remindOfReview(september);
	const told = await ctx.db.select().from(notifications);
	expect(told.map(({ template, params }) => [template, params])).toEqual([
		['training.roster_review', { unit: 'Xã Yên Lâm', people: '1', year: '2026' }]
	]);
});
