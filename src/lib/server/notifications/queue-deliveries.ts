import { sql } from 'drizzle-orm';
import { DEFAULT_CHOICES, DIGEST_HOUR } from '#lib/notifications/choices.ts';
import type { NoticeGroup } from '#lib/notifications/notice.ts';
import { dayOf, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';

/**
 * Puts new messages on their way to mailboxes and telephones, as their recipients chose, in the caller's transaction.
 * Without a mail server or a gateway nothing is queued for it: what nobody can send must not wait for years.
 */
export async function queueDeliveries(
	ctx: Context,
	tx: Database,
	group: NoticeGroup,
	notificationIds: readonly string[]
): Promise<void> {
	const { mail, gateway } = ctx.config;
	if (notificationIds.length === 0 || (!mail && !gateway)) return;
	const chosen = DEFAULT_CHOICES[group];
	const now = sql`${ctx.now.toISOString()}::timestamptz`;
	const queued = await tx.execute<{ isDue: boolean }>(sql`
		with message as (
			select n.id, coalesce(a.email::text, p.email) as email, coalesce(a.phone, p.phone) as phone,
				${group === 'account' ? sql`'now'` : sql`coalesce(c.mail, ${chosen.mail})`} as mail_choice,
				coalesce(c.phone, ${chosen.phone}::boolean) as phone_choice
			from notification n
			left join person p on p.id = n.person_id
			left join account a on a.id = n.account_id or a.person_id = n.person_id
			left join notice_choice c on c.account_id = a.id and c."group" = ${group}
			where n.id = any(${sql.param(notificationIds)}::uuid[]) and a.disabled_at is null
		)
		insert into delivery (notification_id, channel, is_digest, due_at, queued_at)
		select id, 'mail', mail_choice = 'daily',
			case mail_choice when 'daily' then ${nextDigest(ctx.now)}::timestamptz else ${now} end, ${now}
		from message where ${mail !== undefined}::boolean and email is not null and mail_choice <> 'never'
		union all
		select id, 'phone', false, ${now}, ${now}
		from message where ${gateway !== undefined}::boolean and phone_choice and phone ~ '^0[35789][0-9]{8}$'
		on conflict do nothing
		returning not is_digest as "isDue"`);
	if (queued.some(({ isDue }) => isDue)) await ctx.queue.send(tx, 'notifications.deliver', {});
}

/** The next morning's hour of the daily summary, as an ISO instant. */
function nextDigest(now: Date): string {
	const hour = `${String(DIGEST_HOUR).padStart(2, '0')}:00:00+07:00`;
	const today = new Date(`${dayOf(now)}T${hour}`);
	const tomorrow = new Date(`${dayOf(new Date(now.getTime() + 86_400_000))}T${hour}`);
	return (today > now ? today : tomorrow).toISOString();
}
