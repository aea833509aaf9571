import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SaveReply } from '#lib/assessment/save-answers.ts';
import { loadConfig } from '#lib/server/platform/config.ts';
import { startEmbeddedPostgres } from '#lib/server/platform/embedded-postgres.ts';
import { freePort } from '#lib/server/platform/free-port.ts';
import { openServices, type Services } from '#lib/server/platform/services.ts';
import { prepare } from '../../src/entry/prepare.ts';
import { anotherLearner } from '../support/learning-world.ts';
import { aQuizWorld } from '../support/quiz-world.ts';
import { cookieOf } from './http.ts';
import { cpuMsOfTree, printTable } from './measure.ts';
import { untilReady } from './site.ts';

const PEOPLE = Number(process.env.PEOPLE ?? 2000);
const START_WITHIN_MS = 30_000;
const SAVE_EVERY_MS = 10_000;
const SIT_FOR_MS = Number(process.env.SIT_S ?? 180) * 1000;
const SUBMIT_WITHIN_MS = 20_000;
const QUESTIONS = 20;
/** Pauses of the page's own queue between tries; see lib/assessment/take/save-queue.ts. */
const RETRY_MS = [1000, 2000, 4000, 8000];

/** Somebody with a session, and what the server has acknowledged to them. */
type Person = { cookie: string; url: string; attemptUrl: string; sequence: number; acknowledged: Map<number, string> };

/** What was asked of the server, by kind of request. */
type Tally = { times: number[]; retried: number; failed: number };

/**
 * 2,000 people begin one quiz within 30 s, save an answer every 10 s for three minutes and hand in within 20 s; the web
 * process is killed in the middle and started again. Aims: p95 of a save at most 150 ms, nothing that was acknowledged lost,
 * no error that the page does not repair by trying again. `PEOPLE` and `SIT_S` make it smaller.
 */
export async function benchQuiz(): Promise<void> {
	const dir = await mkdtemp(path.join(os.tmpdir(), 'buc-giang-bench-'));
	await chmod(dir, 0o711); // PostgreSQL runs as another user when we are root
	const postgres = await startEmbeddedPostgres({
		dir: path.join(dir, 'postgres'),
		password: 'bench',
		database: 'bench'
	});
	const port = await freePort();
	const env = {
		...{ DATABASE_URL: postgres.url('bench'), DATA_DIR: path.join(dir, 'data'), HOST: '127.0.0.1', PORT: String(port) },
		...{ SECRET_KEY: 'bench-secret-bench-secret-bench-secret', ORIGIN: `http://localhost:${port}`, LOG_LEVEL: 'warn' }
	};
	const config = loadConfig(env);
	await prepare(config);
	const services = await openServices({ workers: false, config });
	const web = new Web(env);
	try {
		const { people, lessonId } = await makePeople(services);
		await web.start();
		const site = { origin: env.ORIGIN, port, web, databasePid: postgres.pid };
		await sit(site, people);
		await report(services, lessonId, people);
	} finally {
		await web.stop();
		await services.close();
		await postgres.stop();
		await rm(dir, { recursive: true, force: true });
	}
}

/** The web process, which can be killed and comes back, as a supervisor would see to. */
class Web {
	#child: ChildProcess | undefined;
	#spentMs = 0;
	readonly #env: Record<string, string>;
	constructor(env: Record<string, string>) {
		this.#env = env;
	}
	async start(): Promise<void> {
		this.#child = spawn(process.execPath, ['src/entry/web.ts'], {
			env: { ...process.env, ...this.#env },
			stdio: ['ignore', 'ignore', 'inherit']
		});
		await untilReady(this.#env.ORIGIN!);
	}
	cpuMs(): number {
		return this.#spentMs + (this.#child?.pid ? cpuMsOfTree(this.#child.pid) : 0);
	}
	async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
		const child = this.#child;
		if (!child) return;
		this.#spentMs = this.cpuMs();
		this.#child = undefined;
		const gone = once(child, 'exit');
		child.kill(signal);
		await gone;
	}
}

async function makePeople(services: Services): Promise<{ people: Person[]; lessonId: string }> {
	const ctx = { ...services.systemContext('bench'), now: new Date() };
	const world = await aQuizWorld(ctx, {
		settings: { timeLimitMin: 30 },
		bank: 100,
		content: (topicId) => [{ kind: 'random', topicId, difficulty: 'easy', count: QUESTIONS, marks: 1 }]
	});
	const people: Person[] = [];
	for (let i = 0; i < PEOPLE; i++) {
		const { accountId, participationId } = await anotherLearner(ctx, world);
		const url = `/learn/${participationId}/lessons/${world.place.lessonId}`;
		people.push({
			cookie: await cookieOf(services, accountId),
			url,
			attemptUrl: '',
			sequence: 0,
			acknowledged: new Map()
		});
	}
	await services.pool.sql`update account set notice_version = 1000000`;
	await services.pool.sql`analyze`;
	return { people, lessonId: world.place.lessonId };
}

type Site = Readonly<{ origin: string; port: number; web: Web; databasePid: number }>;

async function sit(site: Site, people: Person[]): Promise<void> {
	const agent = new http.Agent({ keepAlive: true, maxSockets: Infinity });
	const ask = asker(site, agent);
	const rows: (string | number)[][] = [];
	const phase = async (name: string, work: (tally: Tally, page: Tally) => Promise<void>) => {
		const [tally, page] = [aTally(), aTally()];
		const [web, db] = [site.web.cpuMs(), cpuMsOfTree(site.databasePid)];
		await work(tally, page);
		const count = tally.times.length;
		const each = (ms: number) => (ms / count).toFixed(2);
		const cpu = [each(site.web.cpuMs() - web), each(cpuMsOfTree(site.databasePid) - db)];
		rows.push([name, count, ...percentiles(tally.times), ...cpu, tally.retried, tally.failed]);
		if (page.times.length > 0)
			rows.push([
				'  page of the attempt',
				page.times.length,
				...percentiles(page.times),
				'',
				'',
				page.retried,
				page.failed
			]);
	};
	await phase('start', async (tally, page) => {
		await Promise.all(
			people.map(async (person) => {
				await sleep(Math.random() * START_WITHIN_MS);
				const said = await ask(tally, person, 'form', `${person.url}?/start`, '');
				person.attemptUrl = (JSON.parse(said) as { location: string }).location;
				await ask(page, person, 'page', `${person.attemptUrl}/__data.json`);
			})
		);
	});
	await phase('save', async (tally) => {
		const killed = sleep(SIT_FOR_MS / 2).then(async () => {
			await site.web.stop('SIGKILL');
			await site.web.start();
		});
		await Promise.all(people.map((person) => answerAway(ask, tally, person)));
		await killed;
	});
	await phase('hand in', async (tally, page) => {
		await Promise.all(
			people.map(async (person) => {
				await sleep(Math.random() * SUBMIT_WITHIN_MS);
				await ask(tally, person, 'form', `${person.attemptUrl}?/submit`, '');
				await ask(page, person, 'page', `${person.attemptUrl}/__data.json`);
			})
		);
	});
	agent.destroy();
	printTable(
		`Quiz: ${PEOPLE} people, web process killed after ${SIT_FOR_MS / 2000} s of saving; ${os.cpus().length} cores, load generator on the same machine`,
		['request', 'count', 'p50 ms', 'p95 ms', 'p99 ms', 'CPU ms web', 'CPU ms db', 'tried again', 'given up'],
		rows
	);
}

async function answerAway(ask: Ask, tally: Tally, person: Person): Promise<void> {
	const until = Date.now() + SIT_FOR_MS;
	await sleep(Math.random() * SAVE_EVERY_MS);
	for (let i = 0; Date.now() < until; i++) {
		const nextAt = Date.now() + SAVE_EVERY_MS;
		const [position, answer] = [(i % QUESTIONS) + 1, `opt${Math.floor(Math.random() * 4)}`];
		const body = JSON.stringify({ answers: [{ position, answer, sequence: ++person.sequence }] });
		const reply = JSON.parse(await ask(tally, person, 'json', `${person.attemptUrl}/answers`, body)) as SaveReply;
		if (reply.saved.some((each) => each.position === position)) person.acknowledged.set(position, answer);
		await sleep(Math.max(0, nextAt - Date.now()));
	}
}

type Ask = (
	tally: Tally,
	person: Person,
	kind: 'form' | 'json' | 'page',
	url: string,
	body?: string
) => Promise<string>;

/** Asks as the page does: again after a pause while the server does not answer or is busy. Times are of answered requests. */
function asker({ origin, port }: Site, agent: http.Agent): Ask {
	return async (tally, person, kind, url, body) => {
		for (let tries = 0; tries < 30; tries++) {
			const startedAt = performance.now();
			const answer = await request({ port, agent, origin, cookie: person.cookie, kind, url, body }).catch(
				() => undefined
			);
			if (answer && answer.status < 400) {
				tally.times.push(performance.now() - startedAt);
				return answer.text;
			}
			if (answer && answer.status < 500) throw new Error(`${url}: ${answer.status} ${answer.text.slice(0, 200)}`);
			tally.retried++;
			await sleep(RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]!);
		}
		tally.failed++;
		throw new Error(`${url}: no answer`);
	};
}

const TYPES = { form: 'application/x-www-form-urlencoded', json: 'application/json', page: undefined };

function request(options: {
	port: number;
	agent: http.Agent;
	origin: string;
	cookie: string;
	kind: keyof typeof TYPES;
	url: string;
	body: string | undefined;
}): Promise<{ status: number; text: string }> {
	const { port, agent, origin, cookie, kind, url, body } = options;
	const type = TYPES[kind];
	const headers = {
		...{ host: new URL(origin).host, cookie, origin, accept: 'application/json' },
		...(type && { 'content-type': type, 'content-length': String(Buffer.byteLength(body ?? '')) }),
		...(kind === 'form' && { 'x-sveltekit-action': 'true' })
	};
	return new Promise((resolve, reject) => {
		const method = kind === 'page' ? 'GET' : 'POST';
		const sent = http.request(
			{ host: '127.0.0.1', port, agent, method, path: url, headers, timeout: 15_000 },
			(answer) => {
				let text = '';
				answer.setEncoding('utf8');
				answer.on('data', (part: string) => (text += part));
				answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
				answer.on('error', reject);
			}
		);
		sent.on('timeout', () => sent.destroy(new Error('no answer within 15 s')));
		sent.on('error', reject);
		sent.end(body);
	});
}

const aTally = (): Tally => ({ times: [], retried: 0, failed: 0 });

function percentiles(times: readonly number[]): string[] {
	const sorted = times.toSorted((a, b) => a - b);
	return [0.5, 0.95, 0.99].map((share) => (sorted[Math.floor(sorted.length * share)] ?? NaN).toFixed(0));
}

/** Compares what was acknowledged with what the database holds, and counts attempts and grades. */
async function report(services: Services, lessonId: string, people: readonly Person[]): Promise<void> {
	const rows = await services.pool.sql<{ attempt: string; position: number; answer: string | null }[]>`
		select a.id as attempt, i.position, i.answer #>> '{}' as answer
		from attempt a join attempt_item i on i.attempt_id = a.id where a.submitted_at is not null`;
	const held = new Map(rows.map(({ attempt, position, answer }) => [`${attempt} ${position}`, answer]));
	let [acknowledged, lost] = [0, 0];
	for (const { attemptUrl, acknowledged: answers } of people)
		for (const [position, answer] of answers) {
			acknowledged++;
			if (held.get(`${attemptUrl.split('/').at(-1)} ${position}`) !== answer) lost++;
		}
	const [count] = await services.pool.sql<{ attempts: number; graded: number }[]>`
		select (select count(*)::int from attempt) as attempts,
			(select count(*)::int from lesson_quiz q join paper_sitting s on s.id = q.sitting_id
				where q.lesson_id = ${lessonId} and s.grade_percent is not null) as graded`;
	printTable(
		'What is left of it',
		['people', 'attempts', 'graded', 'answers acknowledged', 'of them lost'],
		[[people.length, count!.attempts, count!.graded, acknowledged, lost]]
	);
}
