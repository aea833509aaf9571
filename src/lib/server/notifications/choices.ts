import { eq, sql } from 'drizzle-orm';
import { CHOOSABLE_GROUPS, DEFAULT_CHOICES, type ChoosableGroup, type Choice } from '#lib/notifications/choices.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { noticeChoices } from './tables.ts';

/** How the actor is told of messages, where to, and which ways this installation has beside the inbox. */
export async function getOwnChoices(ctx: Context) {
	const accountId = ownAccountId(ctx);
	const rows = await ctx.db.select().from(noticeChoices).where(eq(noticeChoices.accountId, accountId));
	const [address] = await ctx.db.execute<{ email: string | null; phone: string | null }>(sql`
		select coalesce(a.email::text, p.email) as email, coalesce(a.phone, p.phone) as phone
		from account a left join person p on p.id = a.person_id where a.id = ${accountId}`);
	const chosen = (group: ChoosableGroup): Choice => rows.find((row) => row.group === group) ?? DEFAULT_CHOICES[group];
	return {
		choices: CHOOSABLE_GROUPS.map((group) => ({ group, mail: chosen(group).mail, phone: chosen(group).phone })),
		email: address?.email ?? null,
		phone: address?.phone ?? null,
		hasMail: ctx.config.mail !== undefined,
		gatewayName: ctx.config.gateway?.name ?? null
	};
}

/** Sets how the actor is told of messages from now on. */
export async function chooseOwn(ctx: Context, choices: Readonly<Record<ChoosableGroup, Choice>>): Promise<void> {
	const accountId = ownAccountId(ctx);
	await ctx.db.transaction(async (tx) => {
		await tx
			.insert(noticeChoices)
			.values(CHOOSABLE_GROUPS.map((group) => ({ accountId, group, ...choices[group] })))
			.onConflictDoUpdate({
				target: [noticeChoices.accountId, noticeChoices.group],
				set: { mail: sql`excluded.mail`, phone: sql`excluded.phone` }
			});
		await recordAudit(ctx, tx, 'account.notices_chosen', { objectId: accountId, choices });
	});
}

function ownAccountId({ actor }: Context): string {
	if (actor.kind !== 'account') throw new DomainError('unauthenticated', 'identity.sign_in_required');
	return actor.accountId;
}
