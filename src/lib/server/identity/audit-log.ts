import { type AuditFilter, listAuditRows } from '../audit/queries.ts';
import type { Context } from '../platform/context.ts';
import { authorise } from './permissions.ts';

/**
 * The audit log for those who answer for the system. A technical admin keeps it running and sees ids, not who they are:
 * names and network addresses are personal data (Luật 91/2025/QH15).
 */
export async function listAuditEvents(ctx: Context, filter: AuditFilter) {
	authorise(ctx.actor, 'audit:read');
	const { rows, before } = await listAuditRows(ctx.db, filter);
	const seesPeople = ctx.actor.kind !== 'account' || ctx.actor.grants.some(({ role }) => role === 'province_admin');
	const shown = seesPeople ? rows : rows.map((row) => ({ ...row, actorName: null, clientAddress: null }));
	return { rows: shown, before };
}
