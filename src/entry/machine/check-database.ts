import postgres from 'postgres';
import { StartError } from './progress.ts';

/** PostgreSQL 15, as server_version_num writes it. */
const OLDEST = 150_000;

/**
 * Looks whether the database that somebody else runs can be used, so that a wrong word in DATABASE_URL is told as such.
 * @throws {StartError} what is wrong and what to do
 */
export async function checkDatabase(databaseUrl: string): Promise<void> {
	const sql = postgres(databaseUrl, { max: 1, connect_timeout: 10, onnotice: () => {} });
	try {
		const [row] = await sql<{ version: number; name: string; account: string; may: boolean }[]>`
			select current_setting('server_version_num')::int as version, current_database() as name, current_user as account,
				has_database_privilege(current_database(), 'CREATE') as may`;
		if (!row) return;
		const { version, name, account, may } = row;
		if (version < OLDEST)
			throw new StartError(
				`PostgreSQL ${version} quá cũ; cần bản 15 trở lên.`,
				`PostgreSQL ${version} is too old; version 15 or later is needed.`
			);
		if (!may)
			throw new StartError(
				`Tài khoản “${account}” không được tạo bảng trong cơ sở dữ liệu “${name}”. Chạy: GRANT CREATE ON DATABASE ${name} TO ${account};`,
				`“${account}” may not create tables in database “${name}”. Run: GRANT CREATE ON DATABASE ${name} TO ${account};`
			);
	} catch (error) {
		throw error instanceof StartError ? error : explained(error, databaseUrl);
	} finally {
		await sql.end({ timeout: 5 });
	}
}

/** Codes of PostgreSQL (SQLSTATE) and of the network. The password in the address is never repeated. */
function explained(error: unknown, databaseUrl: string): unknown {
	const code = (error as { code?: string }).code ?? '';
	if (code === '28P01' || code === '28000')
		return new StartError(
			'PostgreSQL từ chối tên hoặc mật khẩu trong DATABASE_URL.',
			'PostgreSQL refuses the user name or password in DATABASE_URL.'
		);
	if (code === '3D000')
		return new StartError(
			'Cơ sở dữ liệu ghi trong DATABASE_URL chưa có; tạo bằng lệnh CREATE DATABASE.',
			'The database named in DATABASE_URL does not exist; make it with CREATE DATABASE.'
		);
	if (/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|CONNECT_TIMEOUT)$/.test(code)) {
		const { host } = new URL(databaseUrl);
		return new StartError(
			`Không kết nối được PostgreSQL tại ${host}. Kiểm tra DATABASE_URL và máy chủ cơ sở dữ liệu.`,
			`PostgreSQL at ${host} cannot be reached. Check DATABASE_URL and the database server.`
		);
	}
	return error;
}
