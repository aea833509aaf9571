import { createHash, randomUUID } from 'node:crypto';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { AnnouncementInput } from '#lib/notifications/announcement-input.ts';
import type { Audience } from '#lib/notifications/audience.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise, EVERYTHING, type UnitScope } from '../identity/permissions.ts';
import { listUnits } from '../organisation/queries.ts';
import { listCategories } from '../organisation/reference-data.ts';
import { inScope } from '../organisation/scope.ts';
import { units, unitVersions } from '../organisation/tables.ts';
import { dayOf, today, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { takeInFile } from '../platform/files/take-in-file.ts';
import { announcementFiles, announcements } from './announcement-tables.ts';
import { listRecipients } from './audience.ts';
import { notify, type Recipient } from './notify.ts';
import { notifications } from './tables.ts';

/** The sender's present name. */
export const announcementUnitName = sql<string>`(select ${unitVersions.name} from ${unitVersions}
	where ${unitVersions.unitId} = ${announcements.unitId} order by ${unitVersions.validFrom} desc limit 1)`;

/** What the form offers: the sender's units, groups of people. */
export async function getComposeChoices(ctx: Context) {
	const scope = authorise(ctx.actor, 'announcement:send');
	const [all, groups] = await Promise.all([listUnits(ctx.db, scope), listCategories(ctx.db, today(ctx))]);
	return {
		units: all.map(({ id, name, depth }) => ({ id, name, depth })),
		categories: groups.map(({ code, nameVi, nameEn }) => ({ code, nameVi, nameEn }))
	};
}

/** How many people an announcement would go to. */
export async function countRecipients(ctx: Context, audience: Audience): Promise<number> {
	const scope = authorise(ctx.actor, 'announcement:send');
	return (await listRecipients(ctx.db, scope, audience, today(ctx))).length;
}

/**
 * Sends a document or a piece of news, with its files, to a group of people of the sender's units.
 * @throws {DomainError} `forbidden` for a unit outside the actor's, `invalid` `notifications.nobody` for an empty group, and
 * those of {@link takeInFile}
 */
export async function sendAnnouncement(ctx: Context, input: AnnouncementInput): Promise<{ announcementId: string }> {
	const scope = authorise(ctx.actor, 'announcement:send');
	const { unitId, title, body, documentNo, documentDate, needsConfirmation, unitIds, categories, roles } = input;
	const audience = { unitIds, categories, roles };
	await assertUnits(ctx.db, scope, [unitId, ...unitIds]);
	const recipients = await listRecipients(ctx.db, scope, audience, today(ctx));
	if (recipients.length === 0) throw new DomainError('invalid', 'notifications.nobody');
	const announcementId = randomUUID();
	const files = await storeFiles(ctx, announcementId, input.files);
	await ctx.db.transaction(async (tx) => {
		const facts = { unitId, title, body, documentNo, documentDate, needsConfirmation, audience };
		await tx.insert(announcements).values({
			...{ id: announcementId, ...facts, sentAt: ctx.now },
			recipientCount: recipients.length,
			sentBy: ctx.actor.kind === 'account' ? ctx.actor.accountId : null
		});
		if (files.length > 0) await tx.insert(announcementFiles).values(files);
		await tell(ctx, tx, { announcementId, to: recipients, template: 'announcement.sent', key: 'announcement' });
		await recordAudit(ctx, tx, 'announcement.sent', {
			objectId: announcementId,
			...{ unitId, audience, recipients: recipients.length, files: files.map(({ sha256 }) => sha256) }
		});
	});
	return { announcementId };
}

/**
 * Takes an announcement back: it stays in inboxes as withdrawn, with the reason instead of its text and files.
 * @throws {DomainError} `not_found` outside the actor's units
 */
export async function withdrawAnnouncement(ctx: Context, announcementId: string, reason: string): Promise<void> {
	const scope = authorise(ctx.actor, 'announcement:send');
	await ctx.db.transaction(async (tx) => {
		const { unitId } = await getOwnAnnouncement(tx, scope, announcementId);
		const withdrawn = await tx
			.update(announcements)
			.set({ withdrawnAt: ctx.now, withdrawReason: reason })
			.where(and(eq(announcements.id, announcementId), isNull(announcements.withdrawnAt)))
			.returning({ id: announcements.id });
		if (withdrawn.length === 0) return;
		await recordAudit(ctx, tx, 'announcement.withdrawn', { objectId: announcementId, unitId, reason });
	});
}

/**
 * Reminds whoever has not opened an announcement, or not confirmed it where that was asked; at most once a day.
 * @returns how many were reminded
 * @throws {DomainError} `not_found`; `conflict` when it was withdrawn
 */
export async function remindReaders(ctx: Context, announcementId: string): Promise<number> {
	const scope = authorise(ctx.actor, 'announcement:send');
	return ctx.db.transaction(async (tx) => {
		const { unitId, needsConfirmation, withdrawnAt } = await getOwnAnnouncement(tx, scope, announcementId);
		if (withdrawnAt) throw new DomainError('conflict', 'notifications.withdrawn');
		const waiting = await tx
			.select({ personId: notifications.personId, accountId: notifications.accountId })
			.from(notifications)
			.where(
				and(
					eq(notifications.announcementId, announcementId),
					eq(notifications.template, 'announcement.sent'),
					isNull(needsConfirmation ? notifications.confirmedAt : notifications.readAt)
				)
			);
		const to = waiting.map(({ personId, accountId }) => (personId ? { personId } : { accountId: accountId ?? '' }));
		const key = `announcement.reminder ${dayOf(ctx.now)}`;
		const reminded = await tell(ctx, tx, { announcementId, to, template: 'announcement.reminder', key });
		await recordAudit(ctx, tx, 'announcement.reminded', { objectId: announcementId, unitId, reminded });
		return reminded;
	});
}

/** @throws {DomainError} `not_found` outside the scope */
export async function getOwnAnnouncement(db: Database, scope: UnitScope, announcementId: string) {
	const [found] = await db
		.select({ announcement: announcements, unitName: announcementUnitName })
		.from(announcements)
		.innerJoin(units, eq(units.id, announcements.unitId))
		.where(and(eq(announcements.id, announcementId), inScope(units.path, scope)));
	if (!found) throw new DomainError('not_found', 'notifications.no_announcement');
	return { ...found.announcement, unitName: found.unitName };
}

async function tell(
	ctx: Context,
	tx: Database,
	{
		announcementId,
		to,
		template,
		key
	}: {
		announcementId: string;
		to: readonly Recipient[];
		template: 'announcement.sent' | 'announcement.reminder';
		key: string;
	}
): Promise<number> {
	const { title, unitName } = await getOwnAnnouncement(tx, EVERYTHING, announcementId);
	return notify(ctx, tx, {
		template,
		params: { sender: unitName, subject: title },
		to,
		key: `${key} ${announcementId}`,
		announcementId
	});
}

async function assertUnits(db: Database, scope: UnitScope, unitIds: readonly string[]): Promise<void> {
	const asked = [...new Set(unitIds)];
	const known = await db
		.select({ id: units.id })
		.from(units)
		.where(and(inArray(units.id, asked), inScope(units.path, scope)));
	if (known.length < asked.length) throw new DomainError('forbidden', 'notifications.unit_out_of_reach');
}

async function storeFiles(ctx: Context, announcementId: string, files: readonly File[]) {
	const stored: (typeof announcementFiles.$inferInsert)[] = [];
	for (const [position, file] of files.entries()) {
		const { bytes, name, contentType, extension } = await takeInFile(ctx.config, file);
		const storageKey = `announcements/${announcementId}/${randomUUID()}.${extension}`;
		await ctx.storage.put(storageKey, bytes, { contentType });
		const sha256 = createHash('sha256').update(bytes).digest('hex');
		stored.push({ announcementId, position, name, contentType, sizeBytes: bytes.byteLength, sha256, storageKey });
	}
	return stored;
}
