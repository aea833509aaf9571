import path from 'node:path';
import { startEmbeddedPostgres } from '#lib/server/platform/embedded-postgres.ts';
import { DATABASE, loadSecrets, productEnvironment, type Installation } from './installation.ts';

/** The environment of the product's processes, and how to stop the database if it is ours. */
export type RunningDatabase = Readonly<{
	env: Record<string, string | undefined>;
	/** True when it ran before we came, so that it belongs to somebody else. */
	isAdopted: boolean;
	stop(): Promise<void>;
	/** At once; the next start recovers from the log. */
	kill(): void;
}>;

/** Starts the embedded PostgreSQL, or takes the one that DATABASE_URL names. */
export async function startDatabase(installation: Installation): Promise<RunningDatabase> {
	const { dataDir, isDatabaseEmbedded, isProduction } = installation;
	const secrets = isProduction ? undefined : await loadSecrets(dataDir);
	if (!isDatabaseEmbedded || !secrets) {
		const env = productEnvironment(installation, process.env.DATABASE_URL ?? '', secrets);
		return { env, isAdopted: true, stop: async () => {}, kill: () => {} };
	}
	const dir = path.join(dataDir, 'postgres');
	const server = await startEmbeddedPostgres({ dir, password: secrets.databasePassword, database: DATABASE });
	const env = productEnvironment(installation, server.url(DATABASE), secrets);
	return { env, isAdopted: server.isAdopted, stop: server.stop, kill: () => process.kill(server.pid, 'SIGQUIT') };
}
