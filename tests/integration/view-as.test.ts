import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { addGrant, createAccount, setDisabled } from '#lib/server/identity/accounts.ts';
import type { Role } from '#lib/server/identity/actor.ts';
import { visitorsOf } from '#lib/server/identity/request-actor.ts';
import { createSession, findSession, hashToken } from '#lib/server/identity/sessions.ts';
import { viewingRefusal } from '#lib/server/identity/viewing.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { sqlState } from '#lib/server/platform/errors.ts';
import { openServices, type Services } from '#lib/server/platform/services.ts';
import { beginViewing, endViewing } from '#lib/server/privacy/view-as.ts';
import { as, at, test } from '../support/test.ts';
import { aPerson, aProvince, type TestUnit } from '../support/training-world.ts';

const code = (value: string) => expect.objectContaining({ code: value });
const REASON = 'Hỗ trợ: không thấy lớp đang mở';

async function anAccount(ctx: Context, unit: TestUnit, role?: Role) {
	const personId = await aPerson(ctx, unit, 'Trần Văn Bình');
	const { accountId } = await createAccount(ctx, ctx.db, {
		...{ username: `u${randomUUID().slice(0, 8)}`, personId, displayName: 'Bình', password: 'mat khau rat dai' }
	});
	await ctx.db.execute(sql`update account set activated_at = now(), notice_version = 1 where id = ${accountId}`);
	if (role) await addGrant(ctx, ctx.db, { accountId, role, unitId: unit.id, validFrom: '2025-01-01' } as never);
	const { token } = await createSession(ctx.db, { accountId, isSharedMachine: false, now: ctx.now });
	return { accountId, personId, token };
}

async function withServices<T>(ctx: Context, work: (services: Services) => Promise<T>): Promise<T> {
	const services = await openServices({ workers: false, max: 2, config: ctx.config });
	try {
		return await work(services);
	} finally {
		await services.close();
	}
}

test('an administrator sees as another person, the person is told, and it ends by itself or by hand', async ({
	ctx
}) => {
	const { province, commune } = await aProvince(ctx);
	const admin = await anAccount(ctx, province, 'province_admin');
	const learner = await anAccount(ctx, commune);
	await withServices(ctx, async ({ pool, config, readOnlyPool }) => {
		const find = (now = ctx.now) => findSession(pool.sql, admin.token, now);
		const before = await find();
		const own = as(ctx, before!.actor);
		await expect(beginViewing(own, before!.sessionId, { accountId: admin.accountId, reason: REASON })).rejects.toEqual(
			code('identity.viewing_beyond_reach')
		);
		await beginViewing(own, before!.sessionId, { accountId: learner.accountId, reason: REASON });
		const seen = await find();
		expect(seen).toMatchObject({
			actor: { accountId: learner.accountId, personId: learner.personId, grants: [] },
			viewing: { owner: { accountId: admin.accountId } },
			noticeVersion: 1
		});
		// the learner's own session is the learner's
		expect((await findSession(pool.sql, learner.token, ctx.now))?.viewing).toBeUndefined();
		const told = await ctx.db.execute(
			sql`select params->>'reason' as reason from notification where person_id = ${learner.personId}`
		);
		expect([...told]).toEqual([{ reason: REASON }]);
		// uploads are answered before the pages: nobody there
		const visitors = visitorsOf({ pool, config: { ...config, origin: undefined } });
		const cookie = `session=${admin.token}; __Host-session=${admin.token}`;
		expect(await visitors.actorOf(cookie, ctx.now)).toEqual({ kind: 'anonymous' });
		// a page that writes when it is opened is refused by PostgreSQL
		const write = readOnlyPool().db.execute(sql`update account set display_name = 'x' where id = ${learner.accountId}`);
		expect(sqlState(await write.catch((error: unknown) => error))).toBe('25006');
		expect(await readOnlyPool().db.execute(sql`select 1 as x`)).toHaveLength(1);

		const late = at(ctx, new Date(ctx.now.getTime() + 31 * 60_000).toISOString());
		expect((await find(late.now))?.viewing).toBeUndefined();
		await endViewing(own, seen!.sessionId, seen!.actor);
		expect((await find())?.actor.accountId).toBe(admin.accountId);
		const log = await ctx.db.execute(
			sql`select action, object_id, actor_account_id from audit_event where action like 'account.viewing%' order by id`
		);
		expect([...log]).toEqual([
			{ action: 'account.viewing_begun', object_id: learner.accountId, actor_account_id: admin.accountId },
			{ action: 'account.viewing_ended', object_id: learner.accountId, actor_account_id: admin.accountId }
		]);
	});
});

test('it ends with the account that is looked at and with the role of who looks', async ({ ctx }) => {
	const { province, commune } = await aProvince(ctx);
	const admin = await anAccount(ctx, province, 'province_admin');
	const learner = await anAccount(ctx, commune);
	await withServices(ctx, async ({ pool }) => {
		const find = () => findSession(pool.sql, admin.token, ctx.now);
		const own = as(ctx, (await find())!.actor);
		const begin = () => beginViewing(own, hashToken(admin.token), { accountId: learner.accountId, reason: REASON });
		await begin();
		await setDisabled(ctx, ctx.db, learner.accountId, true);
		expect((await find())?.actor.accountId).toBe(admin.accountId);
		await setDisabled(ctx, ctx.db, learner.accountId, false);
		expect((await find())?.actor.accountId).toBe(learner.accountId);
		await addGrant(ctx, ctx.db, {
			...{ accountId: learner.accountId, role: 'technical_admin', unitId: province.id, validFrom: '2025-01-01' }
		} as never);
		expect((await find())?.actor.accountId).toBe(admin.accountId);
		await ctx.db.execute(sql`delete from role_grant where role = 'technical_admin'`);
		expect((await find())?.actor.accountId).toBe(learner.accountId);
		await ctx.db.execute(sql`delete from role_grant where account_id = ${admin.accountId}`);
		expect((await find())?.actor.accountId).toBe(admin.accountId);
	});
});

test('nobody but the administrator of the province, and not at those who run it', async ({ ctx }) => {
	const { province, commune } = await aProvince(ctx);
	const admin = await anAccount(ctx, province, 'province_admin');
	const other = await anAccount(ctx, province, 'province_admin');
	const operator = await anAccount(ctx, province, 'technical_admin');
	const unitAdmin = await anAccount(ctx, commune, 'unit_admin');
	const learner = await anAccount(ctx, commune);
	await withServices(ctx, async ({ pool }) => {
		const begin = async (who: { token: string }, whom: { accountId: string }, reason = REASON) => {
			const { actor, sessionId } = (await findSession(pool.sql, who.token, ctx.now))!;
			return beginViewing(as(ctx, actor), sessionId, { accountId: whom.accountId, reason });
		};
		for (const whom of [other, operator]) {
			await expect(begin(admin, whom)).rejects.toEqual(code('identity.viewing_beyond_reach'));
		}
		for (const who of [unitAdmin, learner, operator]) {
			await expect(begin(who, learner)).rejects.toEqual(code('identity.not_permitted'));
		}
		await begin(admin, unitAdmin);
		expect((await findSession(pool.sql, admin.token, ctx.now))?.actor.grants).toMatchObject([{ role: 'unit_admin' }]);
	});
});

test('forms, the person’s own rooms and pages with secrets are refused; pages are not', () => {
	const refusal = (routeId: string, method = 'GET') => viewingRefusal({ routeId, method });
	expect(refusal('/(learn)/learn/[participation=uuid]')).toBeUndefined();
	expect(refusal('/(learn)/learn/[participation=uuid]', 'POST')).toBe('identity.viewing_only');
	for (const routeId of [
		'/(account)/account',
		'/(account)/account/data/export',
		'/(account)/messages',
		'/(manage)/accounts',
		'/(admin)/audit'
	]) {
		expect([routeId, refusal(routeId)]).toEqual([routeId, 'identity.viewing_closed']);
	}
	expect([refusal('/(account)/viewing', 'POST'), refusal('/(public)/sign-out', 'POST')]).toEqual([
		undefined,
		undefined
	]);
});
