import { eq } from 'drizzle-orm';
import { removeTwoStep } from '#lib/server/identity/two-step.ts';
import { endSessions } from '#lib/server/identity/sessions.ts';
import { accounts } from '#lib/server/identity/tables.ts';
import { type Command, UsageError } from '../command.ts';

/** For the last administrator, whom nobody else can help. */
export const command: Command = {
	summary: 'Gỡ xác thực hai bước của một tài khoản / Remove the second step of an account',
	usage: '--username NAME',
	options: { username: { type: 'string' } },
	async run({ values, ctx: open }) {
		const { username } = values;
		if (typeof username !== 'string') throw new UsageError('--username NAME');
		const ctx = await open();
		const [account] = await ctx.db.select({ id: accounts.id }).from(accounts).where(eq(accounts.username, username));
		if (!account) throw new UsageError(`--username: không có tài khoản / no such account: ${username}`);
		await ctx.db.transaction(async (tx) => {
			await removeTwoStep(ctx, tx, account.id);
			await endSessions(tx, account.id);
		});
		return { text: `✓ ${username}`, data: { username } };
	}
};
