// Plain JavaScript without dependencies, for any Node from 18 on: it runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The Node that the product runs on; the machine's own may be older. */
const NODE_MAJOR = 24;

/** Names the npm that is installing, so that one left by a killed start does not work against the next. */
const PID_FILE = '.npm-install.pid';
const STOP_SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
const stop = () => process.exit(130);

/**
 * Thrown with a sentence for the person at the terminal; no stack is shown.
 */
export class SetupError extends Error {}

/**
 * Installs what package-lock.json names, unless it is there already (then it takes a few milliseconds).
 * @param {string} root folder of the clone
 * @returns {Promise<boolean>} whether anything was installed
 */
export async function installDependencies(root) {
	if (isInstalled(root)) return false;
	const startedAt = Date.now();
	endLeftover(root);
	console.log('→ Cài thư viện, lần đầu mất 1–2 phút / Installing packages, 1–2 minutes the first time');
	const { code, errors } = await npmCi(root);
	if (code !== 0) throw new SetupError(explain(errors));
	console.log(`✓ Cài thư viện / Packages (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
	return true;
}

/**
 * True when npm's own record of node_modules holds every required package of the lock file in its version.
 * @param {string} root
 */
function isInstalled(root) {
	const wanted = readLock(path.join(root, 'package-lock.json'));
	const present = readLock(path.join(root, 'node_modules/.package-lock.json'));
	if (!wanted || !present) return false;
	return Object.entries(wanted).every(([name, { version, integrity, optional }]) => {
		if (name === '' || optional) return true;
		return present[name]?.version === version && present[name]?.integrity === integrity;
	});
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }> | undefined}
 */
function readLock(file) {
	try {
		return JSON.parse(readFileSync(file, 'utf8')).packages;
	} catch {
		return undefined;
	}
}

/**
 * @param {string} root
 * @returns {Promise<{ code: number, errors: string }>}
 */
function npmCi(root) {
	const npm = process.env.npm_execpath;
	const args = ['ci', '--no-audit', '--no-fund', '--include=dev', '--include=optional', '--loglevel=error'];
	// What was asked of the outer npm (silence, no development packages) is not meant for this one.
	const { npm_config_loglevel: _, npm_config_omit: __, ...env } = process.env;
	return new Promise((resolve) => {
		const [program, ...first] = npm ? [process.execPath, npm] : ['npm'];
		const child = spawn(program ?? 'npm', [...first, ...args], {
			cwd: root,
			env,
			stdio: ['ignore', 'inherit', 'pipe'],
			detached: true // a group of its own, so that all of it can be ended
		});
		const pidFile = path.join(root, PID_FILE);
		writeFileSync(pidFile, String(child.pid));
		const end = () => endGroup(child.pid);
		process.once('exit', end);
		for (const signal of STOP_SIGNALS) process.once(signal, stop);
		let errors = '';
		child.stderr.on('data', (chunk) => {
			errors += chunk;
			process.stderr.write(chunk);
		});
		child.once('error', (error) => resolve({ code: 1, errors: String(error) }));
		child.once('exit', (code) => {
			rmSync(pidFile, { force: true });
			process.off('exit', end);
			for (const signal of STOP_SIGNALS) process.off(signal, stop);
			resolve({ code: code ?? 1, errors });
		});
	});
}

/** @param {string} root */
function endLeftover(root) {
	const pidFile = path.join(root, PID_FILE);
	if (!existsSync(pidFile)) return;
	const pid = Number(readFileSync(pidFile, 'utf8'));
	const isNpm = existsSync(`/proc/${pid}/cmdline`) && /npm/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
	if (isNpm) endGroup(pid);
	rmSync(pidFile, { force: true });
}

/** @param {number | undefined} pid */
function endGroup(pid) {
	try {
		if (pid) process.kill(-pid, 'SIGKILL');
	} catch {
		// ended already
	}
}

/**
 * The sentence for the usual reasons why an installation fails.
 * @param {string} errors what npm wrote
 */
function explain(errors) {
	if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|network/i.test(errors)) {
		return (
			'Không tải được thư viện vì không có mạng hoặc máy chủ thư viện không trả lời. Kiểm tra mạng (hoặc proxy: npm config set proxy …) rồi chạy lại.\n' +
			'Packages could not be downloaded: no network, or the registry does not answer. Check the network (or proxy: npm config set proxy …), then run the command again.'
		);
	}
	if (/ENOSPC/.test(errors)) return 'Ổ đĩa đã đầy; cần khoảng 1,5 GB trống.\nThe disk is full; about 1.5 GB is needed.';
	if (/EACCES|EPERM|EROFS/.test(errors)) {
		return 'Không có quyền ghi vào thư mục mã nguồn.\nThis user may not write to the folder of the clone.';
	}
	if (/spawn npm|ENOENT.*npm/.test(errors)) return 'Không tìm thấy npm.\nnpm was not found; it comes with Node.js.';
	return 'Cài thư viện không thành công; lý do ở các dòng trên.\nInstalling packages failed; the reason is in the lines above.';
}

/**
 * Full path of a Node of the right major version: the one npm installed, else the one running now.
 * @param {string} root
 * @returns {string}
 */
export function findNode(root) {
	const installed = path.join(root, 'node_modules/.bin/node');
	for (const candidate of [installed, process.execPath]) {
		if (candidate === installed && !existsSync(candidate)) continue;
		const answer = spawnSync(candidate, ['--version'], { encoding: 'utf8' });
		if (Number(/^v(\d+)/.exec(answer.stdout ?? '')?.[1]) >= NODE_MAJOR) return candidate;
	}
	throw new SetupError(
		`Chưa có Node ${NODE_MAJOR} cho máy này (${process.platform}-${process.arch}): npm không tải được. Xóa thư mục node_modules rồi chạy lại khi có mạng, hoặc cài Node ${NODE_MAJOR}.\n` +
			`Node ${NODE_MAJOR} for ${process.platform}-${process.arch} is missing: npm could not download it. Remove node_modules and run the command again with a network, or install Node ${NODE_MAJOR}.`
	);
}

/**
 * Environment in which the project's own programs come first.
 * @param {string} root
 * @returns {NodeJS.ProcessEnv}
 */
export function projectEnvironment(root) {
	return { ...process.env, PATH: path.join(root, 'node_modules/.bin') + path.delimiter + (process.env.PATH ?? '') };
}
