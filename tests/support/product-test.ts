import type { Config } from '#lib/server/platform/config.ts';
import { environmentOf, startProcess, startWeb, type RunningProcess, type WebProcess } from './product.ts';
import { test as base } from './test.ts';

/** Starts processes of the product on a test's database, objects and folder. */
export type Product = Readonly<{
	web(env?: Record<string, string>, port?: number): Promise<WebProcess>;
	worker(env?: Record<string, string>): Promise<RunningProcess>;
	mediaWorker(env?: Record<string, string>): Promise<RunningProcess>;
	/** Ends at once whatever still runs. */
	killAll(): Promise<void>;
}>;

export function openProduct(config: Config, own: Record<string, string> = {}): Product {
	const started: RunningProcess[] = [];
	const env = (more: Record<string, string> = {}) => environmentOf(config, { ...own, ...more });
	async function note<P extends RunningProcess>(starting: Promise<P>): Promise<P> {
		const running = await starting;
		started.push(running);
		return running;
	}
	return {
		web: (more, port) => note(startWeb(env(more), port)),
		worker: (more) => note(startProcess('worker', env(more))),
		mediaWorker: (more) => note(startProcess('media-worker', env(more))),
		async killAll() {
			await Promise.all(started.filter((one) => one.isRunning()).map((one) => one.end('SIGKILL')));
		}
	};
}

/** `test` with {@link Product} as `product`; its processes end with the test. */
export const test = base.extend('product', ({ config }, { onCleanup }) => {
	const product = openProduct(config);
	onCleanup(() => product.killAll());
	return product;
});
