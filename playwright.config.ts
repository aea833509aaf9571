import { defineConfig, devices } from '@playwright/test';
import { freePort } from './src/lib/server/platform/free-port.ts';
import { findChromium } from './tests/support/programs.ts';
import { canRunOnS3 } from './tests/support/radosgw.ts';

/** Each storage has its own whole product; E2E_STORAGE=filesystem or s3 runs only that one. */
const STORAGES = ['filesystem', 's3'] as const;
const asked = process.env.E2E_STORAGE?.split(',');
const storages = STORAGES.filter((name) => !asked || asked.includes(name)).filter(
	(name) => name === 'filesystem' || canRunOnS3()
);

// Workers load this file again and must arrive at the same ports; they inherit the environment.
for (const name of storages) process.env[`E2E_PORT_${name}`] ??= String(await freePort());
const portOf = (name: string) => process.env[`E2E_PORT_${name}`] ?? '';

export default defineConfig({
	testDir: 'tests/e2e',
	outputDir: 'test-results',
	workers: 1,
	forbidOnly: process.env.CI === 'true',
	timeout: 120_000,
	expect: { timeout: 10_000 },
	reporter: [['list'], ['json', { outputFile: process.env.E2E_REPORT ?? 'test-results/e2e.json' }]],
	use: {
		...devices['Desktop Chrome'],
		locale: 'vi-VN',
		timezoneId: 'Asia/Ho_Chi_Minh',
		trace: 'retain-on-failure',
		screenshot: 'only-on-failure',
		launchOptions: {
			executablePath: findChromium(),
			args: [
				'--no-sandbox',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-quic',
				'--no-first-run',
				'--autoplay-policy=no-user-gesture-required'
			]
		}
	},
	projects: storages.map((name) => ({
		name,
		// Pages do not know where objects lie: everything runs on files, the story on both.
		testMatch: name === 's3' ? /story.*\.test\.ts$/ : /\.test\.ts$/,
		use: { baseURL: `http://localhost:${portOf(name)}` }
	})),
	webServer: storages.map((name) => ({
		command: `exec node tests/support/stack.ts ${name} ${portOf(name)}`,
		name,
		url: `http://localhost:${portOf(name)}/healthz`,
		timeout: 300_000,
		stdout: 'pipe',
		gracefulShutdown: { signal: 'SIGTERM', timeout: 60_000 }
	}))
});
