import { SYSTEM_ACTOR } from '../identity/actor.ts';
import { loadConfig, type Config } from './config.ts';
import type { Context } from './context.ts';
import { openDatabase, type DatabasePool } from './database.ts';
import { openQueue, type QueueConnection } from './queue.ts';
import type { ObjectStore } from './storage/object-store.ts';
import { openObjectStore } from './storage/open.ts';

/** What one process holds open for its whole life. */
export type Services = Readonly<{
	config: Config;
	pool: DatabasePool;
	/** Connections that only read, opened when first asked for. */
	readOnlyPool(): DatabasePool;
	queue: QueueConnection;
	storage: ObjectStore;
	/** A context that acts as the system, for jobs and the command line. */
	systemContext(requestId: string): Context;
	close(): Promise<void>;
}>;

/** Opens the database pool, the queue and the object store. */
export async function openServices(
	options: { workers: boolean; max?: number; config?: Config } = { workers: false }
): Promise<Services> {
	const config = options.config ?? loadConfig();
	const pool = openDatabase(config.databaseUrl, { max: options.max });
	const queue = await openQueue(config, { workers: options.workers });
	const storage = openObjectStore(config);
	let readOnly: DatabasePool | undefined;
	return {
		config,
		pool,
		readOnlyPool: () => (readOnly ??= openDatabase(config.databaseUrl, { max: 2, isReadOnly: true })),
		queue,
		storage,
		systemContext: (requestId) => ({
			db: pool.db,
			queue: queue.queue,
			storage,
			config,
			actor: SYSTEM_ACTOR,
			now: new Date(),
			requestId
		}),
		async close() {
			await queue.close();
			await readOnly?.close();
			await pool.close();
		}
	};
}

const KEY = Symbol.for('buc-giang.services');
type Holder = { [KEY]?: Promise<Services> };

/**
 * The services of this web process, opened by whoever asks first. Kept on globalThis because the unbuilt entry file and
 * the built SvelteKit bundle are two module graphs in one process and must share one pool.
 */
export function processServices(): Promise<Services> {
	const holder = globalThis as Holder;
	return (holder[KEY] ??= openServices({ workers: false }));
}
