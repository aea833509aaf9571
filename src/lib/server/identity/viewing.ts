import { can } from './permissions.ts';
import type { Actor, Grant, Role } from './actor.ts';

/** How long one may look at the product as somebody else. */
export const VIEWING_MS = 30 * 60_000;

/** Nobody looks at the product as those who run a province or its machines. */
const OUT_OF_SIGHT: readonly Role[] = ['province_admin', 'technical_admin'];

/** Whether an account may look at the product as one with these roles; asked at every request, since roles end. */
export function mayView(owner: Actor, grants: readonly Pick<Grant, 'role'>[]): boolean {
	return can(owner, 'account:view_as') && !grants.some(({ role }) => OUT_OF_SIGHT.includes(role));
}

/** Rooms of the person alone, and where secrets are shown: not for others' eyes. Groups of routes and whole parts. */
const CLOSED = ['/(account)/account', '/(account)/messages', '/(account)/confirm', '/(manage)/accounts', '/(admin)'];

/** How one stops looking, and the answers that need no session's rights. */
const LEAVING = ['/(account)/viewing', '/(public)/sign-out', '/(public)/preferences'];

/** What is wrong with a request of somebody who only looks; undefined for pages that may be read. */
export function viewingRefusal({ routeId, method }: { routeId: string; method: string }): string | undefined {
	if (LEAVING.includes(routeId)) return undefined;
	if (method !== 'GET' && method !== 'HEAD') return 'identity.viewing_only';
	const isClosed = CLOSED.some((part) => routeId === part || routeId.startsWith(`${part}/`));
	return isClosed ? 'identity.viewing_closed' : undefined;
}
