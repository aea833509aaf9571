import { sql, type SQL } from 'drizzle-orm';
import type { Context } from '../platform/context.ts';
import type { Handover } from '../platform/mailer.ts';

/** Minutes until the next try, by how many there were: a relay that is down over night still gets its mails. */
const WAITS_MIN = [1, 5, 30, 120, 480];
/** Minutes after which a delivery that a worker took and never finished is taken again. */
const LEASE_MIN = 10;
const AT_ONCE = 20;

export type Channel = 'mail' | 'phone';

/** A delivery whose turn has come, with all that its message needs. */
export type Taken = {
	id: string;
	notificationId: string;
	channel: Channel;
	isDigest: boolean;
	attempts: number;
	isRead: boolean;
	template: string;
	params: Record<string, string | number>;
	fullName: string;
	email: string | null;
	phone: string | null;
	editedTitle: string | null;
	editedBody: string | null;
	editedAction: string | null;
};

/** Takes messages that are due and go out one by one; each as a group of its own. */
export async function takeSingles(ctx: Context, channel: Channel): Promise<Taken[][]> {
	const taken = await take(
		ctx,
		sql`select id from delivery where state = 'waiting' and not is_digest and channel = ${channel}
			and due_at <= ${ctx.now.toISOString()} order by due_at limit ${AT_ONCE} for update skip locked`
	);
	return taken.map((one) => [one]);
}

/** Takes all that is due for the daily mail of one recipient; one group, or none. */
export async function takeDigest(ctx: Context): Promise<Taken[][]> {
	const due = (table: SQL) =>
		sql`${table}.state = 'waiting' and ${table}.is_digest and ${table}.due_at <= ${ctx.now.toISOString()}`;
	const taken = await take(
		ctx,
		sql`select d.id from delivery d join notification n on n.id = d.notification_id
			where ${due(sql`d`)} and coalesce(n.person_id, n.account_id) = (
				select coalesce(m.person_id, m.account_id) from delivery e join notification m on m.id = e.notification_id
				where ${due(sql`e`)} order by e.due_at limit 1)`
	);
	return taken.length > 0 ? [taken] : [];
}

async function take(ctx: Context, chosen: SQL): Promise<Taken[]> {
	const rows = await ctx.db.execute<Taken>(sql`
		with taken as (
			update delivery set attempts = attempts + 1,
				due_at = ${ctx.now.toISOString()}::timestamptz + ${LEASE_MIN} * interval '1 minute'
			where id in (${chosen}) and state = 'waiting' and due_at <= ${ctx.now.toISOString()}
			returning *
		)
		select t.id, t.channel, t.is_digest as "isDigest", t.attempts, n.id as "notificationId",
			n.read_at is not null as "isRead", n.template, n.params,
			coalesce(p.full_name, a.display_name) as "fullName", coalesce(a.email::text, p.email) as email,
			coalesce(a.phone, p.phone) as phone,
			x.title as "editedTitle", x.body as "editedBody", x.action as "editedAction"
		from taken t join notification n on n.id = t.notification_id
		left join person p on p.id = n.person_id
		left join account a on a.id = n.account_id or a.person_id = n.person_id
		left join notice_text x on x.template = n.template
		order by n.sent_at, t.id`);
	return [...rows];
}

/** Writes down what became of a group; without a handover there was nobody left to tell. */
export async function note(ctx: Context, group: readonly Taken[], done: Handover | undefined): Promise<void> {
	const [first] = group;
	if (!first) return;
	const wait = WAITS_MIN[first.attempts - 1];
	const isOver = !done || done.isTaken || done.isFinal || wait === undefined;
	const state = !done ? 'dropped' : done.isTaken ? 'sent' : isOver ? 'failed' : 'waiting';
	await ctx.db.execute(sql`
		update delivery set state = ${state}, failure = ${done && !done.isTaken ? done.failure : null},
			due_at = ${ctx.now.toISOString()}::timestamptz + ${wait ?? 0} * interval '1 minute',
			finished_at = case when ${isOver}::boolean then ${ctx.now.toISOString()}::timestamptz end
		where id = any(${sql.param(group.map(({ id }) => id))}::uuid[])`);
}

/** Days that messages wait for a carrier that cannot be reached; older news helps nobody. */
const PATIENCE_DAYS = 3;

/**
 * Gives back what was taken and not tried and, where the carrier could not be reached, the group it was found out with.
 * That costs no attempt; the group lets others go first, in case it is what the carrier stumbles over.
 */
export async function giveBack(
	ctx: Context,
	untried: readonly (readonly Taken[])[],
	stumbled?: { group: readonly Taken[]; failure: string }
): Promise<void> {
	const now = ctx.now.toISOString();
	const ids = (groups: readonly (readonly Taken[])[]) => sql.param(groups.flat().map(({ id }) => id));
	await ctx.db.execute(sql`
		update delivery set attempts = attempts - 1, due_at = ${now} where id = any(${ids(untried)}::uuid[])`);
	if (!stumbled) return;
	await ctx.db.execute(sql`
		update delivery set attempts = attempts - 1, failure = ${stumbled.failure},
			due_at = ${now}::timestamptz + interval '5 minutes',
			state = case when queued_at < ${now}::timestamptz - ${PATIENCE_DAYS} * interval '1 day' then 'failed' else state end
		where id = any(${ids([stumbled.group])}::uuid[])`);
}
