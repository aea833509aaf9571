import { randomUUID } from 'node:crypto';
import { type Config, loadConfig } from '#lib/server/platform/config.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { openServices, type Services } from '#lib/server/platform/services.ts';
import { prepare } from '../prepare.ts';
import { startDatabase, type RunningDatabase } from './database.ts';
import { findInstallation, makeDataDir } from './installation.ts';
import { isProductRunning } from './start-lock.ts';

/** The product's services for one command, beside a running product or without one. Nothing is opened before it is asked for. */
export function openOffline(): { ctx(): Promise<Context>; bare(): Promise<Config>; close(): Promise<void> } {
	let started: Promise<Started> | undefined;
	let opened: Promise<Services> | undefined;
	const start = () => (started ??= startAlone());
	const open = async () => {
		const { config } = await start();
		await prepare(config);
		return openServices({ workers: false, config });
	};
	return {
		async ctx() {
			const services = await (opened ??= open());
			return services.systemContext(`cli-${randomUUID()}`);
		},
		async bare() {
			return (await start()).config;
		},
		async close() {
			await (await opened?.catch(() => undefined))?.close();
			const found = await started?.catch(() => undefined);
			if (!found) return;
			// A product started meanwhile has adopted our database and needs it longer than we do.
			if (!found.database.isAdopted && !(await isProductRunning(found.config.dataDir))) await found.database.stop();
		}
	};
}

type Started = { config: Config; database: RunningDatabase };

async function startAlone(): Promise<Started> {
	const installation = await findInstallation();
	await makeDataDir(installation);
	const database = await startDatabase(installation);
	return { config: loadConfig(database.env), database };
}
