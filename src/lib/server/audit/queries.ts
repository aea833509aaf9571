import { likeContains } from '#lib/text/fold.ts';
import { and, desc, eq, gte, lt, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { auditEvents } from './tables.ts';

/** Rows of one page. */
const PER_PAGE = 50;

/** What the log is narrowed to. Days are `yyyy-mm-dd` in Việt Nam, both included; `before` is the id to go on from. */
export type AuditFilter = Readonly<{
	/** Part of a name, a login name, or the id of an account. */
	actor?: string;
	/** Beginning of an action's name. */
	action?: string;
	objectId?: string;
	from?: string;
	to?: string;
	before?: number;
}>;

/** The newest events first, and the id to ask for the next page with. Paged by id: the log grows while it is read. */
export async function listAuditRows(db: Database, filter: AuditFilter, limit = PER_PAGE) {
	const rows = await db
		.select({
			id: auditEvents.id,
			at: auditEvents.at,
			actorKind: auditEvents.actorKind,
			actorAccountId: auditEvents.actorAccountId,
			// Read by name: accounts and units belong to modules further right.
			actorName: sql<string | null>`(select coalesce(p.full_name, a.display_name) from account a
				left join person p on p.id = a.person_id where a.id = audit_event.actor_account_id)`,
			unitName: sql<string | null>`(select v.name from unit_version v where v.unit_id = audit_event.unit_id
				order by v.valid_from desc limit 1)`,
			action: auditEvents.action,
			objectId: auditEvents.objectId,
			details: auditEvents.details,
			requestId: auditEvents.requestId,
			clientAddress: auditEvents.clientAddress
		})
		.from(auditEvents)
		.where(and(...conditions(filter)))
		.orderBy(desc(auditEvents.id))
		.limit(limit + 1);
	const page = rows.slice(0, limit);
	return { rows: page, before: rows.length > limit ? page.at(-1)?.id : undefined };
}

function conditions({ actor, action, objectId, from, to, before }: AuditFilter): (SQL | undefined)[] {
	const midnight = (day: string) => sql`(${day}::date)::timestamp at time zone 'Asia/Ho_Chi_Minh'`;
	return [
		actor ? byActor(actor) : undefined,
		action ? sql`starts_with(${auditEvents.action}, ${action})` : undefined,
		objectId ? eq(auditEvents.objectId, objectId) : undefined,
		from ? gte(auditEvents.at, midnight(from)) : undefined,
		to ? lt(auditEvents.at, sql`${midnight(to)} + interval '1 day'`) : undefined,
		before ? lt(auditEvents.id, before) : undefined
	];
}

function byActor(actor: string): SQL {
	return sql`${auditEvents.actorAccountId} in (select a.id from account a left join person p on p.id = a.person_id
		where a.id::text = ${actor} or a.username = ${actor}
			or fold(coalesce(p.full_name, a.display_name)) like ${likeContains(actor)})`;
}
