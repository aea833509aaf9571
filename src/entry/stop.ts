import { isUnavailable, recordOf } from '#lib/server/platform/failure.ts';
import { log } from '#lib/server/platform/log.ts';

/**
 * Ends this process in order when asked to: by signal, or because the supervisor died and the channel to it broke. An
 * error that nobody caught ends it too, since its state is then unknown; the supervisor starts it anew.
 */
export function stopInOrder(stop: (reason: string) => Promise<void>): void {
	let isStopping = false;
	const end = async (reason: string, code: number) => {
		if (isStopping) return;
		isStopping = true;
		log.info({ reason }, 'stopping');
		await stop(reason).catch((error: unknown) => log.error({ err: error }, 'could not stop in order'));
		process.exit(code);
	};
	process.on('SIGTERM', () => void end('SIGTERM', 0));
	process.on('SIGINT', () => void end('SIGINT', 0));
	if (process.channel) process.on('disconnect', () => void end('supervisor ended', 0));
	const die = (error: unknown) => {
		log.fatal({ error: recordOf(error) }, 'uncaught error');
		void end('uncaught error', 1);
	};
	process.on('uncaughtException', die);
	process.on('unhandledRejection', (error) => {
		// On a new connection the driver asks for the array types and does not wait for the answer (postgres 3.4): a
		// database that goes away just then must not take the process along.
		if (isUnavailable(error)) log.error({ error: recordOf(error) }, 'connection lost in the background');
		else die(error);
	});
}
