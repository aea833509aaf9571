import os from 'node:os';
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
	const lines = accounts.map(({ role, username, password, purpose = '' }) =>
		`  ${role.padEnd(width)}  ${username.padEnd(names)}  ${password}  ${purpose}`.trimEnd()
	);
	return [
		'',
		`Sẵn sàng sau ${seconds.toFixed(1)} s / Ready`,
		'',
		`  Địa chỉ / Address:   ${address}`,
		...networkAddresses(installation).map((other) => `                       ${other}`),
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

/** Where other machines of the network reach a product that is open to them. */
function networkAddresses({ isOpen, host, port }: Installation): string[] {
	if (!isOpen || process.env.ORIGIN) return [];
	if (host !== '0.0.0.0' && host !== '::') return [`http://${host}:${port}`];
	const all = Object.values(os.networkInterfaces()).flatMap((list) => list ?? []);
	return all
		.filter(({ internal, family }) => !internal && family === 'IPv4')
		.map(({ address }) => `http://${address}:${port}`);
}
