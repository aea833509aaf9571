import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { accounts } from '#lib/server/identity/tables.ts';
import type { Actor } from '#lib/server/identity/actor.ts';
import { chooseOwn } from '#lib/server/notifications/choices.ts';
import { listDeliveries, retryDeliveries, sendTest } from '#lib/server/notifications/delivery-log.ts';
import { openMessage } from '#lib/server/notifications/inbox.ts';
import { notificationJobs } from '#lib/server/notifications/jobs.ts';
import { notify } from '#lib/server/notifications/notify.ts';
import { saveText } from '#lib/server/notifications/texts.ts';
import { deliveries, notifications } from '#lib/server/notifications/tables.ts';
import { people } from '#lib/server/organisation/tables.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { DEFAULT_CHOICES } from '#lib/notifications/choices.ts';
import { runJobs, sentJobs } from '../support/jobs.ts';
import { openMailbox, type Mailbox } from '../support/mailbox.ts';
import { as, at, test as base } from '../support/test.ts';
import { anActor, aPerson, aProvince } from '../support/training-world.ts';

const test = base.extend('mailbox', async ({}, { onCleanup }): Promise<Mailbox> => {
	const mailbox = await openMailbox();
	onCleanup(() => mailbox.close());
	return mailbox;
});

const withMail = (ctx: Context, { url }: Mailbox): Context => ({
	...ctx,
	config: { ...ctx.config, mail: { url, from: 'Tập huấn PBGDPL <khong-tra-loi@minhhoa.example>' } }
});

async function aReader(ctx: Context, email: string | null): Promise<{ personId: string; actor: Actor }> {
	const { commune } = await aProvince(ctx);
	const personId = await aPerson(ctx, commune, 'Nguyễn Thị “Lan” <Hoa>');
	await ctx.db.update(people).set({ email, phone: '0912345678' }).where(eq(people.id, personId));
	const [account] = await ctx.db
		.insert(accounts)
		.values({ username: 'lan', displayName: 'Lan', personId })
		.returning({ id: accounts.id });
	return { personId, actor: { kind: 'account', accountId: account!.id, personId, displayName: 'Lan', grants: [] } };
}

const tell = (ctx: Context, personId: string, key = 'once') =>
	ctx.db.transaction((tx) =>
		notify(ctx, tx, {
			template: 'training.summoned',
			params: { className: 'Lớp A & <b>B</b>', organiser: 'Sở Tư pháp', startsOn: '2026-11-02', dueOn: '2026-12-15' },
			to: [{ personId }],
			key
		})
	);

const later = (ctx: Context, minutes: number) => at(ctx, new Date(ctx.now.getTime() + minutes * 60_000));
const work = (ctx: Context) => runJobs(ctx, notificationJobs);
const wake = (ctx: Context) => notificationJobs[0]!.run(ctx, {}, new AbortController().signal);
const only = async (ctx: Context) => (await ctx.db.select().from(deliveries))[0]!;

test('a message leaves as text and HTML, with nothing personal in its subject or link', async ({ ctx, mailbox }) => {
	const { personId } = await aReader(ctx, 'lan@minhhoa.example');
	await tell(withMail(ctx, mailbox), personId);
	expect(await work(withMail(ctx, mailbox))).toBe(1);
	const [mail] = mailbox.mails;
	const [row] = await ctx.db.select().from(notifications);
	expect(mail?.subject).toBe('Ông/Bà được cử tham gia lớp tập huấn');
	expect(mail?.from?.text).toContain('khong-tra-loi@minhhoa.example');
	expect(mail?.text).toContain('Kính gửi Ông/Bà Nguyễn Thị “Lan” <Hoa>,');
	expect(mail?.text).toContain('từ ngày 02/11/2026 đến ngày 15/12/2026');
	expect(mail?.html).toContain('Lớp A &#38; &#60;b&#62;B&#60;/b&#62;');
	const links = [...String(mail?.html).matchAll(/href="([^"]+)"/g)].map(([, link]) => link);
	expect(links).toEqual([`http://localhost:3000/messages/${row!.id}`, 'http://localhost:3000/messages/settings']);
	expect(await only(ctx)).toMatchObject({ state: 'sent', attempts: 1 });
	await wake(withMail(ctx, mailbox));
	expect(mailbox.mails).toHaveLength(1);
});

test('a relay that is away gets its mails later, an address that does not exist is given up, and both can be sent again', async ({
	ctx: plain,
	mailbox
}) => {
	const ctx = withMail(plain, mailbox);
	const { personId } = await aReader(ctx, 'lan@minhhoa.example');
	await tell(ctx, personId);
	const away = { ...ctx, config: { ...ctx.config, mail: { ...ctx.config.mail!, url: 'smtp://127.0.0.1:9' } } };
	await wake(away);
	expect(await only(ctx)).toMatchObject({ state: 'waiting', attempts: 0, failure: expect.stringContaining('E') });
	mailbox.refuse(/lan@/, 450); // "try again later" costs an attempt
	await wake(later(ctx, 6));
	expect(await only(ctx)).toMatchObject({ state: 'waiting', attempts: 1, failure: 'SMTP 450 5.1.1' });
	mailbox.refuse(/lan@/, 550);
	await wake(later(ctx, 8));
	expect(await only(ctx)).toMatchObject({ state: 'failed', attempts: 2, failure: 'SMTP 550 5.1.1' });
	mailbox.refuse(undefined);
	const { province } = await aProvince(ctx);
	expect(await retryDeliveries(as(later(ctx, 9), anActor('technical_admin', province)))).toBe(1);
	await wake(later(ctx, 9));
	expect(await only(ctx)).toMatchObject({ state: 'sent', failure: null });
	expect(mailbox.mails).toHaveLength(1);
});

test('who wants one mail a day gets the unread messages of the day in one', async ({ ctx: plain, mailbox }) => {
	const ctx = withMail(plain, mailbox);
	const { personId, actor } = await aReader(ctx, 'lan@minhhoa.example');
	await chooseOwn(as(ctx, actor), { ...DEFAULT_CHOICES, learning: { mail: 'daily', phone: true } });
	for (const key of ['first', 'second', 'third']) await tell(ctx, personId, key);
	expect(await sentJobs(ctx)).toEqual([]);
	const [read] = await ctx.db.select().from(notifications).where(eq(notifications.key, 'second'));
	await openMessage(as(ctx, actor), read!.id, 'vi');
	await wake(at(ctx, '2026-11-21T06:59:00+07:00'));
	expect(mailbox.mails).toHaveLength(0);
	await Promise.all([1, 2].map(() => wake(at(ctx, '2026-11-21T07:00:00+07:00'))));
	expect(mailbox.mails.map(({ subject }) => subject)).toEqual(['Tổng hợp 02 thông báo chưa đọc']);
	const states = (await ctx.db.select().from(deliveries)).map(({ state }) => state);
	expect(states.toSorted()).toEqual(['dropped', 'sent', 'sent']);
	await chooseOwn(as(ctx, actor), { ...DEFAULT_CHOICES, learning: { mail: 'never', phone: false } });
	await tell(ctx, personId, 'fourth');
	expect(await ctx.db.select().from(deliveries)).toHaveLength(3);
});

test('an admin rewords a message; the words hold in the inbox and in mails', async ({ ctx: plain, mailbox }) => {
	const ctx = withMail(plain, mailbox);
	const { personId, actor } = await aReader(ctx, 'lan@minhhoa.example');
	const { province } = await aProvince(ctx);
	const admin = as(ctx, anActor('province_admin', province));
	const words = { title: 'Mời dự lớp tập huấn', body: 'Lớp {className}.', action: '', version: 0 };
	const refuse = (more: Partial<typeof words>) => saveText(admin, 'training.summoned', { ...words, ...more });
	await expect(refuse({ body: '{secret}' })).rejects.toMatchObject({ code: 'notifications.unknown_place' });
	await expect(saveText(as(ctx, actor), 'training.summoned', words)).rejects.toMatchObject({ kind: 'forbidden' });
	await saveText(admin, 'training.summoned', words);
	await expect(refuse({})).rejects.toMatchObject({ code: 'form.stale' });
	await tell(ctx, personId);
	await work(ctx);
	expect(mailbox.mails[0]?.subject).toBe('Mời dự lớp tập huấn');
	const [row] = await ctx.db.select().from(notifications);
	expect(await openMessage(as(ctx, actor), row!.id, 'vi')).toMatchObject({
		title: 'Mời dự lớp tập huấn',
		body: 'Lớp Lớp A & <b>B</b>.'
	});
});

test('a gateway gets signed messages with a link and no content, and each id once', async ({ ctx: plain }) => {
	const received: { headers: IncomingHttpHeaders; body: string }[] = [];
	let status = 503;
	const standIn = createServer((req, res) => {
		let body = '';
		req.on('data', (chunk: Buffer) => (body += chunk.toString()));
		req.on('end', () => {
			received.push({ headers: req.headers, body });
			res.writeHead(status).end();
		});
	});
	await new Promise<void>((resolve) => standIn.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(standIn.address() as AddressInfo).port}/zalo`;
	const gateway = { url, secret: 'gateway-secret-gateway', name: 'Zalo' };
	const ctx = { ...plain, config: { ...plain.config, gateway } };
	const { personId } = await aReader(ctx, null);
	await tell(ctx, personId);
	await wake(ctx);
	expect(await only(ctx)).toMatchObject({ state: 'waiting', channel: 'phone', failure: 'HTTP 503' });
	status = 202;
	await wake(later(ctx, 2));
	await wake(later(ctx, 60));
	expect(received).toHaveLength(2);
	const { headers, body } = received[1]!;
	const sent = JSON.parse(body) as Record<string, unknown>;
	const [row] = await ctx.db.select().from(notifications);
	expect(sent).toMatchObject({
		phone: '+84912345678',
		template: 'training.summoned',
		url: `http://localhost:3000/messages/${row!.id}`
	});
	expect(sent.text).not.toContain('Lan');
	const timestamp = String(headers['x-timestamp']);
	const signature = createHmac('sha256', gateway.secret).update(`${timestamp}.${body}`).digest('hex');
	expect(headers['x-signature']).toBe(`sha256=${signature}`);
	expect(headers['idempotency-key']).toBe(sent.id);
	expect(await only(ctx)).toMatchObject({ state: 'sent', attempts: 2 });
	await new Promise((resolve) => standIn.close(resolve));
});

test('the log shows those who keep the system running what left, and to nobody whom it went to', async ({
	ctx: plain,
	mailbox
}) => {
	const ctx = withMail(plain, mailbox);
	const { personId, actor } = await aReader(ctx, 'lan@minhhoa.example');
	const { province } = await aProvince(ctx);
	const operator = as(ctx, anActor('technical_admin', province));
	await tell(ctx, personId);
	const log = await listDeliveries(operator, { page: 1 });
	expect(log).toMatchObject({ total: 1, counts: { waiting: 1 } });
	expect(JSON.stringify(log)).not.toMatch(/lan@|Lan|0912345678|Lớp A/);
	await expect(listDeliveries(as(ctx, actor), { page: 1 })).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(sendTest(operator)).rejects.toMatchObject({ code: 'notifications.nowhere_to_send' });
});
