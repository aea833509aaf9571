import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	plugins: [sveltekit()],
	// The floor of the browsers we serve: Chrome/WebView 109 is the last one on Windows 7 (ADR-0007).
	build: { target: ['chrome109', 'firefox115', 'safari15'], cssTarget: ['chrome109'] },
	test: {
		projects: [
			{
				test: {
					name: 'unit',
					environment: 'node',
					include: ['src/**/*.test.ts', 'media-pipeline/**/*.test.ts', 'tests/*.test.ts']
				}
			},
			{
				test: {
					name: 'integration',
					environment: 'node',
					include: ['tests/integration/**/*.test.ts'],
					globalSetup: ['tests/support/global-setup.ts'],
					testTimeout: 60_000,
					hookTimeout: 120_000,
					maxWorkers: 2
				}
			}
		]
	}
});
