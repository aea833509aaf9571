import { and, count, desc, eq, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Locale } from '#lib/i18n/index.ts';
import type { NoticeGroup } from '#lib/notifications/notice.ts';
import type { Actor } from '../identity/actor.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { type EditedText, wordsOf } from './words.ts';
import { notifications, noticeTexts } from './tables.ts';

/** Messages of one page. */
const MESSAGES_PER_PAGE = 20;

/** A message as its reader sees it. */
export type InboxMessage = Readonly<{
	id: string;
	group: NoticeGroup;
	title: string;
	body: string;
	action: string | null;
	path: string | null;
	announcementId: string | null;
	sentAt: Date;
	isRead: boolean;
	confirmedAt: Date | null;
}>;

/** How many messages the actor has not read; 0 without an account. One indexed count: every page of the product asks. */
export async function countUnread(ctx: Context): Promise<number> {
	if (ctx.actor.kind !== 'account') return 0;
	const [row] = await ctx.db
		.select({ unread: count() })
		.from(notifications)
		.where(and(ownedBy(ctx.actor), isNull(notifications.readAt)));
	return row?.unread ?? 0;
}

/** The actor's messages, newest first. */
export async function listInbox(
	ctx: Context,
	{ page, isUnreadOnly, locale }: { page: number; isUnreadOnly: boolean; locale: Locale }
): Promise<{ messages: InboxMessage[]; total: number; unread: number; pageCount: number }> {
	const mine = and(ownedBy(ctx.actor), isUnreadOnly ? isNull(notifications.readAt) : undefined);
	const [rows, [all], unread] = await Promise.all([
		select(ctx)
			.where(mine)
			.orderBy(desc(notifications.sentAt), notifications.id)
			.limit(MESSAGES_PER_PAGE)
			.offset((Math.max(1, page) - 1) * MESSAGES_PER_PAGE),
		ctx.db.select({ total: count() }).from(notifications).where(mine),
		countUnread(ctx)
	]);
	const total = all?.total ?? 0;
	const messages = rows.map((row) => shownMessage(row, locale));
	return { messages, total, unread, pageCount: Math.ceil(total / MESSAGES_PER_PAGE) };
}

/**
 * Opens a message: from now on it is read.
 * @throws {DomainError} `not_found` for anybody else's
 */
export async function openMessage(ctx: Context, messageId: string, locale: Locale): Promise<InboxMessage> {
	const mine = and(eq(notifications.id, messageId), ownedBy(ctx.actor));
	const [found] = await select(ctx).where(mine);
	if (!found) throw new DomainError('not_found', 'notifications.no_message');
	const { readAt, announcementId } = found.row;
	if (!readAt) {
		// Whoever opens a reminder has read what it reminds of.
		const same = announcementId ? eq(notifications.announcementId, announcementId) : eq(notifications.id, messageId);
		await ctx.db
			.update(notifications)
			.set({ readAt: ctx.now })
			.where(and(same, ownedBy(ctx.actor), isNull(notifications.readAt)));
	}
	return shownMessage(found, locale);
}

/** "Đánh dấu tất cả đã đọc". */
export async function readAll(ctx: Context): Promise<void> {
	await ctx.db
		.update(notifications)
		.set({ readAt: ctx.now })
		.where(and(ownedBy(ctx.actor), isNull(notifications.readAt)));
}

/** Messages of the actor's. @throws {DomainError} `unauthenticated` without an account */
export function ownedBy(actor: Actor): SQL | undefined {
	if (actor.kind !== 'account') throw new DomainError('unauthenticated', 'identity.sign_in_required');
	const own = eq(notifications.accountId, actor.accountId);
	if (!actor.personId) return own;
	// Also what was sent to a row before it was merged into this one.
	const rows = sql`(select id from person where id = ${actor.personId} or canonical_id = ${actor.personId})`;
	return or(sql`${notifications.personId} in ${rows}`, own);
}

/** A message with the words an admin may have given its kind. */
function select(ctx: Context) {
	return ctx.db
		.select({ row: notifications, edited: noticeTexts })
		.from(notifications)
		.leftJoin(noticeTexts, eq(noticeTexts.template, notifications.template));
}

function shownMessage(
	{ row, edited }: { row: typeof notifications.$inferSelect; edited: EditedText | null },
	locale: Locale
): InboxMessage {
	const { id, path, announcementId, sentAt, readAt, confirmedAt } = row;
	const words = wordsOf(row, edited, locale);
	return { id, path, announcementId, sentAt, isRead: readAt !== null, confirmedAt, ...words };
}
