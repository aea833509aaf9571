import { sql } from 'drizzle-orm';
import { fromDrizzle, PgBoss, type QueueOptions, type SendOptions } from 'pg-boss';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import type { Database } from './database.ts';
import { log } from './log.ts';

/**
 * Names of jobs and the shape of their payloads; each module adds its own by declaration merging.
 * @public
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by declaration merging
export interface JobPayloads {}

export type JobName = keyof JobPayloads & string;

/** Sending side: inside the caller's transaction, so that a rollback leaves no job behind (ADR-0004). */
export type Queue = Readonly<{
	send<N extends JobName>(tx: Database, name: N, payload: JobPayloads[N], options?: SendOptions): Promise<void>;
}>;

/** A kind of job: its queue's retry rules and its handler, which must be safe to run twice. */
export type JobDefinition<N extends JobName = JobName> = Readonly<{
	name: N;
	queue: Omit<QueueOptions, 'name'>;
	/** How many run at once in one process. */
	concurrency?: number;
	/** Runs by the clock too, in Việt Nam's time, once for all processes: `17 3 * * *`. The payload is then empty. */
	cron?: string;
	run(ctx: Context, payload: JobPayloads[N], signal: AbortSignal): Promise<void>;
}>;

/** Declares a job; the generic keeps name and payload together. */
export function defineJob<N extends JobName>(definition: JobDefinition<N>): JobDefinition<N> {
	return definition;
}

/** A started pg-boss with the sending side as a {@link Queue}. */
export type QueueConnection = Readonly<{ queue: Queue; boss: PgBoss; close(): Promise<void> }>;

/**
 * Connects to the queue tables. Web processes only send (`workers: false`): no maintenance, no polling.
 */
export async function openQueue(
	config: Pick<Config, 'databaseUrl'>,
	{ workers, max = 2 }: { workers: boolean; max?: number }
): Promise<QueueConnection> {
	const boss = new PgBoss({
		connectionString: config.databaseUrl,
		max,
		application_name: 'buc-giang-queue',
		supervise: workers,
		schedule: workers,
		// How soon a job of a killed worker is seen: its heartbeat's length and one of these.
		superviseIntervalSeconds: 5,
		monitorIntervalSeconds: 5,
		migrate: true
	});
	boss.on('error', (error: Error) => log.error({ err: error }, 'queue error'));
	await boss.start();
	const queue: Queue = {
		async send(tx, name, payload, options = {}) {
			await boss.send(name, payload as object, { ...options, db: fromDrizzle(tx, sql) });
		}
	};
	return { queue, boss, close: () => boss.stop({ graceful: true, timeout: 20_000 }) };
}

/**
 * Creates the queues that do not exist yet (sending to a missing queue would be refused by pg-boss) and gives those that
 * do this version's rules, which creating alone would leave as an earlier version set them.
 */
export async function createQueues(boss: PgBoss, jobs: readonly JobDefinition[]): Promise<void> {
	for (const { name, queue } of jobs) {
		await boss.createQueue(name, queue);
		if (Object.keys(queue).length > 0) await boss.updateQueue(name, queue);
	}
}

/**
 * Takes work for the given jobs.
 * @param contextFor makes the context a handler acts in (the system as actor, the time of the run)
 * @returns waits for handlers under way; a stopped queue aborts them but does not wait until they have put things in order
 * @throws {Error} when two handlers claim one job name
 */
export async function startWorking(
	boss: PgBoss,
	jobs: readonly JobDefinition[],
	contextFor: (requestId: string) => Context
): Promise<() => Promise<void>> {
	const underWay = new Set<Promise<void>>();
	const names = jobs.map((job) => job.name);
	const doubled = names.find((name, i) => names.indexOf(name) !== i);
	if (doubled) throw new Error(`two handlers for job ${doubled}`);
	for (const job of jobs) {
		if (job.cron) await boss.schedule(job.name, job.cron, {}, { tz: 'Asia/Ho_Chi_Minh' });
		await boss.work(
			job.name,
			{ localConcurrency: job.concurrency ?? 1, pollingIntervalSeconds: 1 },
			async ([taken]) => {
				if (!taken) return;
				const ctx = contextFor(taken.id);
				const startedAt = performance.now();
				const running = job.run(ctx, taken.data as never, taken.signal);
				underWay.add(running);
				try {
					await running;
					log.info({ job: job.name, jobId: taken.id, ms: Math.round(performance.now() - startedAt) }, 'job done');
				} catch (error) {
					log.warn({ job: job.name, jobId: taken.id, err: error }, 'job failed');
					throw error;
				} finally {
					underWay.delete(running);
				}
			}
		);
	}
	return async () => void (await Promise.allSettled(underWay));
}
