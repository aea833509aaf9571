import { and, eq, isNull } from 'drizzle-orm';
import { recordAudit } from '../audit/record.ts';
import { type Context, dayOf, today } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { listGrants } from './accounts.ts';
import type { Actor } from './actor.ts';
import { createSession, type NewSession } from './sessions.ts';
import { getSetting } from './settings.ts';
import { accounts } from './tables.ts';

const DAY_MS = 86_400_000;

/** What a browser says of itself when a session begins. */
export type Device = Readonly<{ userAgent?: string }>;

/** How its owner proved to be there; `two` when a second step was taken or the single sign-on vouches for one. */
type Proof = Readonly<{ steps: 'one' | 'two'; by: 'password' | 'slip' | 'totp' | 'recovery_code' | 'single_sign_on' }>;

/**
 * Begins a session after the first proof: a whole one, or one that waits for the second step where that is set up. Roles
 * that demand a second step get their day of grace noted here.
 */
export async function beginSession(
	ctx: Context,
	tx: Database,
	accountId: string,
	session: Device & Proof & { isSharedMachine: boolean }
): Promise<NewSession> {
	const { steps, by, isSharedMachine, userAgent } = session;
	const [account] = await tx.select().from(accounts).where(eq(accounts.id, accountId));
	const { value: policy } = await getSetting(tx, 'two_step');
	const roles = (await listGrants(tx, accountId, today(ctx))).map(({ role }) => role);
	const isStaff = roles.some((role) => policy.roles.includes(role as never));
	const isOn = Boolean(account?.totpConfirmedAt);
	const isPending = isOn && steps === 'one';
	if (isStaff && !isOn && !account?.isDemo && policy.mode === 'require') {
		await tx
			.update(accounts)
			.set({ twoStepDueOn: dayOf(new Date(ctx.now.getTime() + policy.graceDays * DAY_MS)) })
			.where(and(eq(accounts.id, accountId), isNull(accounts.twoStepDueOn)));
	}
	const created = await createSession(tx, { accountId, now: ctx.now, isSharedMachine, isStaff, isPending, userAgent });
	const actor: Actor = { kind: 'account', accountId, displayName: '', grants: [] };
	const action = isPending ? 'session.second_step_asked' : 'session.started';
	await recordAudit({ ...ctx, actor }, tx, action, { objectId: accountId, isSharedMachine, by });
	return created;
}
