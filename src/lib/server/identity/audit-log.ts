import { type AuditFilter, listAuditRows } from '../audit/queries.ts';
import type { Context } from '../platform/context.ts';
import { authorise } from './permissions.ts';

/**
 * The audit log for those who answer for the system. A technical admin keeps it running and sees ids, not who they are:
 * names and network addresses are personal data (Luật 91/2025/QH15).
 *
 * @param limit rows at most; a page of them where left out
 */
export async function listAuditEvents(ctx: Context, filter: AuditFilter, limit?: number) {
	authorise(ctx.actor, 'audit:read');
	const seesPeople = ctx.actor.kind !== 'account' || ctx.actor.grants.some(({ role }) => role === 'province_admin');
	// Searching by name would tell a technical admin whose id it is.
	const actor = seesPeople || isId(filter.actor) ? filter.actor : undefined;
	const { rows, before } = await listAuditRows(ctx.db, { ...filter, actor }, limit);
	const shown = seesPeople ? rows : rows.map((row) => ({ ...row, actorName: null, clientAddress: null }));
	return { rows: shown, before };
}

function isId(text: string | undefined): boolean {
	return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text ?? '');
}
