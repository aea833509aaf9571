// `npm test`: everything, on a fresh machine too. Plain JavaScript for any Node from 18 on.
// `npm test -- format unit` runs only those steps. The last line is always "N passed, N failed".
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode, installDependencies, projectEnvironment, SetupError } from '../src/entry/install.js';
import { typeCheck } from './run/check.js';
import { installPrograms } from './run/programs.js';
import { run } from './run/run.js';

const MINUTE = 60_000;
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const bin = (/** @type {string} */ name) => path.join(root, 'node_modules/.bin', name);

/**
 * `output` of a step that ran beside others, to be shown in one piece; `flaky` of the passed ones failed the first time.
 * @typedef {{ passed: number, failed: number, flaky?: number, skipped?: number, output?: string }} Count
 */

/**
 * @param {string[]} command
 * @returns {() => Promise<Count>}
 */
const one = (command) => async () => {
	const { code, output } = await run(command, { limitMs: 5 * MINUTE, isQuiet: true });
	return { ...verdict(code === 0), output };
};

/** @param {boolean} ok @returns {Count} */
const verdict = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1 });

/**
 * @param {string} project
 * @param {string} reports
 * @param {{ isQuiet?: boolean, retries?: number }} [options]
 * @returns {() => Promise<Count>}
 */
const vitest =
	(project, reports, { isQuiet = false, retries = 0 } = {}) =>
	async () => {
		const file = path.join(reports, `${project}.json`);
		const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
		const command = [bin('vitest'), ...args, `--retry=${retries}`];
		const { code, output } = await run(command, { limitMs: 15 * MINUTE, isQuiet });
		const report = readReport(file);
		const flaky = passedOnlyWhenRepeated(report);
		for (const { fullName, failureMessages } of flaky) {
			console.log(`\nFLAKY, passed when repeated: ${fullName}\n${failureMessages.join('\n')}`);
		}
		const count = {
			passed: report?.numPassedTests ?? 0,
			failed: report?.numFailedTests ?? 0,
			flaky: flaky.length,
			skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
			output
		};
		return atLeastOneFailure(code, count);
	};

/**
 * @param {string} storage
 * @param {string} reports
 * @returns {() => Promise<Count>}
 */
const playwright = (storage, reports) => async () => {
	const file = path.join(reports, `e2e-${storage}.json`);
	const env = { E2E_STORAGE: storage, E2E_REPORT: file };
	const { code } = await run([bin('playwright'), 'test', '--retries=1'], { limitMs: 15 * MINUTE, env });
	const stats = readReport(file)?.stats;
	const count = {
		passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
		failed: stats?.unexpected ?? 0,
		flaky: stats?.flaky ?? 0,
		skipped: stats?.skipped ?? 0
	};
	return atLeastOneFailure(code, count);
};

/**
 * Tests of whole processes meet the chances of a shared machine: one that fails is repeated once, and told of.
 * @param {{ testResults: { assertionResults: { status: string, fullName: string, failureMessages: string[] }[] }[] } | undefined} report
 */
function passedOnlyWhenRepeated(report) {
	const all = report?.testResults.flatMap((file) => file.assertionResults) ?? [];
	return all.filter((test) => test.status === 'passed' && test.failureMessages.length > 0);
}

/**
 * A file that does not load or a server that does not start has no failed test to count, but it did fail.
 * @param {number} code
 * @param {Count} count
 * @returns {Count}
 */
function atLeastOneFailure(code, count) {
	return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

/** @param {string} file */
function readReport(file) {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		return undefined;
	}
}

/**
 * Cheapest first.
 * @param {string} reports folder for the runners' JSON
 * @returns {Record<string, () => Promise<Count>>}
 */
const steps = (reports) => ({
	format: one([bin('prettier'), '--check', '--log-level', 'warn', '.']),
	lint: one([bin('eslint'), '.', '--max-warnings', '0']),
	check: () => typeCheck(root), // also writes the generated types that knip resolves imports with
	knip: one([bin('knip')]),
	unit: vitest('unit', reports, { isQuiet: true }),
	build: one([bin('node'), 'tests/run/build.ts']),
	integration: vitest('integration', reports, { retries: 1 }),
	'e2e-filesystem': playwright('filesystem', reports),
	'e2e-s3': playwright('s3', reports)
});

/**
 * Steps in one list wait for each other: the build rewrites the generated types that the check reads, and vitest, as it
 * starts, the file that tells the server which build its pages belong to. The lists run side by side, one a core.
 */
const SIDE_BY_SIDE = [
	['check', 'knip', 'unit', 'build'],
	['format', 'lint']
];

/** @param {Record<string, Count & { seconds: number }>} results */
function summarise(results) {
	console.log('\n──────── Kết quả / Results ────────');
	const total = { passed: 0, failed: 0 };
	for (const [name, { passed, failed, flaky, skipped, seconds }] of Object.entries(results)) {
		total.passed += passed;
		total.failed += failed;
		const repeated = flaky ? `, ${flaky} FLAKY` : '';
		const notRun = skipped ? `, ${skipped} SKIPPED` : '';
		console.log(
			`${failed ? '✗' : '✓'} ${name.padEnd(15)} ${seconds.toFixed(1).padStart(7)} s   ${passed} passed, ${failed} failed${repeated}${notRun}`
		);
	}
	console.log(`\n${total.passed} passed, ${total.failed} failed`);
	return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

async function main() {
	process.chdir(root);
	const reports = mkdtempSync(path.join(os.tmpdir(), 'buc-giang-reports-'));
	/** @type {Record<string, Count & { seconds: number }>} */
	const results = {};
	try {
		await installDependencies(root);
		findNode(root);
		Object.assign(process.env, projectEnvironment(root));
		const all = steps(reports);
		const asked = process.argv.slice(2);
		const names = Object.keys(all).filter((name) => asked.length === 0 || asked.includes(name));
		await installPrograms(names);
		mkdirSync('test-results', { recursive: true });
		const take = async (/** @type {string} */ name) => {
			const startedAt = Date.now();
			const count = (await all[name]?.()) ?? verdict(false);
			results[name] = { ...count, seconds: (Date.now() - startedAt) / 1000 };
			return count;
		};
		const inTurn = async (/** @type {string[]} */ list) => {
			for (const name of list.filter((name) => names.includes(name))) {
				const { output = '', failed } = await take(name);
				console.log(`\n──────── ${name} ────────\n${failed ? output : output.slice(-1000)}`);
			}
		};
		await Promise.all(SIDE_BY_SIDE.map(inTurn));
		for (const name of names.filter((name) => !SIDE_BY_SIDE.flat().includes(name))) {
			console.log(`\n──────── ${name} ────────`);
			await take(name);
		}
	} catch (error) {
		console.error(error instanceof SetupError ? `\n✗ ${error.message}` : error);
		results['set-up'] = { ...verdict(false), seconds: 0 };
	} finally {
		rmSync(reports, { recursive: true, force: true });
		process.exitCode = summarise(results);
	}
}

await main();
