import fs from 'node:fs/promises';
import path from 'node:path';
import type { Context } from '#lib/server/platform/context.ts';
import type { Config } from '#lib/server/platform/config.ts';
import { openDatabase } from '#lib/server/platform/database.ts';
import { openServices } from '#lib/server/platform/services.ts';
import type { TestCluster } from '../support/cluster.ts';

/** Only what takes longer is worth reading. */
const SLOW = '20ms';

type Works = (ctx: Context) => Readonly<Record<string, () => Promise<unknown>>>;

/**
 * Runs each work once more, on connections that log how PostgreSQL went about every slow query (auto_explain), and writes
 * the plans as a page: `BENCH_PLANS=docs/query-plans.md npm run bench -- indicators`.
 */
export async function writePlans(cluster: TestCluster, config: Config, file: string, works: Works): Promise<void> {
	const admin = openDatabase(cluster.postgres.adminUrl, { max: 1 });
	const settings = {
		session_preload_libraries: 'auto_explain',
		'auto_explain.log_min_duration': SLOW,
		'auto_explain.log_analyze': 'on',
		'auto_explain.log_timing': 'off'
	};
	for (const [name, value] of Object.entries(settings)) {
		await admin.sql.unsafe(`alter database bench set ${name} = '${value}'`);
	}
	await admin.close();
	const services = await openServices({ workers: false, max: 4, config });
	const parts = ['# How PostgreSQL goes about the heavy queries', INTRODUCTION];
	try {
		for (const [name, work] of Object.entries(works(services.systemContext('plans')))) {
			await work(); // fills the cache
			const before = await readLog(cluster);
			await work();
			const plans = plansIn((await readLog(cluster)).slice(before.length));
			parts.push(`## ${name}`, ...plans.map((plan) => ['```', plan, '```'].join('\n')));
			if (plans.length === 0) parts.push(`No query takes longer than ${SLOW}.`);
		}
	} finally {
		await services.close();
	}
	await fs.writeFile(file, `${parts.join('\n\n')}\n`);
}

const INTRODUCTION = `Written by \`BENCH_PLANS=docs/query-plans.md npm run bench -- indicators\` at 100,000 people, 1,000 units, 20,000 activities and
1,000,000 participations: every query slower than ${SLOW}, with its plan and the rows each step really had. What a query is
for stands in the code that the headings of \`tests/bench/indicators.ts\` name.`;

const readLog = (cluster: TestCluster) => fs.readFile(path.join(cluster.folder, 'postgres/postgres.log'), 'utf8');

/** Plans of a log, slowest first, without the queries' own text. */
function plansIn(log: string): string[] {
	const entries = log.matchAll(/duration: ([\d.]+) ms {2}plan:\n((?:\t.*\n?)+)/g);
	return [...entries]
		.map(([, ms = '', text = '']) => ({ ms: Number(ms), plan: planOf(text) }))
		.toSorted((a, b) => b.ms - a.ms)
		.map(({ ms, plan }) => `${Math.round(ms)} ms\n${plan}`);
}

function planOf(text: string): string {
	const lines = text.split('\n').map((line) => line.replace(/^\t/, ''));
	const first = lines.findIndex((line) => /^\S.*\(cost=/.test(line));
	return lines
		.slice(Math.max(0, first))
		.filter((line) => line.trim() !== '')
		.map((line) => line.replace(/\(cost=\S+ rows=(\d+) width=\d+\)/, '(expected rows=$1)'))
		.join('\n');
}
