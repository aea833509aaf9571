import { expect } from 'vitest';
import { accounts, roleGrants } from '#lib/server/identity/tables.ts';
import type { Actor } from '#lib/server/identity/actor.ts';
import { getAnnouncement, receiptSheet, sentFileUrl } from '#lib/server/notifications/announcement-lists.ts';
import {
	countRecipients,
	remindReaders,
	sendAnnouncement,
	withdrawAnnouncement
} from '#lib/server/notifications/announcements.ts';
import { listInbox } from '#lib/server/notifications/inbox.ts';
import { confirmReceipt, getMessagePage, receivedFileUrl } from '#lib/server/notifications/read-announcement.ts';
import { categoryMemberships } from '#lib/server/organisation/tables.ts';
import type { Context } from '#lib/server/platform/context.ts';
import type { AnnouncementInput } from '#lib/notifications/announcement-input.ts';
import { as, at, test } from '../support/test.ts';
import { anActor, aPerson, aProvince, type TestUnit } from '../support/training-world.ts';

const PDF = new File(['%PDF-1.4\n%%EOF\n'], 'Kế hoạch 15.pdf', { type: 'application/pdf' });

const input = (sender: TestUnit, more: Partial<AnnouncementInput> = {}): AnnouncementInput => ({
	unitId: sender.id,
	title: 'Giấy mời họp Hội đồng phối hợp',
	body: 'Kính gửi các thành viên.',
	documentNo: '15/GM-HĐPH',
	documentDate: '2026-11-19',
	needsConfirmation: true,
	files: [PDF],
	unitIds: [sender.id],
	categories: [],
	roles: [],
	...more
});

async function aReader(ctx: Context, unit: TestUnit, name: string): Promise<Actor & { kind: 'account' }> {
	const personId = await aPerson(ctx, unit, name);
	const [account] = await ctx.db
		.insert(accounts)
		.values({ personId, displayName: name, username: name.replaceAll(' ', '.'), activatedAt: ctx.now })
		.returning({ id: accounts.id });
	return { kind: 'account', accountId: account!.id, personId, displayName: name, grants: [] };
}

const inbox = async (ctx: Context, actor: Actor) =>
	(await listInbox(as(ctx, actor), { page: 1, isUnreadOnly: false, locale: 'vi' })).messages;

test('a document goes to the council with its file, and the sender sees who opened and who confirmed it', async ({
	ctx
}) => {
	const { province, department, commune } = await aProvince(ctx);
	const [lan, hung] = [await aReader(ctx, department, 'Lê Lan'), await aReader(ctx, commune, 'Võ Hùng')];
	await aReader(ctx, department, 'Vũ Nga');
	const join = [lan, hung].map(({ personId = '' }) => ({ personId, categoryCode: 'council_member' }));
	await ctx.db.insert(categoryMemberships).values(join.map((row) => ({ ...row, validFrom: '2026-01-01' })));
	const sender = as(ctx, anActor('province_admin', province));
	const council = { categories: ['council_member'] };
	const { announcementId } = await sendAnnouncement(sender, input(province, council));

	const [message, ...others] = await inbox(ctx, lan);
	expect(others).toEqual([]);
	expect(message?.title).toBe('Văn bản, thông báo mới của Tỉnh Minh Họa');
	const page = await getMessagePage(as(ctx, lan), message!.id, 'vi');
	expect(page.announcement).toMatchObject({ documentNo: '15/GM-HĐPH', needsConfirmation: true });
	const [file] = page.announcement!.files;
	expect(file).toMatchObject({ name: 'Kế hoạch 15.pdf' });
	expect(await receivedFileUrl(as(ctx, lan), message!.id, file!.id)).toContain('announcements/');
	await expect(receivedFileUrl(as(ctx, hung), message!.id, file!.id)).rejects.toMatchObject({ kind: 'not_found' });
	await confirmReceipt(as(ctx, lan), message!.id);

	const seen = await getAnnouncement(sender, announcementId, { show: 'unconfirmed', page: 1 });
	expect(seen.counts).toEqual({ total: 2, read: 1, confirmed: 1 });
	expect(seen.receipts.map(({ fullName }) => fullName)).toEqual(['Võ Hùng']);
	expect((await receiptSheet(sender, announcementId)).rows).toHaveLength(2);

	expect(await remindReaders(sender, announcementId)).toBe(1);
	expect(await remindReaders(sender, announcementId)).toBe(0);
	const [reminder] = await inbox(ctx, hung);
	await getMessagePage(as(at(ctx, '2026-11-20T09:00:00+07:00'), hung), reminder!.id, 'vi');
	expect((await getAnnouncement(sender, announcementId, { show: 'all', page: 1 })).counts.read).toBe(2);

	await withdrawAnnouncement(sender, announcementId, 'Gửi nhầm');
	const withdrawn = await getMessagePage(as(ctx, lan), message!.id, 'vi');
	expect(withdrawn.announcement).toMatchObject({ isWithdrawn: true, body: '', files: [] });
	await expect(receivedFileUrl(as(ctx, lan), message!.id, file!.id)).rejects.toMatchObject({ kind: 'not_found' });
	await expect(remindReaders(sender, announcementId)).rejects.toMatchObject({ code: 'notifications.withdrawn' });
});

test('a unit writes to its own people and those below it, by group or by role', async ({ ctx }) => {
	const { province, department, commune, otherCommune } = await aProvince(ctx);
	await aReader(ctx, commune, 'Lê Lan');
	const focal = await aReader(ctx, otherCommune, 'Võ Hùng');
	const [operator] = await ctx.db.insert(accounts).values({ username: 'op', displayName: 'Quản trị' }).returning();
	await ctx.db.insert(roleGrants).values([
		{ accountId: focal.accountId, role: 'unit_admin', unitId: otherCommune.id, validFrom: '2026-01-01' },
		{ accountId: operator!.id, role: 'province_admin', unitId: province.id, validFrom: '2026-01-01' }
	]);
	const count = (unit: TestUnit, more: Partial<AnnouncementInput>) =>
		countRecipients(as(ctx, anActor('unit_admin', unit)), input(unit, more));
	expect(await count(province, {})).toBe(2);
	expect(await count(province, { roles: ['unit_admin'] })).toBe(1);
	expect(await count(province, { roles: ['unit_admin', 'province_admin'] })).toBe(2);
	expect(await count(commune, {})).toBe(1);
	const admin = as(ctx, anActor('unit_admin', commune));
	await expect(sendAnnouncement(admin, input(commune, { unitIds: [province.id] }))).rejects.toMatchObject({
		code: 'notifications.unit_out_of_reach'
	});
	await expect(sendAnnouncement(admin, input(department))).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(sendAnnouncement(admin, input(commune, { roles: ['unit_head'] }))).rejects.toMatchObject({
		code: 'notifications.nobody'
	});
	const program = new File(['MZ not a document'], 'a.pdf');
	await expect(sendAnnouncement(admin, input(commune, { files: [program] }))).rejects.toMatchObject({
		code: 'form.file_type'
	});
	const { announcementId } = await sendAnnouncement(admin, input(commune));
	const neighbour = as(ctx, anActor('unit_admin', otherCommune));
	const read = getAnnouncement(neighbour, announcementId, { show: 'all', page: 1 });
	await expect(read).rejects.toMatchObject({ kind: 'not_found' });
	await expect(sentFileUrl(neighbour, announcementId, announcementId)).rejects.toMatchObject({ kind: 'not_found' });
	const reader = as(ctx, await aReader(ctx, commune, 'Vũ Nga'));
	await expect(sendAnnouncement(reader, input(commune))).rejects.toMatchObject({ kind: 'forbidden' });
});
