import type { JobDefinition } from '#lib/server/platform/queue.ts';
import { createQueues, startWorking } from '#lib/server/platform/queue.ts';
import { log } from '#lib/server/platform/log.ts';
import { openServices } from '#lib/server/platform/services.ts';
import { MEDIA_JOBS, WORKER_JOBS } from './jobs.ts';
import { stopInOrder } from './stop.ts';

/**
 * Runs a worker process: takes the given jobs until it is told to stop.
 * @param graceMs how long work under way may go on then; afterwards it is aborted and another worker takes it up
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- payloads differ by job
export async function work(jobs: readonly JobDefinition<any>[], graceMs: number): Promise<void> {
	const services = await openServices({ workers: true });
	const { boss } = services.queue;
	stopInOrder(async () => {
		await boss.stop({ graceful: true, timeout: graceMs });
		await services.close();
	});
	await createQueues(boss, [...WORKER_JOBS, ...MEDIA_JOBS]);
	await startWorking(boss, jobs, services.systemContext);
	log.info({ jobs: jobs.map(({ name }) => name) }, 'working');
}
