import { sql } from 'drizzle-orm';
import type { TwoStepPolicy } from '#lib/identity/settings.ts';
import { type Context, today } from '../platform/context.ts';
import { authorise } from './permissions.ts';
import { changeSetting, getSetting } from './settings.ts';

/** How the accounts that fall under the rule stand to it, as numbers. */
type Count = { role: string; accounts: number; on: number };

/** What an administrator sets about signing in, and how far it has come. Names stand in the accounts' own pages. */
export async function getSecurityPage(ctx: Context) {
	authorise(ctx.actor, 'system:operate');
	const twoStep = await getSetting(ctx.db, 'two_step');
	const counts = await ctx.db.execute<Count>(sql`
		select g.role, count(distinct a.id)::int as accounts,
			count(distinct a.id) filter (where a.totp_confirmed_at is not null)::int as on
		from role_grant g join account a on a.id = g.account_id
		where a.disabled_at is null and g.valid_from <= ${today(ctx)} and (g.valid_to is null or g.valid_to > ${today(ctx)})
		group by g.role`);
	return { twoStep, counts: [...counts] };
}

/** Sets who must sign in with a second step. */
export async function changeTwoStepPolicy(
	ctx: Context,
	{ version, ...policy }: TwoStepPolicy & { version: number }
): Promise<void> {
	await changeSetting(ctx, 'two_step', policy, version);
}
