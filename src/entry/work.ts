import { setTimeout as sleep } from 'node:timers/promises';
import type { JobDefinition } from '#lib/server/platform/queue.ts';
import { createQueues, startWorking } from '#lib/server/platform/queue.ts';
import { log } from '#lib/server/platform/log.ts';
import { openServices } from '#lib/server/platform/services.ts';
import { MEDIA_JOBS, WORKER_JOBS } from './jobs.ts';
import { stopInOrder } from './stop.ts';

/** What an aborted job may take to note where it stands and to remove its files. */
const TIDY_MS = 5_000;

/**
 * Runs a worker process: takes the given jobs until it is told to stop.
 * @param graceMs how long work under way may go on then; afterwards it is aborted and another worker takes it up
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- payloads differ by job
export async function work(jobs: readonly JobDefinition<any>[], graceMs: number): Promise<void> {
	const services = await openServices({ workers: true });
	const { boss } = services.queue;
	let settled = async () => {};
	stopInOrder(async () => {
		await boss.stop({ graceful: true, timeout: graceMs });
		await Promise.race([settled(), sleep(TIDY_MS)]);
		await services.close();
	});
	await createQueues(boss, [...WORKER_JOBS, ...MEDIA_JOBS]);
	settled = await startWorking(boss, jobs, services.systemContext);
	log.info({ jobs: jobs.map(({ name }) => name) }, 'working');
}
