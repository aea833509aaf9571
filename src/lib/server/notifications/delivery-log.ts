import { and, count, desc, eq, inArray, sql } from 'drizzle-orm';
import { recordAudit } from '../audit/record.ts';
import { authorise } from '../identity/permissions.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { notify } from './notify.ts';
import { deliveries, notifications } from './tables.ts';

/** Lines of one page. */
const PER_PAGE = 50;

type Delivery = typeof deliveries.$inferSelect;

/** What the log is narrowed to. */
export type DeliveryFilter = Readonly<{ state?: Delivery['state']; channel?: Delivery['channel']; page: number }>;

/**
 * What left for mailboxes and telephones, newest first, and how much stands where. Says of a message what kind it is,
 * never whom it went to: whoever keeps the system running sees no personal data.
 */
export async function listDeliveries(ctx: Context, { state, channel, page }: DeliveryFilter) {
	authorise(ctx.actor, 'system:operate');
	const chosen = and(state && eq(deliveries.state, state), channel && eq(deliveries.channel, channel));
	const [rows, [all], states] = await Promise.all([
		ctx.db
			.select({
				id: deliveries.id,
				template: notifications.template,
				channel: deliveries.channel,
				isDigest: deliveries.isDigest,
				state: deliveries.state,
				attempts: deliveries.attempts,
				failure: deliveries.failure,
				queuedAt: deliveries.queuedAt,
				dueAt: deliveries.dueAt,
				finishedAt: deliveries.finishedAt
			})
			.from(deliveries)
			.innerJoin(notifications, eq(notifications.id, deliveries.notificationId))
			.where(chosen)
			.orderBy(desc(deliveries.queuedAt), deliveries.id)
			.limit(PER_PAGE)
			.offset((page - 1) * PER_PAGE),
		ctx.db.select({ total: count() }).from(deliveries).where(chosen),
		ctx.db.select({ state: deliveries.state, total: count() }).from(deliveries).groupBy(deliveries.state)
	]);
	const total = all?.total ?? 0;
	return {
		rows,
		total,
		pageCount: Math.ceil(total / PER_PAGE),
		counts: Object.fromEntries(states.map((row) => [row.state, row.total])) as Partial<
			Record<Delivery['state'], number>
		>,
		hasMail: ctx.config.mail !== undefined,
		gatewayName: ctx.config.gateway?.name ?? null
	};
}

/** Sends again what failed: one delivery, or all that did. @returns how many wait again */
export async function retryDeliveries(ctx: Context, deliveryId?: string): Promise<number> {
	authorise(ctx.actor, 'system:operate');
	return ctx.db.transaction(async (tx) => {
		const failed = and(inArray(deliveries.state, ['failed']), deliveryId ? eq(deliveries.id, deliveryId) : undefined);
		const again = await tx
			.update(deliveries)
			.set({ state: 'waiting', attempts: 0, dueAt: ctx.now, queuedAt: ctx.now, finishedAt: null })
			.where(failed)
			.returning({ id: deliveries.id });
		if (again.length === 0) return 0;
		await ctx.queue.send(tx, 'notifications.deliver', {});
		await recordAudit(ctx, tx, 'delivery.retried', { objectId: deliveryId, count: again.length });
		return again.length;
	});
}

/**
 * Sends the actor a message through everything that is configured, to see whether it arrives.
 * @throws {DomainError} `conflict` when nothing is configured or the actor has no address
 */
export async function sendTest(ctx: Context): Promise<void> {
	authorise(ctx.actor, 'system:operate');
	const { actor } = ctx;
	if (actor.kind !== 'account') throw new DomainError('unauthenticated', 'identity.sign_in_required');
	await ctx.db.transaction(async (tx) => {
		const key = `system.test ${ctx.now.toISOString()}`;
		const to = [{ accountId: actor.accountId }];
		await notify(ctx, tx, { template: 'system.test', params: { sentAt: ctx.now.toISOString() }, to, key });
		const [queued] = await tx
			.select({ total: count() })
			.from(deliveries)
			.innerJoin(notifications, eq(notifications.id, deliveries.notificationId))
			.where(sql`${notifications.key} = ${key}`);
		if (!queued?.total) throw new DomainError('conflict', 'notifications.nowhere_to_send');
	});
}
