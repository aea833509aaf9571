import node from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

const pages = node({ precompress: true });

/**
 * One build makes both: the pages, and the player of SCORM packages, which is served on another host and knows nothing of
 * SvelteKit. The pages come first, since their adapter empties `build/`.
 * @type {import('@sveltejs/kit').Adapter}
 */
const adapter = {
	...pages,
	name: 'pages-and-player',
	async adapt(builder) {
		await pages.adapt(builder);
		const { buildPlayer } = await import('./src/build/player.js');
		await buildPlayer();
	}
};

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	kit: {
		adapter,
		// Everything a page loads is our own; `blob:` is for hls.js and its worker. Object storage hosts are added at
		// run time in hooks.server.ts, since they are known only from the environment.
		csp: {
			mode: 'nonce',
			directives: {
				'default-src': ['self'],
				'script-src': ['self'],
				'style-src': ['self', 'unsafe-inline'],
				'img-src': ['self', 'data:', 'blob:'],
				'media-src': ['self', 'blob:', 'data:'], // hls.js gives its text tracks an empty data: source
				'worker-src': ['self', 'blob:'],
				'connect-src': ['self'],
				'font-src': ['self'],
				'object-src': ['none'],
				'base-uri': ['none'],
				'form-action': ['self'],
				'frame-ancestors': ['none']
			}
		},
		output: { preloadStrategy: 'modulepreload' },
		version: { pollInterval: 0 }
	}
};
