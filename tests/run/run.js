import { spawn } from 'node:child_process';

/**
 * Runs a program to its end, or kills it with all it started when it takes too long.
 * @param {string[]} command
 * @param {{ limitMs: number, env?: Record<string, string>, isQuiet?: boolean }} options
 * @returns {Promise<{ code: number, output: string }>} `output` only when quiet
 */
export function run([program, ...args], { limitMs, env, isQuiet = false }) {
	return new Promise((resolve) => {
		const child = spawn(program ?? '', args, {
			env: { ...process.env, ...env },
			stdio: ['ignore', isQuiet ? 'pipe' : 'inherit', isQuiet ? 'pipe' : 'inherit'],
			detached: true // a group of its own, so that all of it can be ended
		});
		const end = (/** @type {NodeJS.Signals} */ signal) => {
			try {
				process.kill(-(child.pid ?? 0), signal);
			} catch {
				// ended already
			}
		};
		const tooLong = setTimeout(() => {
			console.error(`✗ ${program} is stopped: it takes longer than ${limitMs / 60_000} minutes`);
			end('SIGTERM');
			setTimeout(() => end('SIGKILL'), 20_000).unref();
		}, limitMs);
		const passOn = (/** @type {NodeJS.Signals} */ signal) => end(signal);
		process.on('SIGINT', passOn);
		process.on('SIGTERM', passOn);
		let output = '';
		child.stdout?.on('data', (chunk) => (output += chunk));
		child.stderr?.on('data', (chunk) => (output += chunk));
		child.once('error', (error) => resolve({ code: 1, output: String(error) }));
		child.once('close', (code) => {
			clearTimeout(tooLong);
			process.off('SIGINT', passOn);
			process.off('SIGTERM', passOn);
			resolve({ code: code ?? 1, output });
		});
	});
}
