import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type BrowserContext } from '@playwright/test';
import { findChromium } from '../support/programs.ts';

/** A browser with a profile that outlives it, and that can be killed as a power cut kills it. */
export type OwnBrowser = Readonly<{ context: BrowserContext; kill(): Promise<void> }>;

const START_MS = 30_000;

/** Starts a browser on a profile folder, which may have been used before. */
export async function startOwnBrowser(profile: string): Promise<OwnBrowser> {
	const said = path.join(profile, 'DevToolsActivePort');
	await fs.rm(said, { force: true });
	const child = spawn(
		findChromium() ?? chromium.executablePath(),
		[
			...['--headless=new', '--no-sandbox', '--no-first-run', '--disable-background-networking', '--mute-audio'],
			...[
				'--lang=vi-VN',
				'--accept-lang=vi-VN',
				'--remote-debugging-port=0',
				`--user-data-dir=${profile}`,
				'about:blank'
			]
		],
		{ stdio: 'ignore', detached: true } // a group of its own: all its processes end together
	);
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	async function kill(): Promise<void> {
		if (child.pid && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGKILL');
		await ended;
	}
	for (const deadline = Date.now() + START_MS; ; await sleep(50)) {
		const port = /^(\d+)\n/.exec(await fs.readFile(said, 'utf8').catch(() => ''))?.[1];
		if (port) {
			const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
			return { context: browser.contexts()[0]!, kill };
		}
		if (Date.now() < deadline) continue;
		await kill();
		throw new Error('the browser did not start');
	}
}
