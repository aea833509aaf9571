// `npm start`: plain JavaScript for any Node from 18 on. Installs, then goes on in one-machine.ts under the project's Node.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode, installDependencies, projectEnvironment, SetupError } from './install.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** How often to look whether npm, which started us, is still there. */
const PARENT_CHECK_MS = 500;

async function main() {
	if (Number(process.versions.node.split('.')[0]) < 18) {
		throw new SetupError('Cần Node.js 18 trở lên.\nNode.js 18 or later is needed.');
	}
	process.chdir(root);
	await installDependencies(root);
	const program = [path.join(root, 'src/entry/one-machine.ts'), ...process.argv.slice(2)];
	const child = spawn(findNode(root), program, {
		stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
		env: projectEnvironment(root)
	});
	// The child notices a second signal, such as Ctrl-C that the terminal sends to both of us, and takes it as one.
	for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
		process.on(signal, () => child.kill(signal));
	stopWithNpm(() => child.kill('SIGTERM'));
	child.once('error', (error) => fail(error));
	child.once('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

/**
 * kill -9 of npm must not leave the product running out of sight.
 * @param {() => void} stop
 */
function stopWithNpm(stop) {
	if (process.env.npm_lifecycle_event !== 'start') return;
	const npm = process.ppid;
	const timer = setInterval(() => {
		if (process.ppid === npm) return;
		clearInterval(timer);
		stop();
	}, PARENT_CHECK_MS);
	timer.unref();
}

/** @param {unknown} error */
function fail(error) {
	console.error(error instanceof SetupError ? `\n✗ ${error.message}` : error);
	process.exit(1);
}

main().catch(fail);
