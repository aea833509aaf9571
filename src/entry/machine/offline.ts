import { randomUUID } from 'node:crypto';
import { loadConfig } from '#lib/server/platform/config.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { openServices, type Services } from '#lib/server/platform/services.ts';
import { prepare } from '../prepare.ts';
import { startDatabase, type RunningDatabase } from './database.ts';
import { findInstallation, makeDataDir } from './installation.ts';
import { isProductRunning } from './start-lock.ts';

/** The product's services for one command, beside a running product or without one. Nothing is opened before it is asked for. */
export function openOffline(): { ctx(): Promise<Context>; close(): Promise<void> } {
	let opened: Promise<{ services: Services; database: RunningDatabase; dataDir: string }> | undefined;
	const open = async () => {
		const installation = await findInstallation();
		await makeDataDir(installation);
		const database = await startDatabase(installation);
		const config = loadConfig(database.env);
		await prepare(config);
		const services = await openServices({ workers: false, config });
		return { services, database, dataDir: installation.dataDir };
	};
	return {
		async ctx() {
			const { services } = await (opened ??= open());
			return services.systemContext(`cli-${randomUUID()}`);
		},
		async close() {
			const found = await opened?.catch(() => undefined);
			if (!found) return;
			await found.services.close();
			// A product started meanwhile has adopted our database and needs it longer than we do.
			if (!found.database.isAdopted && !(await isProductRunning(found.dataDir))) await found.database.stop();
		}
	};
}
