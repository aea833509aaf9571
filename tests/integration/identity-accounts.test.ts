import { describe, expect } from 'vitest';
import { addGrant, createAccount } from '#lib/server/identity/accounts.ts';
import type { Role } from '#lib/server/identity/actor.ts';
import { EVERYTHING } from '#lib/server/identity/permissions.ts';
import { openSlip, signIn, useSlip } from '#lib/server/identity/service.ts';
import { findSession } from '#lib/server/identity/sessions.ts';
import {
	closeAccount,
	endAccountSessions,
	endRole,
	getAccount,
	grantRole,
	issueSlip,
	issueUnitSlips,
	listAccounts,
	slipUnitName
} from '#lib/server/organisation/accounts.ts';
import { addPerson, type NewPerson } from '#lib/server/organisation/people.ts';
import { getUnit } from '#lib/server/organisation/queries.ts';
import { ensureReferenceData, ensureRootUnit } from '#lib/server/organisation/reference-data.ts';
import { createUnit } from '#lib/server/organisation/units.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { as, at, test } from '../support/test.ts';

const PASSWORD = 'một câu dễ nhớ';
const code = (value: string) => expect.objectContaining({ code: value });
const use = (ctx: Context, secret: string, more: { username?: string; password?: string } = {}) =>
	useSlip(ctx, secret, { password: PASSWORD, isSharedMachine: false, username: undefined, ...more });

/** A province with two communes, the first with a school below it. */
async function aProvince(ctx: Context) {
	await ensureReferenceData(ctx.db);
	const root = await ensureRootUnit(ctx.db, { code: 'MH', name: 'Tỉnh Minh Họa', validFrom: '2025-07-01' });
	const unit = async (unitCode: string, name: string, parentId = root) => {
		const about = { parentId, code: unitCode, name, shortName: undefined, type: 'commune' as const };
		return (await createUnit(ctx, { ...about, givesAggregates: false, validFrom: '2025-07-01' })).unitId;
	};
	const commune = await unit('MH-01', 'UBND xã Minh Tâm');
	const other = await unit('MH-02', 'UBND xã Tân An');
	const school = await unit('MH-01-01', 'Trường THCS Minh Tâm', commune);
	return { root, commune, other, school };
}

async function aPerson(ctx: Context, unitId: string, fullName: string, more: Partial<NewPerson> = {}): Promise<string> {
	const added = await addPerson(ctx, { fullName, unitId, validFrom: '2026-01-05', ...more });
	if (!('personId' in added)) throw new Error('looks like someone else');
	return added.personId;
}

/** The context of somebody with an account and a role in a unit. */
async function roleIn(
	ctx: Context,
	unitId: string,
	role: Role = 'unit_admin',
	username = `u-${role}`
): Promise<Context> {
	const { accountId } = await createAccount(ctx, ctx.db, { displayName: username, username, password: PASSWORD });
	await addGrant(ctx, ctx.db, { accountId, role, unitId });
	const { path } = await getUnit(ctx.db, EVERYTHING, unitId);
	return as(ctx, { kind: 'account', accountId, displayName: username, grants: [{ role, unitId, unitPath: path }] });
}

describe('a slip', () => {
	test('lets its person choose a name and a password once, and signs in', async ({ ctx, services }) => {
		const { commune } = await aProvince(ctx);
		const personId = await aPerson(ctx, commune, 'Nguyễn Thị Lan', { phone: '0912345678' });
		const admin = await roleIn(ctx, commune);
		const slip = await issueSlip(admin, personId);
		expect(slip).toMatchObject({ fullName: 'Nguyễn Thị Lan', unitName: 'UBND xã Minh Tâm', username: '0912345678' });
		expect(slip.secret).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);

		const seen = await openSlip(ctx, slip.secret.toLowerCase().replaceAll('-', ' '));
		expect(seen).toMatchObject({ displayName: 'Nguyễn Thị Lan', purpose: 'activate' });
		expect(await slipUnitName(ctx, seen!.personId)).toBe('UBND xã Minh Tâm');

		const { token } = await use(ctx, slip.secret, { username: 'lannt' });
		expect((await findSession(services.pool.sql, token, ctx.now))?.actor).toMatchObject({ personId });
		await signIn(ctx, { name: 'lannt', password: PASSWORD, isSharedMachine: false });
		await expect(use(ctx, slip.secret)).rejects.toEqual(code('identity.slip_invalid'));
		expect(await openSlip(ctx, slip.secret)).toBeUndefined();
	});

	test('is used by one of two who try at once', async ({ ctx }) => {
		const { commune } = await aProvince(ctx);
		const slip = await issueSlip(ctx, await aPerson(ctx, commune, 'Nguyễn Thị Lan'));
		const both = await Promise.allSettled([use(ctx, slip.secret), use(ctx, slip.secret)]);
		expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
	});

	test('dies at the end of the thirtieth day, and when a newer one is printed', async ({ ctx }) => {
		const { commune } = await aProvince(ctx);
		const personId = await aPerson(ctx, commune, 'Nguyễn Thị Lan');
		const first = await issueSlip(ctx, personId);
		expect(await openSlip(at(ctx, '2026-12-20T23:59:00+07:00'), first.secret)).toBeDefined();
		expect(await openSlip(at(ctx, '2026-12-21T00:00:00+07:00'), first.secret)).toBeUndefined();
		const second = await issueSlip(ctx, personId);
		expect(await openSlip(ctx, first.secret)).toBeUndefined();
		expect(await openSlip(ctx, second.secret)).toBeDefined();
	});

	test('refuses a name that is taken or another’s number, and weak passwords, without being used up', async ({
		ctx
	}) => {
		const { commune } = await aProvince(ctx);
		await createAccount(ctx, ctx.db, { displayName: 'An', username: 'annv', password: PASSWORD });
		const { secret } = await issueSlip(ctx, await aPerson(ctx, commune, 'Nguyễn Thị Lan'));
		await expect(use(ctx, secret, { username: 'annv' })).rejects.toEqual(code('identity.username_taken'));
		await expect(use(ctx, secret, { username: '0987654321' })).rejects.toEqual(code('identity.username_phone'));
		await expect(use(ctx, secret, { password: '12345678' })).rejects.toEqual(code('identity.password_common'));
		await expect(use(ctx, secret, { username: 'lannt22', password: 'lannt22' })).rejects.toEqual(
			code('identity.password_common')
		);
		await use(ctx, secret, { username: 'lannt' });
	});

	test('resets a password: the old one works until then, and every session ends', async ({ ctx, services }) => {
		const { commune } = await aProvince(ctx);
		const personId = await aPerson(ctx, commune, 'Nguyễn Thị Lan');
		await use(ctx, (await issueSlip(ctx, personId)).secret, { username: 'lannt' });
		const slip = await issueSlip(await roleIn(ctx, commune), personId);
		expect(slip).toMatchObject({ purpose: 'reset', username: 'lannt' });
		const before = await signIn(ctx, { name: 'lannt', password: PASSWORD, isSharedMachine: false });
		await use(ctx, slip.secret, { password: 'một câu khác hẳn', username: 'khac' });
		expect(await findSession(services.pool.sql, before.token, ctx.now)).toBeUndefined();
		await signIn(ctx, { name: 'lannt', password: 'một câu khác hẳn', isSharedMachine: false });
	});

	test('is never kept in clear', async ({ ctx, services }) => {
		const { commune } = await aProvince(ctx);
		const { secret } = await issueSlip(ctx, await aPerson(ctx, commune, 'Nguyễn Thị Lan'));
		const plain = secret.replaceAll('-', '');
		const kept = await services.pool.sql`select to_jsonb(t)::text as row from account_token t
			union all select to_jsonb(e)::text from audit_event e`;
		expect(kept.length).toBeGreaterThan(1);
		expect(JSON.stringify(kept)).not.toMatch(new RegExp(`${secret}|${plain}`));
	});
});

describe('printing for a unit', () => {
	test('makes slips for those who have not activated, and accounts for those without one', async ({ ctx }) => {
		const { commune, school, other } = await aProvince(ctx);
		const admin = await roleIn(ctx, commune);
		const active = await aPerson(ctx, commune, 'Trần Văn Bình');
		await use(ctx, (await issueSlip(ctx, active)).secret);
		await aPerson(ctx, commune, 'Nguyễn Văn An', { phone: '0912345678' });
		await aPerson(ctx, commune, 'Nông Văn An');
		await aPerson(ctx, school, 'Lê Thị Mai');
		const own = await issueUnitSlips(admin, { unitId: commune, withSubunits: false });
		expect(own.map(({ fullName, username }) => [fullName, username])).toEqual([
			['Nguyễn Văn An', '0912345678'],
			['Nông Văn An', 'annv']
		]);
		const all = await issueUnitSlips(admin, { unitId: commune, withSubunits: true });
		expect(all.map(({ fullName }) => fullName)).toEqual(['Nguyễn Văn An', 'Nông Văn An', 'Lê Thị Mai']);
		expect(await openSlip(ctx, own[0]!.secret)).toBeUndefined();
		await expect(issueUnitSlips(admin, { unitId: other, withSubunits: false })).rejects.toMatchObject({
			kind: 'not_found'
		});
	});

	test('gives two people with one number or one name different user names', async ({ ctx }) => {
		const { commune } = await aProvince(ctx);
		await aPerson(ctx, commune, 'Nguyễn Văn An', { phone: '0912345678' });
		await aPerson(ctx, commune, 'Ngô Văn An', { phone: '0912345678', isAnother: true });
		await aPerson(ctx, commune, 'Nghiêm Vũ An', { isAnother: true });
		const slips = await issueUnitSlips(ctx, { unitId: commune, withSubunits: false });
		expect(new Set(slips.map(({ username }) => username))).toEqual(new Set(['0912345678', 'annv', 'annv2']));
	});
});

describe('a unit admin', () => {
	test('finds the own people by name with or without marks, by number and by state, and nobody else’s', async ({
		ctx
	}) => {
		const { commune, other } = await aProvince(ctx);
		await aPerson(ctx, commune, 'Đỗ Thị Ánh', { phone: '0912345678' });
		await aPerson(ctx, other, 'Đỗ Thị Ánh', { isAnother: true });
		const admin = await roleIn(ctx, commune);
		for (const text of ['đỗ thị ánh', 'do thi anh', 'ÁNH', '0912 345 678']) {
			const { rows, total } = await listAccounts(admin, { text });
			expect(rows.map(({ unitName, state }) => [unitName, state])).toEqual([['UBND xã Minh Tâm', 'none']]);
			expect(total).toBe(1);
		}
		expect((await listAccounts(admin, { state: 'active' })).rows).toEqual([]);
		expect((await listAccounts(admin, { text: '100%' })).rows).toEqual([]);
	});

	test('cannot touch an account of another unit', async ({ ctx }) => {
		const { commune, other } = await aProvince(ctx);
		const personId = await aPerson(ctx, other, 'Nguyễn Thị Lan');
		const { accountId } = await issueSlip(ctx, personId);
		const admin = await roleIn(ctx, commune);
		const missing = expect.objectContaining({ kind: 'not_found' }) as unknown;
		await expect(issueSlip(admin, personId)).rejects.toEqual(missing);
		await expect(getAccount(admin, accountId)).rejects.toEqual(missing);
		await expect(closeAccount(admin, accountId, true)).rejects.toEqual(missing);
		await expect(endAccountSessions(admin, accountId)).rejects.toEqual(missing);
	});

	test('cannot become the province admin who works in the own unit by resetting that password', async ({ ctx }) => {
		const { root, commune } = await aProvince(ctx);
		const personId = await aPerson(ctx, commune, 'Nguyễn Thị Lan');
		const { accountId, secret } = await issueSlip(ctx, personId);
		await use(ctx, secret);
		await addGrant(ctx, ctx.db, { accountId, role: 'province_admin', unitId: root });
		const admin = await roleIn(ctx, commune);
		const refused = code('identity.account_beyond_reach');
		await expect(issueSlip(admin, personId)).rejects.toEqual(refused);
		await expect(closeAccount(admin, accountId, true)).rejects.toEqual(refused);
		await expect(endAccountSessions(admin, accountId)).rejects.toEqual(refused);
		await issueSlip(await roleIn(ctx, root, 'province_admin'), personId);
	});

	test('gives no roles', async ({ ctx }) => {
		const { commune } = await aProvince(ctx);
		const { accountId } = await issueSlip(ctx, await aPerson(ctx, commune, 'Nguyễn Thị Lan'));
		const admin = await roleIn(ctx, commune);
		const grant = { accountId, role: 'unit_admin' as const, unitId: commune };
		await expect(grantRole(admin, grant)).rejects.toEqual(code('identity.not_permitted'));
	});

	test.for(['learner', 'trainer', 'content_approver', 'unit_head', 'viewer', 'technical_admin'] as const)(
		'is not what a %s is',
		async (role, { ctx }) => {
			const { commune } = await aProvince(ctx);
			const personId = await aPerson(ctx, commune, 'Nguyễn Thị Lan');
			const actor = await roleIn(ctx, commune, role);
			const refused = code('identity.not_permitted');
			await expect(listAccounts(actor, {})).rejects.toEqual(refused);
			await expect(issueSlip(actor, personId)).rejects.toEqual(refused);
			await expect(issueUnitSlips(actor, { unitId: commune, withSubunits: true })).rejects.toEqual(refused);
		}
	);
});

describe('roles', () => {
	test('are given and taken by a province admin, and the last one stays', async ({ ctx }) => {
		const { root, commune } = await aProvince(ctx);
		const { accountId } = await issueSlip(ctx, await aPerson(ctx, commune, 'Nguyễn Thị Lan'));
		const province = await roleIn(ctx, root, 'province_admin');
		await grantRole(province, { accountId, role: 'unit_admin', unitId: commune });
		await grantRole(province, { accountId, role: 'unit_admin', unitId: commune });
		const { roles } = await getAccount(province, accountId);
		expect(roles.map(({ role, unitName }) => [role, unitName])).toEqual([['unit_admin', 'UBND xã Minh Tâm']]);
		await endRole(province, accountId, roles[0]!.id);
		expect((await getAccount(province, accountId)).roles).toEqual([]);

		const me = province.actor.kind === 'account' ? province.actor.accountId : '';
		const [own] = (await getAccount(province, me)).roles;
		await expect(endRole(province, me, own!.id)).rejects.toEqual(code('identity.last_admin'));
		await expect(closeAccount(province, me, true)).rejects.toEqual(code('identity.own_account'));
		await grantRole(province, { accountId, role: 'province_admin', unitId: root });
		await endRole(province, me, own!.id);
	});
});
