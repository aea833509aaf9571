import { existsSync } from 'node:fs';
import path from 'node:path';
import { SetupError } from '../../src/entry/install.js';
import { run } from './run.js';

const MINUTE = 60_000;

/** Programs that tests drive, the steps that need them, and the Debian packages they come in. */
const PROGRAMS = [
	{ steps: ['integration', 'e2e-filesystem', 'e2e-s3'], names: ['ffmpeg', 'ffprobe'], packages: ['ffmpeg'] },
	{
		steps: ['integration', 'e2e-filesystem', 'e2e-s3'],
		names: ['chromium', 'chromium-browser', 'google-chrome'],
		packages: ['chromium'],
		isAny: true
	},
	{
		steps: ['integration', 'e2e-s3'],
		names: ['radosgw', 'ceph-mon', 'ceph-osd'],
		packages: ['radosgw', 'ceph-mon', 'ceph-osd']
	}
];

/**
 * Installs what is missing where this is root's Debian; elsewhere Playwright brings its own Chromium, and for the rest
 * the tests say what they lack.
 * @param {string[]} steps names of the steps that will run
 */
export async function installPrograms(steps) {
	const missing = PROGRAMS.filter(
		(program) => program.steps.some((step) => steps.includes(step)) && isMissing(program)
	);
	if (missing.length === 0) return;
	const packages = missing.flatMap((program) => program.packages);
	if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) await aptInstall(packages);
	const still = missing.filter(isMissing);
	if (still.some(({ packages }) => packages.includes('chromium'))) await playwrightInstall();
	const rest = still.flatMap(({ packages }) => packages).filter((name) => name !== 'chromium');
	if (rest.length) console.warn(`\n!!! Thiếu / Missing: apt-get install ${rest.join(' ')} !!!\n`);
}

/** @param {{ names: string[], isAny?: boolean }} program */
function isMissing({ names, isAny }) {
	if (isAny && process.env.CHROMIUM_PATH) return false;
	const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/sbin'];
	const isThere = (/** @type {string} */ name) => folders.some((folder) => existsSync(path.join(folder, name)));
	return isAny ? !names.some(isThere) : !names.every(isThere);
}

/** @param {string[]} packages */
async function aptInstall(packages) {
	console.log(`→ apt-get install ${packages.join(' ')}`);
	const env = { DEBIAN_FRONTEND: 'noninteractive' };
	const apt = async (/** @type {string[]} */ args) =>
		(await run(['apt-get', '-q', ...args], { limitMs: 6 * MINUTE, env, isQuiet: true })).code === 0;
	const install = ['install', '-y', '--no-install-recommends', ...packages];
	if (await apt(install)) return;
	if (await apt(['update'])) await apt(install);
}

async function playwrightInstall() {
	console.log('→ playwright install chromium');
	const { code } = await run([path.resolve('node_modules/.bin/playwright'), 'install', 'chromium'], {
		limitMs: 10 * MINUTE
	});
	if (code === 0) return;
	throw new SetupError(
		'Không có Chromium và không tải được. Cài Chromium rồi đặt CHROMIUM_PATH.\n' +
			'There is no Chromium and it could not be downloaded. Install one and set CHROMIUM_PATH.'
	);
}
