/** Roles a person may hold in a unit; each reaches that unit and all below it. */
export const ROLES = [
	'learner',
	'trainer',
	'content_approver',
	'unit_admin',
	'unit_head',
	'province_admin',
	'viewer',
	'technical_admin'
] as const;
export type Role = (typeof ROLES)[number];

/** One role in one unit; `unitPath` is the unit's present ltree path, so a subtree test needs no query. */
export type Grant = Readonly<{ role: Role; unitId: string; unitPath: string }>;

/** Whom a use case acts for. `system` is a job or an operator's command; it may do everything. */
export type Actor =
	| Readonly<{
			kind: 'account';
			accountId: string;
			/** The person of the roster behind the account; operators may have none. */
			personId?: string;
			displayName: string;
			grants: readonly Grant[];
	  }>
	| Readonly<{ kind: 'anonymous' }>
	| Readonly<{ kind: 'system' }>;

export const ANONYMOUS: Actor = { kind: 'anonymous' };
export const SYSTEM_ACTOR: Actor = { kind: 'system' };

/** The account that acts, for `created_by` and the like; null for the system. */
export function accountIdOf(actor: Actor): string | null {
	return actor.kind === 'account' ? actor.accountId : null;
}
