import path from 'node:path';
import { build } from 'vite';

/** Bundles the player into `build/player/`: one file for each standard, since most packages speak the smaller one. */
export async function buildPlayer() {
	for (const name of ['12', '2004']) {
		await build({
			configFile: false,
			logLevel: 'warn',
			publicDir: false,
			build: {
				target: ['chrome109', 'firefox115', 'safari15'],
				outDir: 'build/player',
				emptyOutDir: false,
				lib: {
					entry: path.resolve(import.meta.dirname, `../lib/scorm/player/main-${name}.ts`),
					formats: ['iife'],
					name: 'player',
					fileName: () => `player-${name}.js`
				}
			}
		});
	}
}
