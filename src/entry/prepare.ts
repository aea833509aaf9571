import type { Config } from '#lib/server/platform/config.ts';
import { ensureTargets } from '#lib/server/indicators/reference-data.ts';
import { ensureReferenceData } from '#lib/server/organisation/reference-data.ts';
import { openDatabase } from '#lib/server/platform/database.ts';
import { migrateDatabase } from '#lib/server/platform/migrations.ts';
import { createQueues, openQueue } from '#lib/server/platform/queue.ts';
import { prepareObjectStore } from '#lib/server/platform/storage/open.ts';
import { MEDIA_JOBS, WORKER_JOBS } from './jobs.ts';

/** Brings database, queues and object store to what this version needs; safe to repeat and to run in two places at once. */
export async function prepare(config: Config): Promise<void> {
	await migrateDatabase(config.databaseUrl);
	await ensureWhatIsNeeded(config);
	const { boss, close } = await openQueue(config, { workers: false });
	try {
		await createQueues(boss, [...WORKER_JOBS, ...MEDIA_JOBS]);
	} finally {
		await close();
	}
	await prepareObjectStore(config);
}

/** Categories, stages and targets: without them no page of figures can say anything. Edited ones stay as they are. */
async function ensureWhatIsNeeded(config: Config): Promise<void> {
	const pool = openDatabase(config.databaseUrl, { max: 1 });
	try {
		await ensureReferenceData(pool.db);
		await ensureTargets(pool.db);
	} finally {
		await pool.close();
	}
}
