import type { DemoAccount } from './demo.ts';
import type { Installation } from './installation.ts';

type Farewell = {
	address: string;
	installation: Installation;
	accounts: readonly DemoAccount[];
	logDir?: string;
	seconds: number;
};

/** The last lines of a start: where to go, whom to sign in as, where the data are. */
export function farewell({ address, installation, accounts, logDir, seconds }: Farewell): string {
	const width = Math.max(0, ...accounts.map(({ role }) => role.length));
	const names = Math.max(0, ...accounts.map(({ username }) => username.length));
	const lines = accounts.map(
		({ role, username, password }) => `  ${role.padEnd(width)}  ${username.padEnd(names)}  ${password}`
	);
	return [
		'',
		`Sẵn sàng sau ${seconds.toFixed(1)} s / Ready`,
		'',
		`  Địa chỉ / Address:   ${address}`,
		`  Dữ liệu / Data:      ${installation.dataDir}`,
		...(logDir ? [`  Nhật ký / Logs:      ${logDir}`] : []),
		...(lines.length > 0 ? ['', 'Tài khoản dùng thử / Demo accounts:', ...lines] : []),
		...(installation.isProduction
			? ['', '  Tài khoản đầu tiên / First account: npm run cli -- account create --admin']
			: []),
		'',
		'Ctrl-C để dừng / to stop',
		''
	].join('\n');
}
