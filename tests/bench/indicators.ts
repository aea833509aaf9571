import os from 'node:os';
import { readTargetsFilter } from '#lib/indicators/input.ts';
import { listTargetActivities } from '#lib/server/indicators/list-activities.ts';
import { listTargetPeople } from '#lib/server/indicators/list-people.ts';
import { getTargetsPage } from '#lib/server/indicators/service.ts';
import { seedSynthetic, type SyntheticSize } from '#lib/server/indicators/synthetic.ts';
import { loadConfig } from '#lib/server/platform/config.ts';
import { peopleSheet } from '#lib/server/organisation/people-sheet.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { openDatabase } from '#lib/server/platform/database.ts';
import { sheetAnswer } from '#lib/server/platform/office/sheet-answer.ts';
import { openServices } from '#lib/server/platform/services.ts';
import { prepare } from '../../src/entry/prepare.ts';
import { startTestCluster } from '../support/cluster.ts';
import { cpuMsOfTree, printTable } from './measure.ts';
import { writePlans } from './plans.ts';
import { measureReport } from './reports.ts';

/** What the aim is about; BENCH_SCALE=0.1 makes a tenth of it. */
const FULL: SyntheticSize = { people: 100_000, units: 1000, activities: 20_000, participations: 1_000_000 };
const RUNS = 20;

/** Cost of the targets page, its lists and the report at the size of a large province; the aim is a page within 300 ms. */
export async function benchIndicators(): Promise<void> {
	const scale = Number(process.env.BENCH_SCALE ?? 1);
	const size = Object.fromEntries(
		Object.entries(FULL).map(([name, n]) => [name, Math.round(n * scale)])
	) as SyntheticSize;
	const cluster = await startTestCluster();
	try {
		const admin = openDatabase(cluster.postgres.url('postgres'), { max: 1 });
		await admin.sql.unsafe('create database bench');
		await admin.close();
		const config = loadConfig({
			DATABASE_URL: cluster.postgres.url('bench'),
			DATA_DIR: cluster.folder,
			SECRET_KEY: 'bench-secret-bench-secret-bench-secret'
		});
		await prepare(config);
		const services = await openServices({ workers: false, max: 10, config });
		try {
			const ctx = services.systemContext('bench');
			const startedAt = performance.now();
			await seedSynthetic(ctx, size);
			const seconds = Math.round((performance.now() - startedAt) / 1000);
			console.log(`${JSON.stringify(size)}, made in ${seconds} s; load average ${os.loadavg()[0]?.toFixed(1)}`);
			await measure(ctx, cluster.postgres.pid);
			await measureReport(ctx, cluster.postgres.pid);
			await measureExports(ctx);
			if (process.env.BENCH_PLANS) await writePlans(cluster, config, process.env.BENCH_PLANS, worksOf);
		} finally {
			await services.close();
		}
	} finally {
		await cluster.remove();
	}
}

/** A list of everybody, read as slowly as it comes; the aim is 10 s and 200 MB for 100,000 rows. */
async function measureExports(ctx: Context): Promise<void> {
	const lines: (readonly (string | number)[])[] = [];
	for (const format of ['xlsx', 'csv'] as const) {
		const startedAt = performance.now();
		const before = process.memoryUsage.rss();
		let most = before;
		const sheet = await peopleSheet(ctx, {}, 'vi');
		let bytes = 0;
		for await (const part of sheetAnswer(sheet, 'list', format).body!) {
			bytes += part.byteLength;
			most = Math.max(most, process.memoryUsage.rss());
		}
		const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
		lines.push([`roster as .${format}`, sheet.rows.length, seconds, toMb(bytes), toMb(most - before)]);
	}
	printTable('Lists as files', ['work', 'rows', 's', 'MB', 'memory MB more'], lines);
}

const toMb = (bytes: number) => (bytes / 1e6).toFixed(1);

function worksOf(ctx: Context): Record<string, () => Promise<unknown>> {
	const filter = (params: Record<string, string>) => readTargetsFilter(new URLSearchParams(params));
	return {
		'targets page, province': () => getTargetsPage(ctx, filter({})),
		'targets page, province, one year': () => getTargetsPage(ctx, filter({ period: '2026' })),
		'targets page, one department': () => getTargetsPage(ctx, filter({ unit: 'SYN-7' })),
		'people not trained, first page': () => listTargetPeople(ctx, filter({ trained: 'no' })),
		'activities, first page': () => listTargetActivities(ctx, filter({}))
	};
}

async function measure(ctx: Context, databasePid: number): Promise<void> {
	const rows: (readonly (string | number)[])[] = [];
	for (const [name, work] of Object.entries(worksOf(ctx))) {
		for (let i = 0; i < 3; i++) await work();
		const times: number[] = [];
		const [web, database] = [process.cpuUsage(), cpuMsOfTree(databasePid)];
		for (let i = 0; i < RUNS; i++) {
			const startedAt = performance.now();
			await work();
			times.push(performance.now() - startedAt);
		}
		const { user, system } = process.cpuUsage(web);
		const databaseMs = (cpuMsOfTree(databasePid) - database) / RUNS;
		times.sort((a, b) => a - b);
		const at = (share: number) => Math.round(times[Math.floor(share * (RUNS - 1))] ?? NaN);
		rows.push([name, at(0.5), at(0.95), ((user + system) / 1000 / RUNS).toFixed(1), Math.round(databaseMs)]);
	}
	printTable('Indicators', ['work', 'p50 ms', 'p95 ms', 'web CPU ms', 'database CPU ms'], rows);
}
