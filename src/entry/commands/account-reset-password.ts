import { toLoginName } from '#lib/identity/login-name.ts';
import { findAccountByName, setPassword } from '#lib/server/identity/accounts.ts';
import { randomPassword } from '#lib/server/identity/passwords.ts';
import { type Command, UsageError } from '../command.ts';

/** For the administrator nobody else can help. */
export const command: Command = {
	summary: 'Đặt lại mật khẩu của một tài khoản / Reset the password of an account',
	usage: '--username NAME',
	details: [
		'NAME: tên đăng nhập, số điện thoại hoặc thư điện tử / user name, telephone or e-mail',
		'Mọi phiên đăng nhập kết thúc; mật khẩu mới được in một lần. / All sessions end; the new password is printed once.'
	],
	options: { username: { type: 'string' } },
	async run({ values, positionals, ctx: open }) {
		const name = values.username ?? positionals[0];
		if (typeof name !== 'string') throw new UsageError('--username NAME');
		const ctx = await open();
		const account = await findAccountByName(ctx.db, toLoginName(name));
		if (!account) throw new UsageError(`không có tài khoản / no such account: ${name}`);
		const password = randomPassword();
		await ctx.db.transaction((tx) => setPassword(ctx, tx, account.id, password));
		const text = `Tên đăng nhập / User name: ${account.username}\nMật khẩu / Password:       ${password}`;
		return { text, data: { username: account.username, password } };
	}
};
