import path from 'node:path';
import { run } from './run.js';

const MINUTE = 60_000;

/**
 * Checks all types, and that two errors planted in tests/canary are reported: svelte-check has been seen to pass in
 * silence when a package of its toolchain did not fit.
 * @param {string} root
 * @returns {Promise<{ passed: number, failed: number, output: string }>}
 */
export async function typeCheck(root) {
	const bin = path.join(root, 'node_modules/.bin');
	await run([path.join(bin, 'svelte-kit'), 'sync'], { limitMs: MINUTE, isQuiet: true });
	const check = async (/** @type {string[]} */ ...args) => {
		const command = [path.join(bin, 'svelte-check'), '--output', 'machine', '--fail-on-warnings', ...args];
		const { output } = await run(command, { limitMs: 5 * MINUTE, isQuiet: true });
		return { output, findings: output.split('\n').filter((line) => /^\d+ (ERROR|WARNING) /.test(line)) };
	};
	const canary = await check('--tsconfig', path.join(root, 'tests/canary/tsconfig.json'));
	const silent = ['type-error.ts', 'TypeError.svelte'].filter(
		(file) => !canary.findings.some((line) => line.includes(file))
	);
	const product = await check();
	const isWhole = /COMPLETED/.test(product.output);
	const lines = [
		...product.findings.map((line) => line.replace(/^\d+ /, '')),
		...silent.map((file) => `ERROR the type error planted in tests/canary/${file} was not reported`),
		...(isWhole ? [] : [product.output.slice(-2000)])
	];
	const results = [isWhole && product.findings.length === 0, silent.length === 0];
	const failed = results.filter((isGood) => !isGood).length;
	return { passed: results.length - failed, failed, output: lines.join('\n') };
}
