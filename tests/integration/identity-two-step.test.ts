import { Secret, TOTP } from 'otpauth';
import { describe, expect } from 'vitest';
import { addGrant, createAccount } from '#lib/server/identity/accounts.ts';
import type { Actor } from '#lib/server/identity/actor.ts';
import { signIn, useSlip } from '#lib/server/identity/service.ts';
import { findSession, hashToken } from '#lib/server/identity/sessions.ts';
import { changeSetting, getSetting } from '#lib/server/identity/settings.ts';
import { issueToken } from '#lib/server/identity/tokens.ts';
import {
	confirmPresence,
	finishSignIn,
	getOwnTwoStep,
	proposeTwoStep,
	renewOwnRecoveryCodes,
	turnOffTwoStep,
	turnOnTwoStep
} from '#lib/server/identity/two-step.ts';
import { removeAccountTwoStep } from '#lib/server/organisation/accounts.ts';
import { ensureRootUnit } from '#lib/server/organisation/reference-data.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { as, at, NOW, test } from '../support/test.ts';

const PASSWORD = 'hoa mai vàng 2026';
const MINUTE = 60_000;
const later = (ctx: Context, ms: number) => at(ctx, new Date(NOW.getTime() + ms));
const code = (text: string) => expect.objectContaining({ code: text }) as unknown;

/** What the telephone shows. */
function codeAt(ctx: Context, key: string): string {
	const secret = Secret.fromBase32(key.replaceAll(' ', ''));
	return new TOTP({ secret }).generate({ timestamp: ctx.now.getTime() });
}

async function anAdmin(ctx: Context, role: 'province_admin' | 'unit_admin' = 'province_admin', username = 'quantri') {
	const unitId = await ensureRootUnit(ctx.db, { code: 'MH', name: 'Tỉnh Minh Họa', validFrom: '2025-07-01' });
	const { accountId } = await createAccount(ctx, ctx.db, { displayName: 'Quản Trị', username, password: PASSWORD });
	await addGrant(ctx, ctx.db, { accountId, role, unitId });
	const actor: Actor = { kind: 'account', accountId, displayName: '', grants: [{ role, unitId, unitPath: '1' }] };
	return { accountId, me: as(ctx, actor) };
}

/** An account whose second step was set up a minute ago. */
async function withTwoStep(ctx: Context) {
	const { accountId, me } = await anAdmin(ctx);
	await proposeTwoStep(me);
	const key = (await getOwnTwoStep(me)).proposal?.text ?? '';
	const before = later(me, -MINUTE);
	const codes = await turnOnTwoStep(before, Buffer.alloc(32), codeAt(before, key));
	return { accountId, me, key, codes };
}

const first = (ctx: Context) => signIn(ctx, { name: 'quantri', password: PASSWORD, isSharedMachine: false });

describe('the second step', () => {
	test('keeps everything shut after the password, and opens with a code once', async ({ ctx, services }) => {
		const { key } = await withTwoStep(ctx);
		const { token, isPending } = await first(ctx);
		expect(isPending).toBe(true);
		expect(await findSession(services.pool.sql, token, NOW)).toBeUndefined();
		await expect(finishSignIn(ctx, token, '000000')).rejects.toEqual(code('identity.wrong_code'));
		const { token: whole } = await finishSignIn(ctx, token, codeAt(ctx, key));
		expect(whole).not.toBe(token);
		expect(await findSession(services.pool.sql, whole, NOW)).toMatchObject({ twoStep: 'on' });
		await expect(finishSignIn(ctx, token, codeAt(ctx, key))).rejects.toEqual(code('identity.session_expired'));
		const again = await first(ctx);
		await expect(finishSignIn(ctx, again.token, codeAt(ctx, key))).rejects.toEqual(code('identity.wrong_code'));
		const next = later(ctx, MINUTE);
		const both = await Promise.allSettled(
			[await first(next), await first(next)].map(({ token }) => finishSignIn(next, token, codeAt(next, key)))
		);
		expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
	});

	test('waits ten minutes for the code, and guessing grows slow', async ({ ctx }) => {
		const { key } = await withTwoStep(ctx);
		const { token } = await first(ctx);
		await expect(finishSignIn(later(ctx, 11 * MINUTE), token, codeAt(ctx, key))).rejects.toEqual(
			code('identity.session_expired')
		);
		for (let n = 0; n < 6; n++)
			await expect(finishSignIn(ctx, token, '000000')).rejects.toEqual(code('identity.wrong_code'));
		await expect(finishSignIn(ctx, token, codeAt(ctx, key))).rejects.toEqual(code('identity.too_many_attempts'));
	});

	test('takes each recovery code once, as it was printed or typed', async ({ ctx }) => {
		const { codes, me } = await withTwoStep(ctx);
		expect(new Set(codes).size).toBe(10);
		await finishSignIn(ctx, (await first(ctx)).token, codes[0]!.toUpperCase().replace('-', ' '));
		await expect(finishSignIn(ctx, (await first(ctx)).token, codes[0]!)).rejects.toEqual(code('identity.wrong_code'));
		expect((await getOwnTwoStep(me)).codesLeft).toBe(9);
		const renewed = await renewOwnRecoveryCodes(me);
		await expect(finishSignIn(ctx, (await first(ctx)).token, codes[1]!)).rejects.toEqual(code('identity.wrong_code'));
		await finishSignIn(ctx, (await first(ctx)).token, renewed[1]!);
	});

	test('is not skipped by a password slip', async ({ ctx, services }) => {
		const { accountId } = await withTwoStep(ctx);
		const { secret } = await issueToken(ctx, ctx.db, accountId, 'reset');
		const { token, isPending } = await useSlip(ctx, secret, { password: 'một câu khác hẳn', isSharedMachine: false });
		expect(isPending).toBe(true);
		expect(await findSession(services.pool.sql, token, NOW)).toBeUndefined();
	});

	test('is demanded of admins after their days of grace, and at once when they turn it off', async ({
		ctx,
		services
	}) => {
		const { me, accountId } = await anAdmin(ctx);
		const stateAt = async (context: Context) =>
			(await findSession(services.pool.sql, (await first(context)).token, context.now))?.twoStep;
		expect(await stateAt(ctx)).toBe('due');
		expect(await stateAt(later(ctx, 6 * 1440 * MINUTE))).toBe('due');
		expect(await stateAt(later(ctx, 7 * 1440 * MINUTE))).toBe('overdue');
		await proposeTwoStep(me);
		const key = (await getOwnTwoStep(me)).proposal?.text ?? '';
		await expect(turnOnTwoStep(me, Buffer.alloc(32), '123456')).rejects.toEqual(code('identity.wrong_code'));
		await turnOnTwoStep(me, Buffer.alloc(32), codeAt(ctx, key));
		await expect(proposeTwoStep(me)).rejects.toEqual(code('identity.two_step_on'));
		await turnOffTwoStep(me);
		expect(await stateAt(ctx)).toBe('overdue');
		await changeSetting(me, 'two_step', { mode: 'remind', roles: ['province_admin'], graceDays: 7 }, 0);
		expect(await stateAt(ctx)).toBe('due');
		expect(accountId).toBeTruthy();
	});

	test('is removed by whoever grants roles, and by nobody else', async ({ ctx, services }) => {
		const { accountId, me } = await withTwoStep(ctx);
		const other = await anAdmin(ctx, 'unit_admin', 'donvi');
		await expect(removeAccountTwoStep(other.me, accountId)).rejects.toEqual(code('identity.not_permitted'));
		await removeAccountTwoStep(me, accountId);
		const { token, isPending } = await first(ctx);
		expect(isPending).toBe(false);
		expect(await findSession(services.pool.sql, token, NOW)).toMatchObject({ twoStep: 'overdue' });
	});
});

test('an admin’s session ends after two hours unused, and after twelve in any case', async ({ ctx, services }) => {
	await anAdmin(ctx);
	const { token } = await first(ctx);
	const lives = async (minutes: number) =>
		(await findSession(services.pool.sql, token, new Date(NOW.getTime() + minutes * MINUTE))) !== undefined;
	for (let minutes = 119; minutes < 720; minutes += 119) expect(await lives(minutes)).toBe(true);
	expect(await lives(720)).toBe(false);
	const { token: unused } = await first(ctx);
	expect(await findSession(services.pool.sql, unused, new Date(NOW.getTime() + 120 * MINUTE))).toBeUndefined();
});

test('presence is proved by the password or a code, and noted in the session', async ({ ctx, services }) => {
	const { me, key } = await withTwoStep(ctx);
	const { token } = await finishSignIn(ctx, (await first(ctx)).token, codeAt(ctx, key));
	const soon = later(me, 60 * MINUTE);
	const confirmedAt = async () => (await findSession(services.pool.sql, token, soon.now))?.confirmedAt.getTime();
	await expect(confirmPresence(soon, hashToken(token), 'không phải')).rejects.toEqual(code('identity.wrong_password'));
	expect(await confirmedAt()).toBe(NOW.getTime());
	await confirmPresence(soon, hashToken(token), PASSWORD);
	expect(await confirmedAt()).toBe(soon.now.getTime());
	await confirmPresence(soon, hashToken(token), codeAt(soon, key));
});

test('a setting that somebody else changed meanwhile is not overwritten', async ({ ctx }) => {
	const policy = (await getSetting(ctx.db, 'two_step')).value;
	await changeSetting(ctx, 'two_step', { ...policy, graceDays: 3 }, 0);
	await expect(changeSetting(ctx, 'two_step', { ...policy, graceDays: 9 }, 0)).rejects.toEqual(
		code('identity.setting_changed_meanwhile')
	);
	await changeSetting(ctx, 'two_step', { ...policy, graceDays: 4 }, 1);
	expect(await getSetting(ctx.db, 'two_step')).toEqual({ value: { ...policy, graceDays: 4 }, version: 2 });
});
