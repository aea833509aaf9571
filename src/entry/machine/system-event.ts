import { randomUUID } from 'node:crypto';
import type { AuditAction } from '#lib/i18n/audit-words.ts';
import { type AuditDetails, recordAudit } from '#lib/server/audit/record.ts';
import { SYSTEM_ACTOR } from '#lib/server/identity/actor.ts';
import type { Database } from '#lib/server/platform/database.ts';

/** Writes an audit event of an operator's command that has no context of its own. */
export function systemEvent(db: Database, action: AuditAction, details: AuditDetails): Promise<void> {
	return recordAudit({ actor: SYSTEM_ACTOR, requestId: `cli-${randomUUID()}` }, db, action, details);
}
