import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Gives the request the id that ties its log lines and audit events together, as `x-request-id` on request and answer. One
 * that a client made up is not taken; a trusted proxy's is.
 */
export function nameRequest(req: IncomingMessage, res: ServerResponse, isBehindProxy: boolean): void {
	const given = req.headers['x-request-id'];
	const isGood = isBehindProxy && typeof given === 'string' && /^[\w-]{8,64}$/.test(given);
	const id = isGood ? given : randomUUID();
	req.headers['x-request-id'] = id;
	res.setHeader('X-Request-Id', id);
}
