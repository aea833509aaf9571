import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the ports that Linux gives to outgoing connections (32768 on): one of those may be taken again at any moment. */
const LOWEST = 20_000;
const COUNT = 12_000;

/** A TCP port on loopback that nobody listens on at this moment, and that no connection of others is given by chance. */
export async function freePort(): Promise<number> {
	for (let attempt = 0; attempt < 100; attempt++) {
		const port = LOWEST + randomInt(COUNT);
		if (await isPortFree(port)) return port;
	}
	throw new Error(`no free port between ${LOWEST} and ${LOWEST + COUNT}`);
}

/** True when the port can be listened on now. */
export function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(false));
		server.listen(port, host, () => server.close(() => resolve(true)));
	});
}
