// The whole product on one machine: database, pages, workers. Started by start.js; see docs for several machines.
import path from 'node:path';
import { loadConfig } from '#lib/server/platform/config.ts';
import { isPortFree } from '#lib/server/platform/free-port.ts';
import { build, isBuilt, sourcesDigest } from './machine/build.ts';
import { openChildren } from './machine/children.ts';
import { startDatabase } from './machine/database.ts';
import { demoAccounts, fillWithDemoData } from './machine/demo.ts';
import { farewell } from './machine/farewell.ts';
import { ensureFfmpeg } from './machine/ffmpeg.ts';
import { findInstallation, makeDataDir, ROOT, type Installation } from './machine/installation.ts';
import { say, StartError, step } from './machine/progress.ts';
import { waitForWeb } from './machine/readiness.ts';
import { lockDataDir } from './machine/start-lock.ts';
import { onStopSignals } from './machine/stop-signals.ts';
import { prepare } from './prepare.ts';

/** How to end what runs so far, in the order it was started. */
const toStop: (() => Promise<void>)[] = [];
const toKill: (() => void)[] = [];
let isStopping = false;

/** A step of the start; none begins once a stop has been asked for. */
async function phase<T>(name: string, work: () => Promise<T>): Promise<T> {
	if (isStopping) await new Promise(() => {});
	return step(name, work);
}

async function start(): Promise<void> {
	const startedAt = performance.now();
	process.chdir(ROOT);
	const installation = await findInstallation();
	const address = process.env.ORIGIN ?? `http://localhost:${installation.port}`;
	await makeDataDir(installation);
	await lockDataDir(installation.dataDir, address);
	await checkPort(installation);

	const ffmpeg = ensureFfmpeg(); // asks programs for their abilities; the rest need not wait for it
	const digest = await sourcesDigest();
	if (!(await isBuilt(digest))) await phase('Dựng giao diện / Build', () => build(digest));

	const { env } = await phase('Cơ sở dữ liệu / Database', async () => {
		const starting = startDatabase(installation);
		toStop.push(async () => (await starting.catch(() => undefined))?.stop());
		const database = await starting;
		toKill.push(database.kill);
		return database;
	});
	Object.assign(process.env, env);
	const config = loadConfig(env);
	await phase('Cấu trúc dữ liệu, kho tệp / Migrations, object store', () => prepare(config));
	if (installation.isDemo) await fillWithDemoData(config, installation);

	const logDir = installation.isProduction ? undefined : path.join(installation.dataDir, 'logs');
	await phase('Web, xử lý bài giảng / Web, workers', async () => {
		const children = await openChildren({ env, logDir });
		toStop.push(children.stop);
		toKill.push(children.kill);
		children.start('web'); // alone at first: people see a page before the workers have loaded
		await waitForWeb(installation.port, installation.host, children, logDir);
		await ffmpeg;
		children.start('worker');
		children.start('media');
	});
	const accounts = installation.isDemo ? await demoAccounts(installation) : [];
	say(farewell({ address, installation, accounts, logDir, seconds: (performance.now() - startedAt) / 1000 }));
}

async function checkPort({ port, host }: Installation): Promise<void> {
	if (await isPortFree(port, host)) return;
	throw new StartError(
		`Cổng ${port} đang có chương trình khác dùng. Chạy với cổng khác, ví dụ: PORT=${port + 1} npm start`,
		`Port ${port} is taken by another program. Start on another one, for example: PORT=${port + 1} npm start`
	);
}

async function stop(): Promise<void> {
	isStopping = true;
	for (const part of toStop.splice(0).toReversed()) await part();
}

onStopSignals({
	async stop() {
		say('→ Đang dừng… (Ctrl-C lần nữa: dừng ngay) / Stopping… (Ctrl-C again: at once)');
		await stop();
		say('✓ Đã dừng / Stopped');
	},
	kill: () => toKill.forEach((part) => part())
});

try {
	await start();
} catch (error) {
	if (isStopping) await new Promise(() => {}); // the stop will end this process
	console.error(error instanceof StartError ? `\n✗ ${error.message}` : error);
	await stop();
	process.exit(1);
}
