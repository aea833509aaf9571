import type { Config } from '#lib/server/platform/config.ts';
import { ensureTargets } from '#lib/server/indicators/reference-data.ts';
import { ensureReferenceData } from '#lib/server/organisation/reference-data.ts';
import { openDatabase } from '#lib/server/platform/database.ts';
import { compareMigrations, migrateDatabase } from '#lib/server/platform/migrations.ts';
import { createQueues, openQueue } from '#lib/server/platform/queue.ts';
import { prepareObjectStore } from '#lib/server/platform/storage/open.ts';
import { ensureTopics } from '#lib/server/training/reference-data.ts';
import { MEDIA_JOBS, WORKER_JOBS } from './jobs.ts';
import { StartError } from './machine/progress.ts';

/** Brings database, queues and object store to what this version needs; safe to repeat and to run in two places at once. */
export async function prepare(config: Config): Promise<void> {
	await refuseNewer(config);
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

/** @throws {StartError} for a database that a newer version has been at work on: its rules are not ours */
async function refuseNewer(config: Config): Promise<void> {
	const pool = openDatabase(config.databaseUrl, { max: 1 });
	try {
		if ((await compareMigrations(pool.sql)).unknown === 0) return;
	} finally {
		await pool.close();
	}
	throw new StartError(
		'Cơ sở dữ liệu đã được một phiên bản mới hơn sử dụng. Cài phiên bản mới, hoặc khôi phục bản sao lưu cũ vào hệ thống trống.',
		'The database was used by a newer version. Install that version, or restore an older set into an empty installation.'
	);
}

/** Categories, topics, stages and targets: without them no page of figures can say anything. Edited ones stay as they are. */
async function ensureWhatIsNeeded(config: Config): Promise<void> {
	const pool = openDatabase(config.databaseUrl, { max: 1 });
	try {
		await ensureReferenceData(pool.db);
		await ensureTopics(pool.db);
		await ensureTargets(pool.db);
	} finally {
		await pool.close();
	}
}
