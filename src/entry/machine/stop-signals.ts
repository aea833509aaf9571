/** A terminal's Ctrl-C and the copy that start.js passes on arrive within this time and are one wish. */
const SAME_MS = 500;

/**
 * The first signal stops in order, a second one at once. Losing the channel to start.js counts as a signal, so that a
 * start killed with -9 takes its processes along.
 */
export function onStopSignals({ stop, kill }: { stop(): Promise<void>; kill(): void }): void {
	let firstAt: number | undefined;
	const wish = () => {
		if (firstAt === undefined) {
			firstAt = performance.now();
			void stop().then(
				() => process.exit(0),
				(error: unknown) => {
					console.error(error);
					process.exit(1);
				}
			);
		} else if (performance.now() - firstAt > SAME_MS) {
			kill();
			process.exit(130);
		}
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, wish);
	if (process.channel) {
		process.on('disconnect', () => firstAt === undefined && wish());
		process.channel.unref();
	}
}
