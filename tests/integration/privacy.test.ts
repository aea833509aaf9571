import { eq, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { lengthenChain, verifyChain } from '#lib/server/audit/chain.ts';
import { createAccount } from '#lib/server/identity/accounts.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { people } from '#lib/server/organisation/tables.ts';
import { exportOwnData, getOwnDataPage } from '#lib/server/privacy/own-data.ts';
import { answerDataRequest, getDataRequest, listDataRequests, sendDataRequest } from '#lib/server/privacy/requests.ts';
import { changeRetention, getPrivacyPage, removeOld } from '#lib/server/privacy/retention.ts';
import { as, at, test } from '../support/test.ts';
import { anActor, aPerson, aProvince, type TestUnit } from '../support/training-world.ts';

const NUMBER = '024190006789';

/** A person with an account, acting. */
async function aHolder(ctx: Context, unit: TestUnit) {
	const personId = await aPerson(ctx, unit, 'Nguyễn Văn An', { personalNumber: NUMBER, phone: '0912345678' });
	const { accountId } = await createAccount(ctx, ctx.db, { displayName: 'Nguyễn Văn An', personId, username: 'annv' });
	return { personId, own: as(ctx, { kind: 'account', accountId, personId, displayName: 'An', grants: [] }) };
}

test('a person sees and takes away the own data, the number masked', async ({ ctx }) => {
	const { commune } = await aProvince(ctx);
	const { own } = await aHolder(ctx, commune);
	const file = await exportOwnData(own);
	expect(file).toMatchObject({
		account: { username: 'annv' },
		record: { fullName: 'Nguyễn Văn An', personalNumber: '024*****6789', affiliations: [{ unitName: 'Xã Yên Lâm' }] },
		learning: { rows: [] }
	});
	expect(JSON.stringify(file)).not.toContain(NUMBER);
	const [event] = await ctx.db.execute(sql`select 1 from audit_event where action = 'personal_data.exported_own'`);
	expect(event).toBeDefined();
});

test('a request is answered once, within its units, in time, and erasure takes contact data off', async ({ ctx }) => {
	const { commune, otherCommune } = await aProvince(ctx);
	const { own, personId } = await aHolder(ctx, commune);
	await sendDataRequest(own, { kind: 'erase', text: 'Đề nghị xóa số điện thoại.' });
	const admin = as(ctx, anActor('unit_admin', commune));
	const { rows } = await listDataRequests(admin);
	expect(rows).toMatchObject([{ fullName: 'Nguyễn Văn An', state: 'open', dueOn: '2026-11-24' }]);
	const { id } = rows[0]!;
	const stranger = as(ctx, anActor('unit_admin', otherCommune));
	expect((await listDataRequests(stranger)).rows).toEqual([]);
	await expect(getDataRequest(stranger, id)).rejects.toMatchObject({ code: 'privacy.no_request' });
	const operator = as(ctx, anActor('technical_admin', commune));
	expect((await getPrivacyPage(at(operator, '2026-11-25T08:00:00+07:00'))).requests).toMatchObject({
		open: 1,
		overdue: 1
	});
	const answer = { outcome: 'done' as const, answer: 'Đã xóa.', removes: true };
	await answerDataRequest(admin, id, answer);
	await expect(answerDataRequest(admin, id, answer)).rejects.toMatchObject({ code: 'privacy.answered_already' });
	const [person] = await ctx.db.select().from(people).where(eq(people.id, personId));
	expect(person).toMatchObject({ fullName: 'Nguyễn Văn An', phone: null, personalNumberHmac: null });
	expect((await getOwnDataPage(own)).requests).toMatchObject([{ state: 'done', answer: 'Đã xóa.' }]);
	for (let i = 0; i < 5; i++) await sendDataRequest(own, { kind: 'access', text: 'Đề nghị cung cấp.' });
	await expect(sendDataRequest(own, { kind: 'access', text: 'Nữa.' })).rejects.toMatchObject({
		code: 'privacy.too_many_open'
	});
});

test('what is past its time goes, the chain still fits, and younger entries stay whatever is asked', async ({
	ctx
}) => {
	const { province } = await aProvince(ctx);
	await ctx.db.execute(sql`insert into audit_event (at, actor_kind, action, request_id)
		select now() - make_interval(months => m), 'system', 'test.old', 'r' from generate_series(30, 10, -5) m`);
	await lengthenChain(ctx.db, ctx.config);
	await changeRetention(as(ctx, anActor('province_admin', province)), {
		...{ auditMonths: 18, messageMonths: 24, deliveryMonths: 6, answerStepMonths: 6, version: 0 }
	});
	await removeOld(ctx);
	const left = await ctx.db.execute(sql`select 1 from audit_event where action = 'test.old'`);
	expect(left).toHaveLength(2); // of 15 and 10 months
	await lengthenChain(ctx.db, ctx.config);
	expect(await verifyChain(ctx.db, ctx.config)).toMatchObject({ removed: 3, waiting: 0, brokenAt: null });
	await expect(ctx.db.execute(sql`delete from audit_event where action = 'test.old'`)).rejects.toMatchObject({
		cause: { message: 'audit events are append-only' }
	});
});
