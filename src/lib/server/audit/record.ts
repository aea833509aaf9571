import type { AuditAction } from '#lib/i18n/audit-words.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { auditEvents } from './tables.ts';

/** What an audit event says beside its action; ids and values only, no names, numbers or secrets. */
export type AuditDetails = Readonly<Record<string, unknown> & { objectId?: string; unitId?: string }>;

/** Writes one event of the caller's change, in the caller's transaction. */
export async function recordAudit(
	ctx: Pick<Context, 'actor' | 'requestId' | 'clientAddress'>,
	tx: Database,
	action: AuditAction,
	details: AuditDetails = {}
): Promise<void> {
	const { objectId, unitId, ...rest } = details;
	await tx.insert(auditEvents).values({
		actorKind: ctx.actor.kind,
		actorAccountId: ctx.actor.kind === 'account' ? ctx.actor.accountId : null,
		action,
		objectId: objectId ?? null,
		unitId: unitId ?? null,
		details: rest,
		requestId: ctx.requestId,
		clientAddress: ctx.clientAddress ?? null
	});
}
