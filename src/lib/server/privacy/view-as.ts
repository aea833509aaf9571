import { eq } from 'drizzle-orm';
import type { ViewAsInput } from '#lib/identity/input.ts';
import { recordAudit } from '../audit/record.ts';
import type { Actor } from '../identity/actor.ts';
import { authorise } from '../identity/permissions.ts';
import { sessions } from '../identity/tables.ts';
import { mayView, VIEWING_MS } from '../identity/viewing.ts';
import { notify } from '../notifications/notify.ts';
import { getAccount } from '../organisation/accounts.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';

/**
 * The owner of a session looks at the product as another account for half an hour, to see what its owner sees. Nothing can be
 * changed meanwhile (hooks.server.ts: no forms, a connection that only reads). The reason is written down and the account's
 * owner is told.
 * @throws {DomainError} `not_found` outside the actor's units; `forbidden` `identity.viewing_beyond_reach` for oneself, closed
 * accounts, and those who run the province or its machines
 */
export async function beginViewing(
	ctx: Context,
	sessionId: Buffer,
	{ accountId, reason }: ViewAsInput & { accountId: string }
): Promise<void> {
	authorise(ctx.actor, 'account:view_as');
	const account = await getAccount(ctx, accountId);
	const isOwn = ctx.actor.kind === 'account' && ctx.actor.accountId === accountId;
	if (isOwn || account.state !== 'active' || !mayView(ctx.actor, account.roles)) {
		throw new DomainError('forbidden', 'identity.viewing_beyond_reach');
	}
	await ctx.db.transaction(async (tx) => {
		const viewingUntil = new Date(ctx.now.getTime() + VIEWING_MS);
		await tx.update(sessions).set({ viewedAccountId: accountId, viewingUntil }).where(eq(sessions.id, sessionId));
		await notify(ctx, tx, {
			template: 'privacy.viewed_as',
			params: {
				by: ctx.actor.kind === 'account' ? ctx.actor.displayName : '',
				at: ctx.now.toISOString(),
				reason
			},
			to: [{ accountId }],
			key: `privacy.viewed_as ${ctx.requestId}`
		});
		await recordAudit(ctx, tx, 'account.viewing_begun', { objectId: accountId, reason });
	});
}

/** Ends it; `owner` is whose session it is. Ending what has ended does nothing. */
export async function endViewing(ctx: Context, sessionId: Buffer, viewed: Actor): Promise<void> {
	await ctx.db.transaction(async (tx) => {
		const ended = await tx
			.update(sessions)
			.set({ viewedAccountId: null, viewingUntil: null })
			.where(eq(sessions.id, sessionId))
			.returning({ id: sessions.id });
		if (ended.length === 0 || viewed.kind !== 'account') return;
		await recordAudit(ctx, tx, 'account.viewing_ended', { objectId: viewed.accountId });
	});
}
