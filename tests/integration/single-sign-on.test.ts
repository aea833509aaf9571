import { eq, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { listAuditRows } from '#lib/server/audit/queries.ts';
import { createAccount } from '#lib/server/identity/accounts.ts';
import { grantRole } from '#lib/server/organisation/accounts.ts';
import { findSession } from '#lib/server/identity/sessions.ts';
import { beginSso, finishSso, keep, reopen, SSO_LIFE_MS, type Waiting } from '#lib/server/identity/single-sign-on.ts';
import { accounts, signOnLinks } from '#lib/server/identity/tables.ts';
import { openNumberVault } from '#lib/server/organisation/personal-numbers.ts';
import {
	enterLinked,
	findMatch,
	linkMatch,
	linkWithPassword,
	unlinkOwn
} from '#lib/server/organisation/sign-on-links.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { CLIENT, signInAtProvider, startProvider } from '../support/oidc.ts';
import { test } from '../support/test.ts';
import { aPerson, aProvince } from '../support/training-world.ts';

const REDIRECT = 'http://localhost:3000/sign-in/sso/callback';
const NUMBER = '024075000123';
const SUBJECTS = {
	lan: { name: 'Nguyễn Thị Lan', email: 'lan@example.vn', email_verified: true, personal_number: NUMBER },
	minh: { name: 'Trần Minh', email: 'vanphong@example.vn', email_verified: true },
	unproven: { name: 'Kẻ Lạ', email: 'vanphong@example.vn', email_verified: false }
};

/** The test's world with a provider that it trusts. */
async function world(ctx: Context) {
	const provider = await startProvider(REDIRECT, SUBJECTS);
	const sso = {
		...{ issuer: provider.issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret, name: 'SSO của tỉnh' },
		...{ scope: 'openid profile email', personalNumberClaim: 'personal_number' }
	};
	const config = { ...ctx.config, sso };
	const here = { ...ctx, config };
	const prove = async (login: string): Promise<Waiting> => {
		const { address, kept } = await beginSso(config, { redirectUri: REDIRECT, next: '/my', now: ctx.now });
		const back = await signInAtProvider(address, login, REDIRECT);
		return finishSso(config, { address: back, redirectUri: REDIRECT, kept, now: ctx.now });
	};
	return { ...provider, ctx: here, config, prove };
}

async function withNumber(ctx: Context, personId: string): Promise<void> {
	const { encrypted, hmac } = openNumberVault(ctx.config).seal(NUMBER);
	await ctx.db.execute(
		sql`update person set personal_number_encrypted = ${encrypted}, personal_number_hmac = ${hmac} where id = ${personId}`
	);
}

test('a person of the roster is found by the personal number, confirms once, and enters from then on', async ({
	ctx: base,
	services
}) => {
	const { ctx, prove, close } = await world(base);
	const { commune } = await aProvince(ctx);
	await withNumber(ctx, await aPerson(ctx, commune, 'Nguyễn Thị Lan'));
	const { proven, next } = await prove('lan');
	expect([next, proven.personalNumber, proven.isTwoStep]).toEqual(['/my', NUMBER, false]);
	expect(await enterLinked(ctx, proven, {})).toBeUndefined();
	expect(await findMatch(ctx, proven)).toMatchObject({
		fullName: 'Nguyễn Thị Lan',
		unitName: commune.name,
		needsPassword: false
	});
	const { token } = await linkMatch(ctx, proven, { userAgent: 'Chrome' });
	expect(await findSession(services.pool.sql, token, ctx.now)).toMatchObject({
		actor: { displayName: 'Nguyễn Thị Lan' }
	});
	const again = await enterLinked(ctx, (await prove('lan')).proven, {});
	expect(again?.isPending).toBe(false);
	expect(await listAuditRows(ctx.db, { action: 'account.sign_on_linked' })).toMatchObject({ rows: { length: 1 } });
	const [account] = await ctx.db.select().from(accounts);
	const own = { ...ctx, actor: { kind: 'account' as const, accountId: account!.id, displayName: '', grants: [] } };
	await expect(unlinkOwn(own)).rejects.toMatchObject({ code: 'identity.sso_only_way' });
	await ctx.db.update(accounts).set({ disabledAt: ctx.now });
	expect(await enterLinked(ctx, proven, {})).toBeUndefined();
	await close();
});

test('an address alone, or an account with a role, asks for the password; an unproven address points to nobody', async ({
	ctx: base
}) => {
	const { ctx, prove, close } = await world(base);
	const { commune } = await aProvince(ctx);
	const personId = await aPerson(ctx, commune, 'Trần Minh');
	await ctx.db.execute(sql`update person set email = 'vanphong@example.vn' where id = ${personId}`);
	const { accountId } = await createAccount(ctx, ctx.db, {
		personId,
		displayName: 'Trần Minh',
		username: 'minh',
		password: 'mat-khau-rat-dai-2026'
	});
	const { proven } = await prove('minh');
	expect(await findMatch(ctx, proven)).toMatchObject({ accountId, needsPassword: true });
	await expect(linkMatch(ctx, proven, {})).rejects.toMatchObject({ code: 'identity.sso_no_match' });
	const link = (password: string) => linkWithPassword(ctx, proven, { name: 'minh', password }, {});
	await expect(link('sai')).rejects.toMatchObject({ code: 'identity.wrong_credentials' });
	const later = { ...ctx, now: new Date(ctx.now.getTime() + 60_000) };
	await linkWithPassword(later, proven, { name: 'minh', password: 'mat-khau-rat-dai-2026' }, {});
	expect(await ctx.db.select().from(signOnLinks).where(eq(signOnLinks.accountId, accountId))).toHaveLength(1);
	expect(await findMatch(ctx, (await prove('unproven')).proven)).toBeUndefined();
	const lan = await aPerson(ctx, commune, 'Nguyễn Thị Lan');
	await withNumber(ctx, lan);
	const staff = await createAccount(ctx, ctx.db, { personId: lan, displayName: 'Lan' });
	await grantRole(ctx, { accountId: staff.accountId, role: 'unit_admin', unitId: commune.id });
	expect(await findMatch(ctx, (await prove('lan')).proven)).toMatchObject({ needsPassword: true });
	await close();
});

test('another browser’s, an old, a forged and a repeated answer open nothing', async ({ ctx: base }) => {
	const { ctx, config, close } = await world(base);
	const begin = () => beginSso(config, { redirectUri: REDIRECT, next: '/', now: ctx.now });
	const mine = await begin();
	const theirs = await begin();
	const back = await signInAtProvider(mine.address, 'lan', REDIRECT);
	const finish = (kept: string | undefined, address = back, now = ctx.now) =>
		finishSso(config, { address, redirectUri: REDIRECT, kept, now });
	const refused = { code: 'identity.sso_failed' };
	await expect(finish(undefined)).rejects.toMatchObject(refused);
	await expect(finish(theirs.kept)).rejects.toMatchObject(refused);
	await expect(finish('forged')).rejects.toMatchObject(refused);
	await expect(finish(mine.kept, back, new Date(ctx.now.getTime() + SSO_LIFE_MS))).rejects.toMatchObject(refused);
	const without = new URL(back);
	without.searchParams.delete('iss');
	await expect(finish(mine.kept, without)).rejects.toMatchObject(refused); // mix-up of providers, RFC 9207
	expect((await finish(mine.kept)).proven.subject).toBe('lan');
	await expect(finish(mine.kept)).rejects.toMatchObject(refused);
	await expect(beginSso(base.config, { redirectUri: REDIRECT, next: '/', now: ctx.now })).rejects.toMatchObject({
		kind: 'not_found'
	});
	const waiting = keep(config, {
		proven: { issuer: 'i', subject: 's', name: '', isTwoStep: false },
		next: '/',
		at: ctx.now.getTime()
	});
	expect(reopen({ secretKey: 'another-key-another-key-another-key-0' }, waiting, ctx.now)).toBeUndefined();
	const unreachable = { ...config, sso: { ...config.sso, issuer: 'http://127.0.0.1:1' } };
	await expect(beginSso(unreachable, { redirectUri: REDIRECT, next: '/', now: ctx.now })).rejects.toMatchObject({
		code: 'identity.sso_unreachable'
	});
	await close();
});
