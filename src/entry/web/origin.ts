import type { IncomingMessage, ServerResponse } from 'node:http';
import os from 'node:os';
import type { Config } from '#lib/server/platform/config.ts';
import { LOOPBACK } from '#lib/server/platform/origins.ts';

/**
 * Answers requests that come under a wrong name. Somebody who typed 127.0.0.1 goes to the origin, because a session begun
 * under one name is unknown under the other. Without a fixed origin a name that is not this machine's is refused: a page
 * elsewhere could point its own name at us (DNS rebinding).
 */
export function hostGuard(config: Pick<Config, 'port'>, origin: string | undefined) {
	const fixed = origin ? new URL(origin) : undefined;
	return async (req: IncomingMessage, res: ServerResponse): Promise<boolean> => {
		const host = req.headers.host ?? '';
		if (!fixed) {
			// Overwritten, so that a client's own header never decides what the pages believe.
			req.headers['x-buc-giang-protocol'] = 'http';
			if (isOwnName(hostnameOf(host))) return false;
			res.writeHead(421, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Misdirected request\n');
			return true;
		}
		const isRead = req.method === 'GET' || req.method === 'HEAD';
		const isOther = host !== fixed.host && LOOPBACK.includes(hostnameOf(host)) && LOOPBACK.includes(fixed.hostname);
		if (!isRead || !isOther || isProbe(req.url)) return false;
		res.writeHead(307, { Location: fixed.origin + (req.url ?? '/'), 'Cache-Control': 'no-store' }).end();
		return true;
	};
}

/** Health checks ask by address and want an answer, not a way elsewhere. */
const isProbe = (url = '') => /^\/(healthz|readyz)(\?|$)/.test(url);

/** The host header without its port. */
const hostnameOf = (host: string) => host.replace(/:\d+$/, '').toLowerCase();

function isOwnName(name: string): boolean {
	const own = os.hostname().toLowerCase();
	if (LOOPBACK.includes(name) || name === own || name === `${own}.local`) return true;
	const addresses = Object.values(os.networkInterfaces()).flatMap((list) => list ?? []);
	return addresses.some(({ address }) => address === name || `[${address}]` === name);
}
