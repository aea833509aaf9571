import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import type { AuditAction } from '#lib/i18n/audit-words.ts';
import { lengthenChain, verifyChain } from '#lib/server/audit/chain.ts';
import { recordAudit } from '#lib/server/audit/record.ts';
import { createAccount } from '#lib/server/identity/accounts.ts';
import { ROLES, type Role } from '#lib/server/identity/actor.ts';
import { listAuditEvents } from '#lib/server/identity/audit-log.ts';
import { PERMISSIONS } from '#lib/server/identity/permissions.ts';
import { ensureRootUnit } from '#lib/server/organisation/reference-data.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { as, test } from '../support/test.ts';

/** A name that no version of the product has. */
const named = (action: string) => action as AuditAction;

/** A province with someone of a role in it. */
async function withRole(ctx: Context, role: Role) {
	const unitId = await ensureRootUnit(ctx.db, { code: 'MH', name: 'Tỉnh Minh Họa', validFrom: '2025-07-01' });
	const { accountId } = await createAccount(ctx, ctx.db, { displayName: 'Nguyễn Thị Lan', username: 'lannt' });
	const grants = [{ role, unitId, unitPath: '1' }];
	const actor = { kind: 'account' as const, accountId, displayName: 'Nguyễn Thị Lan', grants };
	return { unitId, accountId, acting: { ...as(ctx, actor), clientAddress: '203.0.113.7' } };
}

test('the log is read by its readers only', async ({ ctx }) => {
	const { acting } = await withRole(ctx, 'viewer');
	const readers: readonly Role[] = PERMISSIONS['audit:read'];
	for (const role of ROLES) {
		const grants = [{ role, unitId: '', unitPath: '1' }];
		const reading = listAuditEvents(as(ctx, { ...acting.actor, grants } as Context['actor']), {});
		if (readers.includes(role)) await expect(reading).resolves.toBeDefined();
		else await expect(reading).rejects.toMatchObject({ code: 'identity.not_permitted' });
	}
});

test('an event names who did it, to what, in which unit', async ({ ctx }) => {
	const { acting, unitId, accountId } = await withRole(ctx, 'province_admin');
	await recordAudit(acting, ctx.db, 'unit.renamed', { objectId: unitId, unitId, to: 'x' });
	const { rows } = await listAuditEvents(acting, { action: 'unit.' });
	expect(rows).toEqual([
		expect.objectContaining({
			actorAccountId: accountId,
			actorName: 'Nguyễn Thị Lan',
			unitName: 'Tỉnh Minh Họa',
			objectId: unitId,
			details: { to: 'x' },
			clientAddress: '203.0.113.7'
		})
	]);
});

test('a technical admin sees what happened but not to whom it points', async ({ ctx }) => {
	const { acting } = await withRole(ctx, 'technical_admin');
	await recordAudit(acting, ctx.db, 'unit.renamed');
	const { rows } = await listAuditEvents(acting, {});
	expect(JSON.stringify(rows)).not.toMatch(/Nguyễn|203\.0/);
});

test('pages go on from an id and days are those of Việt Nam', async ({ ctx }) => {
	for (let i = 0; i < 60; i++) await recordAudit(ctx, ctx.db, named(`test.event_${i}`));
	await ctx.db.execute(sql`insert into audit_event (at, actor_kind, action, request_id)
		values ('2026-03-04T17:30:00Z', 'system', 'test.night', 'r')`);
	const first = await listAuditEvents(ctx, { action: 'test.event' });
	expect(first.rows.map(({ action }) => action)).toEqual(Array.from({ length: 50 }, (_, i) => `test.event_${59 - i}`));
	const second = await listAuditEvents(ctx, { action: 'test.event', before: first.before });
	expect(second.rows).toHaveLength(10);
	expect(second.before).toBeUndefined();
	expect((await listAuditEvents(ctx, { from: '2026-03-05', to: '2026-03-05' })).rows).toHaveLength(1);
	expect((await listAuditEvents(ctx, { from: '2026-03-04', to: '2026-03-04' })).rows).toHaveLength(0);
	expect((await listAuditEvents(ctx, { action: "test.night' or 1=1" })).rows).toHaveLength(0);
});

test('nothing in the log can be changed or taken away', async ({ ctx }) => {
	await recordAudit(ctx, ctx.db, named('test.event'));
	for (const statement of ["update audit_event set action = 'x'", 'delete from audit_event', 'truncate audit_event']) {
		await expect(ctx.db.execute(sql.raw(statement))).rejects.toMatchObject({
			cause: { message: 'audit events are append-only' }
		});
	}
});

test('an actor is found by name without marks, by a technical admin by id only', async ({ ctx }) => {
	const { acting, accountId } = await withRole(ctx, 'province_admin');
	await recordAudit(acting, ctx.db, named('test.event'));
	const found = async (by: Context, actor: string) =>
		(await listAuditEvents(by, { action: 'test.', actor })).rows.map((row) => row.actorAccountId);
	expect(await found(ctx, 'thi lan')).toEqual([accountId]);
	expect(await found(ctx, 'lannt')).toEqual([accountId]);
	expect(await found(ctx, 'thi hoa')).toEqual([]);
	await recordAudit(ctx, ctx.db, named('test.event'));
	const grants = [{ role: 'technical_admin' as const, unitId: '', unitPath: '1' }];
	const technician = as(ctx, { kind: 'account', accountId, displayName: 'Kỹ thuật', grants });
	expect(await found(technician, 'thi hoa')).toHaveLength(2); // a name narrows nothing
	expect(await found(technician, accountId)).toEqual([accountId]);
});

test('the chain shows what was changed, put in or taken out behind the trigger’s back', async ({ ctx }) => {
	for (let i = 0; i < 6; i++) await recordAudit(ctx, ctx.db, named(`test.event_${i}`), { value: i, words: 'đ ă' });
	const [a, b] = await Promise.all([lengthenChain(ctx.db, ctx.config), lengthenChain(ctx.db, ctx.config)]);
	const links = a + b;
	expect(await verifyChain(ctx.db, ctx.config)).toMatchObject({ links, waiting: 0, removed: 0, brokenAt: null });
	const behind = (statement: string) =>
		ctx.db.transaction(async (tx) => {
			await tx.execute(sql`alter table audit_event disable trigger user`);
			await tx.execute(sql.raw(statement));
			const state = await verifyChain(tx, ctx.config);
			await tx.execute(sql`alter table audit_event enable trigger user`);
			return state.brokenAt;
		});
	expect(await behind(`update audit_event set details = '{}' where action = 'test.event_3'`)).toBe(links - 2);
	await behind(`update audit_event set details = '{"value": 3, "words": "đ ă"}' where action = 'test.event_3'`);
	expect((await verifyChain(ctx.db, ctx.config)).brokenAt).toBeNull();
	expect(await behind(`delete from audit_event where action = 'test.event_4'`)).toBe(links - 1);
});
