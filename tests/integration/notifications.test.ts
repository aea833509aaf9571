import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { accounts } from '#lib/server/identity/tables.ts';
import type { Actor } from '#lib/server/identity/actor.ts';
import { countUnread, listInbox, openMessage, readAll } from '#lib/server/notifications/inbox.ts';
import { notify, type Recipient } from '#lib/server/notifications/notify.ts';
import { notifications } from '#lib/server/notifications/tables.ts';
import { people } from '#lib/server/organisation/tables.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { summon } from '#lib/server/training/summon.ts';
import { as, test } from '../support/test.ts';
import { aClass, aPerson, aProvince } from '../support/training-world.ts';

const params = { className: 'Lớp A', organiser: 'Sở Tư pháp', startsOn: '2026-11-02', dueOn: '2026-12-15' };

const tell = (ctx: Context, to: readonly Recipient[], key = 'once', path?: string) =>
	ctx.db.transaction((tx) =>
		notify(ctx, tx, { template: 'training.summoned', params, to, key, ...(path !== undefined && { path }) })
	);

async function anAccount(ctx: Context, username: string, personId?: string): Promise<Actor & { kind: 'account' }> {
	const [account] = await ctx.db
		.insert(accounts)
		.values({ username, displayName: username, personId })
		.returning({ id: accounts.id });
	return { kind: 'account', accountId: account!.id, personId, displayName: username, grants: [] };
}

const inbox = (ctx: Context, actor: Actor) => listInbox(as(ctx, actor), { page: 1, isUnreadOnly: false, locale: 'vi' });

test('summoned people find the class in their inbox, also those who get an account later', async ({ ctx }) => {
	const { commune } = await aProvince(ctx);
	const personId = await aPerson(ctx, commune);
	const activityId = await aClass(ctx, commune);
	await summon(ctx, { activityId, personIds: [personId] });
	await summon(ctx, { activityId, personIds: [personId] });
	const learner = await anAccount(ctx, 'an', personId);
	const { messages } = await inbox(ctx, learner);
	expect(messages).toHaveLength(1);
	expect(messages[0]).toMatchObject({ title: 'Ông/Bà được cử tham gia lớp tập huấn', isRead: false });
	expect(messages[0]?.body).toContain('từ ngày 02/11/2026 đến ngày 15/12/2026');
	expect(messages[0]?.path).toMatch(/^\/learn\/[0-9a-f-]{36}$/);
});

test('one occasion is told once, whoever tells it and however often', async ({ ctx }) => {
	const { commune } = await aProvince(ctx);
	const personId = await aPerson(ctx, commune);
	const learner = await anAccount(ctx, 'an', personId);
	const to = [{ personId }, { accountId: learner.accountId }, { personId }];
	const results = await Promise.all(Array.from({ length: 20 }, () => tell(ctx, to)));
	expect(results.filter((sent) => sent > 0)).toEqual([1]);
	expect(await tell(ctx, to, 'another occasion')).toBe(1);
	expect(await countUnread(as(ctx, learner))).toBe(2);
});

test('a message to either of two merged rows reaches the account of that person', async ({ ctx }) => {
	const { commune } = await aProvince(ctx);
	const kept = await aPerson(ctx, commune, 'Nguyễn Văn An');
	const twin = await aPerson(ctx, commune, 'Nguyễn Văn An');
	await ctx.db.update(people).set({ canonicalId: kept }).where(eq(people.id, twin));
	const learner = await anAccount(ctx, 'an', twin);
	expect(await tell(ctx, [{ personId: kept }, { personId: twin }, { accountId: learner.accountId }])).toBe(1);
	expect(await countUnread(as(ctx, { ...learner, personId: kept }))).toBe(1); // as its session acts
});

test('opening a message reads it; nobody else can', async ({ ctx }) => {
	const [owner, stranger] = [await anAccount(ctx, 'quantri'), await anAccount(ctx, 'kythuat')];
	await tell(ctx, [{ accountId: owner.accountId }]);
	const [message] = (await inbox(ctx, owner)).messages;
	await expect(openMessage(as(ctx, stranger), message!.id, 'vi')).rejects.toMatchObject({ kind: 'not_found' });
	await readAll(as(ctx, stranger));
	expect(await countUnread(as(ctx, owner))).toBe(1);
	await openMessage(as(ctx, owner), message!.id, 'vi');
	expect(await countUnread(as(ctx, owner))).toBe(0);
	await expect(inbox(ctx, { kind: 'anonymous' })).rejects.toMatchObject({ kind: 'unauthenticated' });
});

test('a change that is undone tells nobody, and no message leads off the site', async ({ ctx }) => {
	const owner = await anAccount(ctx, 'quantri');
	const change = ctx.db.transaction(async (tx) => {
		const to = [{ accountId: owner.accountId }];
		await notify(ctx, tx, { template: 'training.summoned', params, to, key: 'undone' });
		throw new Error('undone');
	});
	await expect(change).rejects.toThrow('undone');
	await expect(tell(ctx, [{ accountId: owner.accountId }], 'k', '//example.com')).rejects.toThrow('cannot lead');
	expect(await ctx.db.select().from(notifications)).toEqual([]);
});
