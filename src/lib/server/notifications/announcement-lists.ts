import { and, asc, count, desc, eq, sql } from 'drizzle-orm';
import { formatDateTime } from '#lib/i18n/format.ts';
import { notificationMessages } from '#lib/i18n/notifications.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise } from '../identity/permissions.ts';
import { BY_NAME } from '../organisation/queries.ts';
import { inScope } from '../organisation/scope.ts';
import { people, units } from '../organisation/tables.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import type { Sheet } from '../platform/office/sheet-files.ts';
import { announcementFiles, announcements } from './announcement-tables.ts';
import { announcementUnitName, getOwnAnnouncement } from './announcements.ts';
import { notifications } from './tables.ts';

/** Announcements of one page. */
const PER_PAGE = 20;
const RECEIPTS_PER_PAGE = 100;

/** Announcements of the actor's units, newest first, with how many have opened and confirmed them. */
export async function listAnnouncements(ctx: Context, page: number) {
	const scope = authorise(ctx.actor, 'announcement:send');
	const mine = inScope(units.path, scope);
	const receipts = (condition: string) =>
		sql<number>`(select count(*)::int from ${notifications} where ${notifications.announcementId} = ${announcements.id}
			and ${notifications.template} = 'announcement.sent' and ${sql.raw(condition)} is not null)`;
	const [rows, [all]] = await Promise.all([
		ctx.db
			.select({
				id: announcements.id,
				title: announcements.title,
				documentNo: announcements.documentNo,
				unitName: announcementUnitName,
				sentAt: announcements.sentAt,
				withdrawnAt: announcements.withdrawnAt,
				needsConfirmation: announcements.needsConfirmation,
				recipientCount: announcements.recipientCount,
				readCount: receipts('read_at'),
				confirmedCount: receipts('confirmed_at')
			})
			.from(announcements)
			.innerJoin(units, eq(units.id, announcements.unitId))
			.where(mine)
			.orderBy(desc(announcements.sentAt), announcements.id)
			.limit(PER_PAGE)
			.offset((page - 1) * PER_PAGE),
		ctx.db
			.select({ total: count() })
			.from(announcements)
			.innerJoin(units, eq(units.id, announcements.unitId))
			.where(mine)
	]);
	const total = all?.total ?? 0;
	return { rows, total, pageCount: Math.ceil(total / PER_PAGE) };
}

/** Which receipts to show. */
export type ReceiptFilter = 'all' | 'unread' | 'unconfirmed';

/**
 * An announcement as its sender sees it: text, files, who has opened it when.
 * @throws {DomainError} `not_found` outside the actor's units
 */
export async function getAnnouncement(
	ctx: Context,
	announcementId: string,
	{ show, page }: { show: ReceiptFilter; page: number }
) {
	const announcement = await getOwnAnnouncement(ctx.db, authorise(ctx.actor, 'announcement:send'), announcementId);
	const [files, receipts, counts] = await Promise.all([
		listFiles(ctx.db, announcementId),
		listReceipts(ctx.db, announcementId, show, page),
		countReceipts(ctx.db, announcementId)
	]);
	const shown = { all: counts.total, unread: counts.total - counts.read, unconfirmed: counts.total - counts.confirmed };
	return { announcement, files, receipts, counts, pageCount: Math.ceil(shown[show] / RECEIPTS_PER_PAGE) };
}

/** All receipts of an announcement as a table to take away; that they were taken is written down. */
export async function receiptSheet(ctx: Context, announcementId: string): Promise<Sheet> {
	const announcement = await getOwnAnnouncement(ctx.db, authorise(ctx.actor, 'announcement:send'), announcementId);
	const receipts = await listReceipts(ctx.db, announcementId, 'all');
	await recordAudit(ctx, ctx.db, 'announcement.receipts_exported', {
		objectId: announcementId,
		unitId: announcement.unitId,
		rows: receipts.length
	});
	const t = notificationMessages.vi.announcements;
	const time = (at: Date | null) => (at ? formatDateTime(at) : '');
	return {
		title: t.receipts,
		headings: [t.fullName, t.unit, t.readAt, t.confirmedAt],
		rows: receipts.map((one) => [one.fullName, one.unitName ?? '', time(one.readAt), time(one.confirmedAt)]),
		notes: [announcement.title, t.sentBy(announcement.unitName, formatDateTime(announcement.sentAt))]
	};
}

/** A short-lived address of a file, for the sender. @throws {DomainError} `not_found` */
export async function sentFileUrl(ctx: Context, announcementId: string, fileId: string): Promise<string> {
	await getOwnAnnouncement(ctx.db, authorise(ctx.actor, 'announcement:send'), announcementId);
	return fileUrl(ctx, announcementId, fileId);
}

/** A short-lived address of a file, for whoever may read the announcement. @throws {DomainError} `not_found` */
export async function fileUrl(ctx: Context, announcementId: string, fileId: string): Promise<string> {
	const file = (await listFiles(ctx.db, announcementId)).find(({ id }) => id === fileId);
	if (!file) throw new DomainError('not_found', 'notifications.no_file');
	const isShown = /^(image|application\/pdf)/.test(file.contentType);
	return ctx.storage.signedUrl(file.storageKey, {
		expiresInS: 300,
		contentType: file.contentType,
		...(!isShown && { downloadName: file.name })
	});
}

/** Files of an announcement in their order. */
export function listFiles(db: Database, announcementId: string) {
	return db
		.select()
		.from(announcementFiles)
		.where(eq(announcementFiles.announcementId, announcementId))
		.orderBy(asc(announcementFiles.position));
}

function listReceipts(db: Database, announcementId: string, show: ReceiptFilter, page?: number) {
	const missing = { all: undefined, unread: sql`read_at is null`, unconfirmed: sql`confirmed_at is null` }[show];
	const rows = db
		.select({
			notificationId: notifications.id,
			fullName: sql<string>`coalesce(${people.fullName},
				(select a.display_name from account a where a.id = ${notifications.accountId}))`,
			unitName: sql<string | null>`(select v.name from affiliation f join unit_version v on v.unit_id = f.unit_id
				where f.person_id = ${notifications.personId} order by f.valid_from desc, v.valid_from desc limit 1)`,
			hasAccount: sql<boolean>`${notifications.accountId} is not null or exists (
				select 1 from account a where a.person_id = ${notifications.personId} and a.activated_at is not null)`,
			readAt: notifications.readAt,
			confirmedAt: notifications.confirmedAt
		})
		.from(notifications)
		.leftJoin(people, eq(people.id, notifications.personId))
		.where(and(ofAnnouncement(announcementId), missing))
		.orderBy(...BY_NAME, notifications.id);
	return page === undefined ? rows : rows.limit(RECEIPTS_PER_PAGE).offset((page - 1) * RECEIPTS_PER_PAGE);
}

async function countReceipts(db: Database, announcementId: string) {
	const [row] = await db
		.select({ total: count(), read: count(notifications.readAt), confirmed: count(notifications.confirmedAt) })
		.from(notifications)
		.where(ofAnnouncement(announcementId));
	return row ?? { total: 0, read: 0, confirmed: 0 };
}

const ofAnnouncement = (announcementId: string) =>
	and(eq(notifications.announcementId, announcementId), eq(notifications.template, 'announcement.sent'));
