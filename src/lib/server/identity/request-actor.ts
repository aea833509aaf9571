import { sessionCookie } from '#lib/identity/cookies.ts';
import { NOTICE_VERSION } from '#lib/identity/notice.ts';
import type { IncomingMessage } from 'node:http';
import type { Services } from '../platform/services.ts';
import type { Visitors } from '../platform/uploads/server.ts';
import { ANONYMOUS, type Actor } from './actor.ts';
import { isOwnRequest } from './same-origin.ts';
import { findSession } from './sessions.ts';

/** Who sends a request that is answered before the pages' own hooks. */
export function visitorsOf(services: Pick<Services, 'config' | 'pool'>): Visitors {
	return {
		actorOf: (cookieHeader, now) => actorOfCookie(services, cookieHeader, now),
		isOwnRequest: ({ method = '', headers }: IncomingMessage) =>
			isOwnRequest({ method, host: headers.host ?? '', header: (name) => headers[name] as string | undefined })
	};
}

/**
 * Whom an upload request acts for. Uploads are answered before the pages' own hooks, so the rules stand here too: a live
 * session, a password of one's own, the personal-data notice read, the second step set up where it is overdue. Anything less is
 * anonymous, and so is who looks at the product as somebody else.
 */
async function actorOfCookie(
	{ config, pool }: Pick<Services, 'config' | 'pool'>,
	cookieHeader: string | undefined,
	now: Date
): Promise<Actor> {
	const name = sessionCookie(new URL(config.origin ?? 'http://localhost'));
	const token = valueOf(cookieHeader ?? '', name);
	const signedIn = token ? await findSession(pool.sql, token, now) : undefined;
	const isReady =
		signedIn &&
		!signedIn.viewing &&
		!signedIn.mustChangePassword &&
		signedIn.noticeVersion >= NOTICE_VERSION &&
		signedIn.twoStep !== 'overdue';
	return isReady ? signedIn.actor : ANONYMOUS;
}

/** One cookie of a `Cookie` header (RFC 6265, 4.2.1); our token needs no decoding. */
function valueOf(header: string, name: string): string | undefined {
	const pairs = header.split(';').map((pair) => pair.trim());
	return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
