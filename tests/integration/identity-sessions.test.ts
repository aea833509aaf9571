import { sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { NOTICE_VERSION } from '#lib/identity/notice.ts';
import { addGrant, createAccount, setDisabled } from '#lib/server/identity/accounts.ts';
import type { Actor } from '#lib/server/identity/actor.ts';
import {
	changePassword,
	confirmNotice,
	endOwnSession,
	listOwnSessions,
	signIn,
	signOut,
	signOutEverywhereElse
} from '#lib/server/identity/service.ts';
import { findSession, hashToken } from '#lib/server/identity/sessions.ts';
import { ensureRootUnit } from '#lib/server/organisation/reference-data.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { as, at, NOW, test } from '../support/test.ts';

const PASSWORD = 'một câu dễ nhớ';
const code = (value: string, params = {}) => expect.objectContaining({ code: value, params });
const later = (ms: number) => new Date(NOW.getTime() + ms);
const MINUTE = 60_000;

async function anAccount(ctx: Context, more: { username?: string; phone?: string; email?: string } = {}) {
	const account = { displayName: 'Nguyễn Văn An', username: 'annv', password: PASSWORD, ...more };
	return (await createAccount(ctx, ctx.db, account)).accountId;
}

const attempt = (ctx: Context, name: string, password = PASSWORD, isSharedMachine = false) =>
	signIn(ctx, { name, password, isSharedMachine });

describe('signing in', () => {
	test.for(['annv', ' ANNV ', '0912345678', '+84 912 345 678', 'An@Example.vn'])(
		'works with "%s"',
		async (name, { ctx, services }) => {
			const accountId = await anAccount(ctx, { phone: '0912345678', email: 'an@example.vn' });
			const { token } = await attempt(ctx, name);
			const found = await findSession(services.pool.sql, token, NOW);
			expect(found?.actor).toMatchObject({ kind: 'account', accountId, displayName: 'Nguyễn Văn An', grants: [] });
		}
	);

	test('keeps only a hash of the token and makes a new one each time', async ({ ctx, services }) => {
		await anAccount(ctx);
		const [first, second] = [await attempt(ctx, 'annv'), await attempt(ctx, 'annv')];
		expect(first.token).not.toBe(second.token);
		const rows = await services.pool.sql`select * from session`;
		expect(JSON.stringify(rows)).not.toContain(first.token);
		expect(await findSession(services.pool.sql, hashToken(first.token).toString('base64url'), NOW)).toBeUndefined();
	});

	test('says the same of a wrong password, an unknown name, a closed and a waiting account', async ({ ctx }) => {
		const accountId = await anAccount(ctx);
		await createAccount(ctx, ctx.db, { displayName: 'Trần Chờ', username: 'choi' });
		const wrong = code('identity.wrong_credentials');
		await expect(attempt(ctx, 'annv', 'không phải')).rejects.toEqual(wrong);
		await expect(attempt(ctx, 'khongcoai', 'không phải')).rejects.toEqual(wrong);
		await expect(attempt(ctx, 'choi', 'không phải')).rejects.toEqual(wrong);
		await setDisabled(ctx, ctx.db, accountId, true);
		await expect(attempt(ctx, 'annv')).rejects.toEqual(wrong);
	});

	test('takes as long for a name nobody has as for one somebody has', async ({ ctx }) => {
		for (let i = 0; i < 5; i++) await anAccount(ctx, { username: `person${i}` });
		const timed = async (name: string) => {
			const startedAt = performance.now();
			await attempt(ctx, name, 'không phải').catch(() => {});
			return performance.now() - startedAt;
		};
		await timed('warm-up');
		const known: number[] = [];
		const unknown: number[] = [];
		for (let i = 0; i < 5; i++) {
			known.push(await timed(`person${i}`));
			unknown.push(await timed(`nobody${i}`));
		}
		const middle = (values: number[]) => values.toSorted((a, b) => a - b)[2]!;
		expect(middle(unknown)).toBeGreaterThan(middle(known) / 2);
		expect(middle(unknown)).toBeLessThan(middle(known) * 2);
	});
});

describe('guessing', () => {
	const wrongOnce = (ctx: Context, name = 'annv') => attempt(ctx, name, 'không phải').catch((error: unknown) => error);

	test('is slowed more and more, also for the right password, and then forgotten', async ({ ctx }) => {
		await anAccount(ctx);
		for (let i = 0; i < 6; i++) expect(await wrongOnce(ctx)).toEqual(code('identity.wrong_credentials'));
		expect(await wrongOnce(ctx)).toEqual(code('identity.too_many_attempts', { n: 5 }));
		await expect(attempt(at(ctx, later(2000)), 'annv')).rejects.toEqual(code('identity.too_many_attempts', { n: 3 }));
		expect(await wrongOnce(at(ctx, later(5000)))).toEqual(code('identity.wrong_credentials'));
		expect(await wrongOnce(at(ctx, later(5000)))).toEqual(code('identity.too_many_attempts', { n: 10 }));
		await attempt(at(ctx, later(15_000)), 'annv');
		expect(await wrongOnce(at(ctx, later(16_000)))).toEqual(code('identity.wrong_credentials'));
	});

	test('never makes the owner wait longer than five minutes', async ({ ctx }) => {
		await anAccount(ctx);
		await wrongOnce(ctx);
		await ctx.db.execute(sql`update sign_in_failure set count = 10000`);
		expect(await wrongOnce(ctx)).toEqual(code('identity.too_many_attempts', { n: 300 }));
		await attempt(at(ctx, later(300_000)), 'annv');
	});

	test('gains nothing from asking fifty times at once', async ({ ctx }) => {
		await anAccount(ctx);
		const answers = await Promise.all(Array.from({ length: 50 }, () => wrongOnce(ctx)));
		const checked = answers.filter((error) => (error as { code: string }).code === 'identity.wrong_credentials');
		expect(checked).toHaveLength(6);
	});

	test('at one name leaves others at the same address alone, and a name nobody has is slowed alike', async ({
		ctx
	}) => {
		const office = { ...ctx, clientAddress: '203.0.113.7' };
		await anAccount(office);
		for (let i = 0; i < 7; i++) await wrongOnce(office, 'nobody');
		expect(await wrongOnce(office, 'nobody')).toEqual(code('identity.too_many_attempts', { n: 5 }));
		await attempt(office, 'annv');
	});

	test('keeps neither names nor addresses', async ({ ctx, services }) => {
		await wrongOnce({ ...ctx, clientAddress: '203.0.113.7' }, 'annv');
		const rows = await services.pool.sql`select length(key) as length from sign_in_failure`;
		expect(rows).toEqual([{ length: 32 }, { length: 32 }]);
	});
});

describe('a session', () => {
	const lives = async (services: { pool: { sql: Parameters<typeof findSession>[0] } }, token: string, ms: number) =>
		(await findSession(services.pool.sql, token, later(ms))) !== undefined;
	const HOUR = 60 * MINUTE;

	test('ends twelve hours after it was last used, and after thirty days in any case', async ({ ctx, services }) => {
		await anAccount(ctx);
		const { token } = await attempt(ctx, 'annv');
		for (let hours = 11; hours < 30 * 24; hours += 11) expect(await lives(services, token, hours * HOUR)).toBe(true);
		expect(await lives(services, token, 30 * 24 * HOUR)).toBe(false);
		const { token: unused } = await attempt(ctx, 'annv');
		expect(await lives(services, unused, 12 * HOUR)).toBe(false);
	});

	test('on a shared machine ends after half an hour, has no date in its cookie, and lasts eight hours at most', async ({
		ctx,
		services
	}) => {
		await anAccount(ctx);
		const { token, expires } = await attempt(ctx, 'annv', PASSWORD, true);
		expect(expires).toBeUndefined();
		for (let minutes = 29; minutes < 8 * 60; minutes += 29)
			expect(await lives(services, token, minutes * MINUTE)).toBe(true);
		expect(await lives(services, token, 8 * HOUR)).toBe(false);
		const { token: unused } = await attempt(ctx, 'annv', PASSWORD, true);
		expect(await lives(services, unused, 30 * MINUTE)).toBe(false);
	});

	test('is written at most once a minute', async ({ ctx, services }) => {
		await anAccount(ctx);
		const { token } = await attempt(ctx, 'annv');
		const seen = async () => (await services.pool.sql`select last_seen_at::text as at from session`)[0]?.at as string;
		const before = await seen();
		await findSession(services.pool.sql, token, later(59_000));
		expect(await seen()).toBe(before);
		await findSession(services.pool.sql, token, later(61_000));
		expect(await seen()).not.toBe(before);
	});

	test('knows the roles that are held today, and not those that ended', async ({ ctx, services }) => {
		const accountId = await anAccount(ctx);
		const unitId = await ensureRootUnit(ctx.db, { code: 'MH', name: 'Tỉnh Minh Họa', validFrom: '2025-07-01' });
		await addGrant(ctx, ctx.db, { accountId, role: 'viewer', unitId });
		await addGrant(ctx, ctx.db, { accountId, role: 'unit_head', unitId });
		await ctx.db.execute(
			sql`update role_grant set valid_from = '2026-01-01', valid_to = '2026-11-20' where role = 'viewer'`
		);
		const { token } = await attempt(ctx, 'annv');
		const found = await findSession(services.pool.sql, token, NOW);
		expect(found?.actor.grants).toEqual([
			{ role: 'unit_head', unitId, unitPath: expect.stringMatching(/^\d+$/) as string }
		]);
	});

	test('ends by signing out, and all of them when the account is closed', async ({ ctx, services }) => {
		const accountId = await anAccount(ctx);
		const me = as(ctx, { kind: 'account', accountId, displayName: 'An', grants: [] });
		const [one, two] = [await attempt(ctx, 'annv'), await attempt(ctx, 'annv')];
		await signOut(me, hashToken(one.token));
		expect(await lives(services, one.token, 0)).toBe(false);
		expect(await lives(services, two.token, 0)).toBe(true);
		await setDisabled(ctx, ctx.db, accountId, true);
		expect(await lives(services, two.token, 0)).toBe(false);
	});

	test('is listed, ended one by one or all at once, and nobody ends another’s', async ({ ctx, services }) => {
		const mine = await anAccount(ctx);
		const theirs = await anAccount(ctx, { username: 'binhtt' });
		const actor = (accountId: string): Actor => ({ kind: 'account', accountId, displayName: '', grants: [] });
		const tokens = [await attempt(ctx, 'annv'), await attempt(ctx, 'annv'), await attempt(ctx, 'annv')];
		const other = await attempt(ctx, 'binhtt');
		const me = as(ctx, actor(mine));
		expect(await listOwnSessions(me)).toHaveLength(3);
		await endOwnSession(as(ctx, actor(theirs)), hashToken(tokens[1]!.token));
		expect(await listOwnSessions(me)).toHaveLength(3);
		await endOwnSession(me, hashToken(tokens[1]!.token));
		expect(await listOwnSessions(me)).toHaveLength(2);
		expect(await signOutEverywhereElse(me, hashToken(tokens[0]!.token))).toBe(1);
		expect(await lives(services, tokens[0]!.token, 0)).toBe(true);
		expect(await lives(services, other.token, 0)).toBe(true);
	});
});

describe('the own account', () => {
	test('changes its password after giving the old one, and other devices are signed out', async ({ ctx, services }) => {
		const accountId = await anAccount(ctx);
		const me = as(ctx, { kind: 'account', accountId, displayName: 'An', grants: [] });
		const [here, there] = [await attempt(ctx, 'annv'), await attempt(ctx, 'annv')];
		const change = (currentPassword: string, password: string) =>
			changePassword(me, hashToken(here.token), { currentPassword, password });
		await expect(change('không phải', 'một câu khác hẳn')).rejects.toEqual(code('identity.wrong_password'));
		await expect(change(PASSWORD, 'matkhau123')).rejects.toEqual(code('identity.password_common'));
		await expect(change(PASSWORD, PASSWORD)).rejects.toEqual(code('identity.password_same'));
		await change(PASSWORD, 'một câu khác hẳn');
		expect(await findSession(services.pool.sql, here.token, NOW)).toBeDefined();
		expect(await findSession(services.pool.sql, there.token, NOW)).toBeUndefined();
		await attempt(ctx, 'annv', 'một câu khác hẳn');
	});

	test('notes which version of the notice was read', async ({ ctx, services }) => {
		const accountId = await anAccount(ctx);
		const { token } = await attempt(ctx, 'annv');
		expect((await findSession(services.pool.sql, token, NOW))?.noticeVersion).toBe(0);
		await confirmNotice(as(ctx, { kind: 'account', accountId, displayName: 'An', grants: [] }));
		expect((await findSession(services.pool.sql, token, NOW))?.noticeVersion).toBe(NOTICE_VERSION);
	});
});
