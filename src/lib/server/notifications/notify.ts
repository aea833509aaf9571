import { sql } from 'drizzle-orm';
import { localPath } from '#lib/identity/local-path.ts';
import { TEMPLATES, type NoticeKey, type NoticeParams } from '#lib/notifications/templates.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { queueDeliveries } from './queue-deliveries.ts';
import { notifications } from './tables.ts';

/** Whom to tell: a person of the roster (with or without an account) or an account; a `path` here wins over the message's. */
export type Recipient = Readonly<
	{ path?: string } & ({ personId: string; accountId?: undefined } | { personId?: undefined; accountId: string })
>;

/** A message to send. */
export type Notice<K extends NoticeKey> = Readonly<{
	/** Key of lib/notifications/templates.ts. */
	template: K;
	params: NoticeParams<K>;
	to: readonly Recipient[];
	/** Where the message leads: a path of this site with ids only, for example `/classes/<id>`. Opened after signing in. */
	path?: string;
	/**
	 * The occasion, for example `training.summoned <activityId>`. A recipient gets one message per key for good, however
	 * often and from however many processes this is called.
	 */
	key: string;
	/** The announcement it brings; only this module's own messages do. */
	announcementId?: string;
}>;

/** Rows of one INSERT; seven values each, and a statement takes 65,535. */
const ROWS_AT_ONCE = 5000;

/**
 * Tells people something, in the caller's transaction: a rollback tells nobody. The caller has authorised the change
 * that the message is about; telling needs no right of its own.
 * @returns how many recipients had not been told yet
 */
export async function notify<K extends NoticeKey>(ctx: Context, tx: Database, notice: Notice<K>): Promise<number> {
	const { template, params, key, announcementId } = notice;
	const recipients = await ownersOf(tx, notice.to);
	let sent = 0;
	for (let i = 0; i < recipients.length; i += ROWS_AT_ONCE) {
		const rows = recipients.slice(i, i + ROWS_AT_ONCE).map(({ path = notice.path, ...owner }) => ({
			...owner,
			template,
			params: params as Record<string, string | number>,
			path: path === undefined ? null : ownPath(path),
			key,
			announcementId,
			sentAt: ctx.now
		}));
		const created = await tx
			.insert(notifications)
			.values(rows)
			.onConflictDoNothing()
			.returning({ id: notifications.id });
		await queueDeliveries(
			ctx,
			tx,
			TEMPLATES[template].group,
			created.map(({ id }) => id)
		);
		sent += created.length;
	}
	return sent;
}

type Owner = Readonly<{ personId: string | null; accountId: string | null; path?: string }>;

/**
 * Each recipient once, in the one form an inbox looks for: the person behind an account; of merged people the kept row,
 * which every session of theirs acts as. Unknown ids get nothing.
 */
async function ownersOf(tx: Database, to: readonly Recipient[]): Promise<Owner[]> {
	const asked = to.map(({ personId, accountId }) => personId ?? accountId);
	if (asked.length === 0) return [];
	const kinds = to.map(({ personId }) => (personId ? 'person' : 'account'));
	const rows = await tx.execute<{ no: number; personId: string | null; accountId: string | null }>(sql`
		with asked as (
			select * from unnest(${sql.param(asked)}::uuid[], ${sql.param(kinds)}::text[]) with ordinality as t (id, kind, no)
		)
		select a.no::int as no, coalesce(p.canonical_id, p.id) as "personId", null::uuid as "accountId"
		from asked a join person p on p.id = a.id
		where a.kind = 'person'
		union all
		select a.no::int, coalesce(p.canonical_id, account.person_id), case when account.person_id is null then account.id end
		from asked a join account on account.id = a.id left join person p on p.id = account.person_id
		where a.kind = 'account'
		order by no`);
	const owners = new Map<string, Owner>();
	for (const { no, personId, accountId } of rows) {
		const owner = personId ?? accountId ?? '';
		if (!owners.has(owner)) owners.set(owner, { personId, accountId, path: to[no - 1]?.path });
	}
	return [...owners.values()];
}

/** @throws {Error} when the path would lead off this site: a defect of the caller's */
function ownPath(path: string): string {
	if (localPath(path, '') !== path) throw new Error(`a notice cannot lead to ${path}`);
	return path;
}
