import { DomainError } from '../platform/errors.ts';
import type { Actor, Role } from './actor.ts';

/**
 * What may be done, and by which roles. `learner` needs no grant row: every account that belongs to a person may learn.
 * technical_admin sees no personal data (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15: purpose-bound access).
 */
export const PERMISSIONS = {
	'account:manage': ['unit_admin', 'province_admin'],
	'account:view_as': ['province_admin'],
	'role:grant': ['province_admin'],
	'unit:read': ['unit_admin', 'unit_head', 'province_admin', 'viewer', 'technical_admin'],
	'unit:manage': ['province_admin'],
	'roster:read': ['unit_admin', 'unit_head', 'province_admin'],
	'roster:manage': ['unit_admin', 'province_admin'],
	'personal_number:read': ['unit_admin', 'province_admin'],
	'course:author': ['trainer', 'province_admin'],
	'course:approve': ['content_approver', 'province_admin'],
	'question:read': ['trainer', 'content_approver', 'province_admin'],
	'question:author': ['trainer', 'province_admin'],
	'question:review': ['content_approver', 'province_admin'],
	'quiz:mark': ['trainer', 'province_admin'],
	'quiz:invigilate': ['trainer', 'unit_admin', 'province_admin'],
	'training:read': ['unit_admin', 'unit_head', 'province_admin', 'trainer'],
	'training:manage': ['unit_admin', 'province_admin'],
	'training:approve': ['unit_head', 'province_admin'],
	'indicators:read': ['unit_admin', 'unit_head', 'province_admin', 'viewer'],
	'indicators:people': ['unit_admin', 'unit_head', 'province_admin'],
	'targets:manage': ['province_admin'],
	'report:read': ['unit_admin', 'unit_head', 'province_admin', 'viewer'],
	'report:write': ['unit_admin', 'unit_head', 'province_admin'],
	'report:approve': ['unit_head'],
	'report:manage': ['province_admin'],
	'certificate:read': ['unit_admin', 'unit_head', 'province_admin'],
	'certificate:manage': ['unit_admin', 'unit_head', 'province_admin'],
	'certificate:approve': ['unit_head', 'province_admin'],
	'scorm:manage': ['trainer', 'unit_admin', 'province_admin'],
	'survey:read': ['unit_admin', 'unit_head', 'province_admin'],
	'survey:manage': ['unit_admin', 'province_admin'],
	'programme:manage': ['content_approver', 'province_admin'],
	'library:manage': ['trainer', 'unit_admin', 'province_admin'],
	'forum:moderate': ['content_approver', 'province_admin'],
	'announcement:send': ['unit_admin', 'unit_head', 'province_admin'],
	'messages:manage': ['province_admin'],
	'sharing:manage': ['province_admin'],
	'audit:read': ['province_admin', 'technical_admin'],
	'system:operate': ['technical_admin', 'province_admin']
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

/**
 * The units that a use case may touch: everything, or the subtrees below the given ltree paths. Queries take it as an
 * argument; only {@link authorise} makes one from an actor.
 */
export type UnitScope = Readonly<{ kind: 'everything' }> | Readonly<{ kind: 'subtrees'; paths: readonly string[] }>;

export const EVERYTHING: UnitScope = { kind: 'everything' };

/** True when the actor holds a role with this permission anywhere. Pure; for showing or hiding a menu entry. */
export function can(actor: Actor, permission: Permission): boolean {
	if (actor.kind === 'system') return true;
	if (actor.kind === 'anonymous') return false;
	const roles: readonly Role[] = PERMISSIONS[permission];
	return actor.grants.some((grant) => roles.includes(grant.role));
}

/**
 * First line of every use case: the units within which the actor may do this.
 * @throws {DomainError} `unauthenticated` without a session, `forbidden` without a fitting role
 */
export function authorise(actor: Actor, permission: Permission): UnitScope {
	if (actor.kind === 'system') return EVERYTHING;
	if (actor.kind === 'anonymous') throw new DomainError('unauthenticated', 'identity.sign_in_required');
	const roles: readonly Role[] = PERMISSIONS[permission];
	const paths = actor.grants.filter((grant) => roles.includes(grant.role)).map((grant) => grant.unitPath);
	if (paths.length === 0) throw new DomainError('forbidden', 'identity.not_permitted');
	return { kind: 'subtrees', paths: withoutNested(paths) };
}

/** True when the unit at `path` lies in the scope. Paths are ltree texts such as `1.12.37`. */
export function covers(scope: UnitScope, path: string): boolean {
	return scope.kind === 'everything' || scope.paths.some((root) => isWithin(path, root));
}

/** Ltree `<@`: the same label path or below it (never a plain text prefix: `1.1` does not hold `1.12`). */
export function isWithin(path: string, root: string): boolean {
	return path === root || path.startsWith(`${root}.`);
}

function withoutNested(paths: readonly string[]): string[] {
	const unique = [...new Set(paths)];
	return unique.filter((path) => !unique.some((other) => other !== path && isWithin(path, other)));
}
