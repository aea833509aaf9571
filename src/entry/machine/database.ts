import path from 'node:path';
import { startEmbeddedPostgres } from '#lib/server/platform/embedded-postgres.ts';
import { isRunning } from '#lib/server/platform/processes.ts';
import { checkDatabase } from './check-database.ts';
import { DATABASE, loadSecrets, productEnvironment, type Installation } from './installation.ts';
import { say } from './progress.ts';

const WATCH_MS = 500;

/** The environment of the product's processes, and how to stop the database if it is ours. */
export type RunningDatabase = Readonly<{
	env: Record<string, string | undefined>;
	/** True when it ran before we came, so that it belongs to somebody else. */
	isAdopted: boolean;
	stop(): Promise<void>;
	/** At once; the next start recovers from the log. */
	kill(): void;
}>;

/** Starts the embedded PostgreSQL and starts it again when it dies, or takes the one that DATABASE_URL names. */
export async function startDatabase(installation: Installation): Promise<RunningDatabase> {
	const { dataDir, isDatabaseEmbedded, isProduction } = installation;
	const secrets = isProduction ? undefined : await loadSecrets(dataDir);
	if (!isDatabaseEmbedded || !secrets) {
		const env = productEnvironment(installation, process.env.DATABASE_URL ?? '', secrets);
		await checkDatabase(process.env.DATABASE_URL ?? '');
		return { env, isAdopted: true, stop: async () => {}, kill: () => {} };
	}
	const dir = path.join(dataDir, 'postgres');
	const start = () => startEmbeddedPostgres({ dir, password: secrets.databasePassword, database: DATABASE });
	let server = await start();
	const { isAdopted } = server;
	let restart: Promise<void> | undefined;
	const watch = setInterval(() => {
		if (restart || isRunning(server.pid)) return;
		say('! PostgreSQL: dừng đột ngột, đang chạy lại / ended, starting again');
		restart = start()
			.then((next) => void (server = next)) // on the port it had, which the other processes know
			.catch((error: unknown) => say(`! PostgreSQL: ${String(error)}`))
			.finally(() => (restart = undefined));
	}, WATCH_MS);
	watch.unref();
	return {
		env: productEnvironment(installation, server.url(DATABASE), secrets),
		isAdopted,
		async stop() {
			clearInterval(watch);
			await restart;
			await server.stop();
		},
		kill: () => process.kill(server.pid, 'SIGQUIT')
	};
}
