import { addGrant, createAccount } from '#lib/server/identity/accounts.ts';
import { ROLES, type Role } from '#lib/server/identity/actor.ts';
import { randomPassword } from '#lib/server/identity/passwords.ts';
import { findUnitIdByCode } from '#lib/server/organisation/queries.ts';
import { ensureRootUnit } from '#lib/server/organisation/reference-data.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { type Command, UsageError } from '../command.ts';

/** Makes the first administrator of an installation, and operators' accounts later. */
export const command: Command = {
	summary: 'Tạo tài khoản vận hành / Create an operator’s account',
	usage: '--username NAME --name "FULL NAME" (--admin | --role ROLE) [--unit CODE] [--province "NAME"]',
	details: [
		'--admin            quản trị cấp tỉnh / provincial administrator (province_admin)',
		`--role ROLE        ${ROLES.filter((role) => role !== 'learner').join(', ')}`,
		'--unit CODE        đơn vị nhận vai trò, mặc định là cấp tỉnh / unit of the role, the province unless given',
		'--province "NAME"  tên tỉnh, dùng khi chưa có đơn vị nào / name of the province, used when there is no unit yet',
		'Mật khẩu ngẫu nhiên được in một lần và phải đổi khi đăng nhập. / A random password is printed once and must be changed.'
	],
	options: {
		admin: { type: 'boolean' },
		role: { type: 'string' },
		username: { type: 'string' },
		name: { type: 'string' },
		unit: { type: 'string' },
		province: { type: 'string' }
	},
	async run({ values, ctx: open }) {
		const { username, name } = values;
		const role = values.admin ? 'province_admin' : ROLES.find((one) => one === values.role && one !== 'learner');
		if (typeof username !== 'string' || !/^[a-z0-9][a-z0-9._-]{2,39}$/i.test(username)) {
			throw new UsageError('--username: 3-40 chữ cái không dấu, chữ số, . _ - / letters without marks, digits, . _ -');
		}
		if (typeof name !== 'string' || name.trim() === '') throw new UsageError('--name "FULL NAME"');
		if (!role) throw new UsageError('--admin / --role ROLE');
		const ctx = await open();
		const password = randomPassword();
		const unit = await unitFor(ctx, values.unit, values.province);
		await createWithRole(ctx, { username, name: name.trim(), password, role, unitId: unit });
		const text = `Tên đăng nhập / User name: ${username}\nMật khẩu / Password:       ${password}\n\nMật khẩu chỉ hiện một lần, phải đổi khi đăng nhập. / Shown once; must be changed at the first sign-in.`;
		return { text, data: { username, password, role } };
	}
};

async function unitFor(ctx: Context, code: unknown, province: unknown): Promise<string> {
	if (typeof code !== 'string') return ensureRootUnit(ctx.db, typeof province === 'string' ? { name: province } : {});
	const unitId = await findUnitIdByCode(ctx.db, code);
	if (!unitId) throw new UsageError(`--unit: không có đơn vị / no such unit: ${code}`);
	return unitId;
}

function createWithRole(
	ctx: Context,
	account: { username: string; name: string; password: string; role: Role; unitId: string }
): Promise<void> {
	const { username, name, password, role, unitId } = account;
	return ctx.db.transaction(async (tx) => {
		const created = await createAccount(ctx, tx, { username, displayName: name, password, mustChangePassword: true });
		await addGrant(ctx, tx, { accountId: created.accountId, role, unitId });
	});
}
