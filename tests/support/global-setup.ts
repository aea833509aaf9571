import type { TestProject } from 'vitest/node';
import { MEDIA_JOBS, WORKER_JOBS } from '../../src/entry/jobs.ts';
import { migrateDatabase } from '#lib/server/platform/migrations.ts';
import { createQueues, openQueue } from '#lib/server/platform/queue.ts';
import postgres from 'postgres';
import { startTestCluster } from './cluster.ts';

declare module 'vitest' {
	interface ProvidedContext {
		/** Connection string of the role that may copy the template. */
		clusterUrl: string;
		/** Of the superuser, who may also drop a database that autovacuum is busy with. */
		superuserUrl: string;
	}
}

/** Name of the migrated database that each test gets a copy of. */
export const TEMPLATE = 'template_buc_giang';

/** One cluster for the run; the template holds the newest schema and the queue's own tables with all queues. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const cluster = await startTestCluster({ isSmall: true });
	const clusterUrl = cluster.postgres.url('postgres');
	const sql = postgres(clusterUrl, { max: 1, onnotice: () => {} });
	await sql.unsafe(`create database ${TEMPLATE}`);
	await sql.end();
	const databaseUrl = cluster.postgres.url(TEMPLATE);
	await migrateDatabase(databaseUrl);
	const { boss, close } = await openQueue({ databaseUrl }, { workers: false });
	await createQueues(boss, [...WORKER_JOBS, ...MEDIA_JOBS]);
	await close();
	project.provide('clusterUrl', clusterUrl);
	project.provide('superuserUrl', cluster.postgres.adminUrl);
	return () => cluster.remove();
}
