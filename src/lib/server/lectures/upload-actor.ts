import { sessionCookie } from '#lib/identity/cookies.ts';
import { NOTICE_VERSION } from '#lib/identity/notice.ts';
import { ANONYMOUS, type Actor } from '../identity/actor.ts';
import { findSession } from '../identity/sessions.ts';
import type { Services } from '../platform/services.ts';

/**
 * Whom an upload request acts for. Uploads are answered before the pages' own hooks, so the rules stand here too: a live
 * session, a password of one's own, the personal-data notice read. Anything less is anonymous.
 */
export async function actorOfCookie(
	{ config, pool }: Pick<Services, 'config' | 'pool'>,
	cookieHeader: string | undefined,
	now: Date
): Promise<Actor> {
	const name = sessionCookie(new URL(config.origin ?? 'http://localhost'));
	const token = valueOf(cookieHeader ?? '', name);
	const signedIn = token ? await findSession(pool.sql, token, now) : undefined;
	const isReady = signedIn && !signedIn.mustChangePassword && signedIn.noticeVersion >= NOTICE_VERSION;
	return isReady ? signedIn.actor : ANONYMOUS;
}

/** One cookie of a `Cookie` header (RFC 6265, 4.2.1); our token needs no decoding. */
function valueOf(header: string, name: string): string | undefined {
	const pairs = header.split(';').map((pair) => pair.trim());
	return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
