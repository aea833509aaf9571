import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	plugins: [sveltekit()],
	// The floor of the browsers we serve: Chrome/WebView 109 is the last one on Windows 7 (ADR-0007).
	build: { target: ['chrome109', 'firefox115', 'safari15'], cssTarget: ['chrome109'] },
	// What every page needs in one file and the player in another: on a line of 300 ms each small file costs a journey.
	environments: {
		client: {
			build: {
				rolldownOptions: {
					output: {
						codeSplitting: {
							groups: [
								{
									name: 'base',
									// vite's own preload helper is on every page too: left free it lands beside the player
									test: /vite\/preload-helper|node_modules\/(svelte|@sveltejs|esm-env|clsx)\//
								},
								{
									name: 'common',
									minShareCount: 20, // what few pages need stays with them
									test: /node_modules\/@lucide\/|src\/lib\/(ui|text)\/|src\/lib\/i18n\/(index|context|format|ui|shell)\.ts/
								},
								{
									name: 'player',
									test: /src\/lib\/player\/|src\/lib\/lectures\/(cues|chapters)\.ts|src\/lib\/i18n\/captions\.ts|node_modules\/media-chrome\//
								}
							]
						}
					}
				}
			}
		}
	},
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
