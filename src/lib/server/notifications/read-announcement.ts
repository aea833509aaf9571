import { and, eq, isNull } from 'drizzle-orm';
import { recordAudit } from '../audit/record.ts';
import type { Locale } from '#lib/i18n/index.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { fileUrl, listFiles } from './announcement-lists.ts';
import { announcements } from './announcement-tables.ts';
import { announcementUnitName } from './announcements.ts';
import { openMessage, ownedBy } from './inbox.ts';
import { notifications } from './tables.ts';

/** A message that is opened, with the announcement it brings. @throws as {@link openMessage} */
export async function getMessagePage(ctx: Context, messageId: string, locale: Locale) {
	const message = await openMessage(ctx, messageId, locale);
	const announcement = message.announcementId ? await readAnnouncement(ctx.db, message.announcementId) : null;
	return { message, announcement };
}

/** An announcement as its reader sees it; one that was withdrawn has the reason instead of its content. */
async function readAnnouncement(db: Database, announcementId: string) {
	const [found] = await db
		.select({ announcement: announcements, unitName: announcementUnitName })
		.from(announcements)
		.where(eq(announcements.id, announcementId));
	if (!found) return null;
	const { title, body, documentNo, documentDate, sentAt, needsConfirmation, ...more } = found.announcement;
	const isWithdrawn = more.withdrawnAt !== null;
	const files = isWithdrawn ? [] : await listFiles(db, announcementId);
	return {
		...{ title, documentNo, documentDate, sentAt, isWithdrawn, unitName: found.unitName },
		withdrawReason: more.withdrawReason,
		needsConfirmation: needsConfirmation && !isWithdrawn,
		body: isWithdrawn ? '' : body,
		files: files.map(({ id, name, sizeBytes }) => ({ id, name, sizeBytes }))
	};
}

/**
 * "Xác nhận đã nhận": the receipt of a document. The first time counts, a reminder confirms the same announcement.
 * @throws {DomainError} `not_found` for anybody else's message
 */
export async function confirmReceipt(ctx: Context, messageId: string): Promise<void> {
	const announcementId = await announcementOf(ctx, messageId);
	await ctx.db.transaction(async (tx) => {
		const confirmed = await tx
			.update(notifications)
			.set({ confirmedAt: ctx.now })
			.where(
				and(eq(notifications.announcementId, announcementId), ownedBy(ctx.actor), isNull(notifications.confirmedAt))
			)
			.returning({ id: notifications.id });
		if (confirmed.length > 0) await recordAudit(ctx, tx, 'announcement.confirmed', { objectId: announcementId });
	});
}

/** A short-lived address of a file, for a recipient. @throws {DomainError} `not_found`, also once it is withdrawn */
export async function receivedFileUrl(ctx: Context, messageId: string, fileId: string): Promise<string> {
	const announcementId = await announcementOf(ctx, messageId);
	const announcement = await readAnnouncement(ctx.db, announcementId);
	if (!announcement || announcement.isWithdrawn) throw new DomainError('not_found', 'notifications.no_file');
	return fileUrl(ctx, announcementId, fileId);
}

async function announcementOf(ctx: Context, messageId: string): Promise<string> {
	const [message] = await ctx.db
		.select({ announcementId: notifications.announcementId })
		.from(notifications)
		.where(and(eq(notifications.id, messageId), ownedBy(ctx.actor)));
	if (!message?.announcementId) throw new DomainError('not_found', 'notifications.no_message');
	return message.announcementId;
}
