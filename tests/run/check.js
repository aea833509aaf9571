import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from './run.js';

/** Planted errors: svelte-check has been seen to pass in silence when a package of its toolchain did not fit. */
const CANARIES = {
	'src/canary-type-error.ts': "export const planted: number = 'not a number';\n",
	'src/CanaryTypeError.svelte':
		'<script lang="ts">\n\tconst planted: number = "not a number";\n</script>\n\n{planted}\n'
};

/**
 * Checks all types once, with two errors planted: both must be reported, and nothing else.
 * @param {string} root
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function typeCheck(root) {
	const bin = path.join(root, 'node_modules/.bin');
	const files = Object.entries(CANARIES).map(([file, text]) => ({ file, path: path.join(root, file), text }));
	await run([path.join(bin, 'svelte-kit'), 'sync'], { limitMs: 60_000 });
	try {
		for (const { path, text } of files) writeFileSync(path, text);
		const command = [path.join(bin, 'svelte-check'), '--output', 'machine', '--fail-on-warnings'];
		const { output } = await run(command, { limitMs: 300_000, isQuiet: true });
		const findings = output.split('\n').filter((line) => /^\d+ (ERROR|WARNING) /.test(line));
		const isCanary = (/** @type {string} */ line) => files.some(({ file }) => line.includes(file));
		const others = findings.filter((line) => !isCanary(line));
		const silent = files.filter(({ file }) => !findings.some((line) => line.includes(file)));
		for (const line of others) console.log(line.replace(/^\d+ /, ''));
		for (const { file } of silent) console.log(`ERROR the type error planted in ${file} was not reported`);
		if (!/COMPLETED/.test(output)) console.log(output.slice(-2000));
		const ok = others.length === 0 && /COMPLETED/.test(output);
		return { passed: (ok ? 1 : 0) + (silent.length ? 0 : 1), failed: (ok ? 0 : 1) + (silent.length ? 1 : 0) };
	} finally {
		for (const { path } of files) rmSync(path, { force: true });
	}
}
