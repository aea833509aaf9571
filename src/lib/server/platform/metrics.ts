import { timingSafeEqual } from 'node:crypto';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Config } from './config.ts';
import type { Services } from './services.ts';

/** One request that was answered. `route` is the route's pattern, never the address: that may name a person. */
type Answered = Readonly<{ method: string; route: string; status: number; seconds: number }>;

type Metrics = Readonly<{ registry: Registry; requests: Histogram<'method' | 'route' | 'status'> }>;

let opened: Metrics | undefined;

/** Where a request's time falls, seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Begins to keep this process's own numbers, where METRICS_TOKEN is set; without it nothing is kept and nothing paid. */
export function keepMetrics({ metricsToken }: Pick<Config, 'metricsToken'>): void {
	if (!metricsToken || opened) return;
	const registry = new Registry();
	collectDefaultMetrics({ register: registry });
	const requests = new Histogram({
		name: 'buc_giang_http_request_seconds',
		help: 'Requests answered by this process, by route pattern',
		labelNames: ['method', 'route', 'status'],
		buckets: BUCKETS,
		registers: [registry]
	});
	opened = { registry, requests };
}

/** Counts an answered request, where metrics are kept. */
export function observeRequest({ method, route, status, seconds }: Answered): void {
	opened?.requests.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, seconds);
}

/** True for whoever knows the token. */
export function mayScrape({ metricsToken }: Pick<Config, 'metricsToken'>, authorization: string | null): boolean {
	const given = Buffer.from(/^Bearer (.{1,500})$/.exec(authorization ?? '')?.[1] ?? '');
	const known = Buffer.from(metricsToken ?? '');
	return known.length > 0 && given.length === known.length && timingSafeEqual(given, known);
}

/**
 * Everything in the text format of Prometheus (0.0.4): this process's requests and memory, and what all processes share,
 * read from the database now.
 */
export async function metricsText(services: Pick<Services, 'pool'>): Promise<{ contentType: string; body: string }> {
	const shared = await readShared(services.pool.sql);
	const all = opened ? Registry.merge([opened.registry, shared]) : shared;
	return { contentType: all.contentType, body: await all.metrics() };
}

/** Jobs and lectures belong to no process: each scrape reads them anew. */
async function readShared(sql: Services['pool']['sql']): Promise<Registry> {
	const registers = [new Registry()];
	const jobs = new Gauge({
		name: 'buc_giang_jobs',
		help: 'Jobs of the queue',
		labelNames: ['queue', 'state'],
		registers
	});
	const lag = new Gauge({
		name: 'buc_giang_job_lag_seconds',
		help: 'How long the oldest job that could begin has waited',
		labelNames: ['queue'],
		registers
	});
	const lectures = new Gauge({
		name: 'buc_giang_lectures',
		help: 'Versions of lectures by what has become of them',
		labelNames: ['state'],
		registers
	});
	const sessions = new Gauge({ name: 'buc_giang_sessions', help: 'Sessions used in the last 15 minutes', registers });
	const [ofJobs, ofLectures, [live]] = await Promise.all([
		sql<{ name: string; state: string; count: number; lag: number }[]>`
			select name, state::text, count(*)::int as count,
				coalesce(max(extract(epoch from now() - start_after)) filter (where state in ('created', 'retry')), 0)::float8 as lag
			from pgboss.job where state in ('created', 'retry', 'active', 'failed') group by name, state`,
		sql<{ state: string; count: number }[]>`select state, count(*)::int as count from lecture_revision group by state`,
		sql<
			{ count: number }[]
		>`select count(*)::int as count from session where last_seen_at > now() - interval '15 minutes'`
	]);
	for (const { name, state, count, lag: seconds } of ofJobs) {
		jobs.set({ queue: name, state }, count);
		if (state === 'created' || state === 'retry') lag.set({ queue: name }, Math.max(0, seconds));
	}
	for (const { state, count } of ofLectures) lectures.set({ state }, count);
	sessions.set(live?.count ?? 0);
	return registers[0]!;
}
