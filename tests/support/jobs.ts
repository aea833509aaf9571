import { sql } from 'drizzle-orm';
import type { Context } from '#lib/server/platform/context.ts';
import type { Database } from '#lib/server/platform/database.ts';
import type { JobDefinition } from '#lib/server/platform/queue.ts';

type SentJob = { id: string; name: string; data: unknown };

/** Jobs that wait in the queue, in the order they were sent. */
export async function sentJobs(ctx: Context): Promise<{ name: string; data: unknown }[]> {
	const rows = await ctx.db.execute<SentJob>(
		sql`select name, data from pgboss.job where state = 'created' order by created_on, id`
	);
	return rows.map(({ name, data }) => ({ name, data }));
}

/**
 * Does the waiting work of the given kinds here and now, also what that work sends, as the workers would.
 * @returns how many jobs ran
 * @throws what a handler throws; the job is then marked as failed
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- payloads differ by job
export async function runJobs(ctx: Context, jobs: readonly JobDefinition<any>[]): Promise<number> {
	for (let count = 0; ; count++) {
		const taken = await take(
			ctx.db,
			jobs.map((job) => job.name)
		);
		if (!taken) return count;
		const job = jobs.find(({ name }) => name === taken.name);
		try {
			await job?.run(ctx, taken.data as never, new AbortController().signal);
			await finish(ctx.db, taken, 'completed');
		} catch (error) {
			await finish(ctx.db, taken, 'failed');
			throw error;
		}
	}
}

async function take(db: Database, names: readonly string[]): Promise<SentJob | undefined> {
	const list = sql.join(
		names.map((name) => sql`${name}`),
		sql`, `
	);
	const rows = await db.execute<SentJob>(sql`
		update pgboss.job set state = 'active', started_on = now()
		where id = (select id from pgboss.job where state in ('created', 'retry') and name in (${list})
			order by priority desc, created_on, id limit 1 for update skip locked)
		returning id, name, data`);
	return rows[0];
}

async function finish(db: Database, { id }: SentJob, state: 'completed' | 'failed'): Promise<void> {
	await db.execute(sql`update pgboss.job set state = ${state}, completed_on = now() where id = ${id}`);
}
