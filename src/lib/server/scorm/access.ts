import { and, desc, eq } from 'drizzle-orm';
import { authorise, can, covers, type Permission } from '../identity/permissions.ts';
import { units } from '../organisation/tables.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import type { PackageTarget } from './keys.ts';
import { packages, revisions } from './tables.ts';

export type Package = typeof packages.$inferSelect;
export type Revision = typeof revisions.$inferSelect;

/**
 * A package that the actor may touch with one of these permissions in its unit.
 * @throws {DomainError} `forbidden` without such a role anywhere; `not_found` outside its units
 */
export async function getPackage(
	ctx: Context,
	packageId: string,
	...anyOf: [Permission, ...Permission[]]
): Promise<Package> {
	const held = anyOf.filter((permission) => can(ctx.actor, permission));
	const scopes = (held.length > 0 ? held : [anyOf[0]]).map((permission) => authorise(ctx.actor, permission));
	const [found] = await ctx.db
		.select({ package: packages, path: units.path })
		.from(packages)
		.innerJoin(units, eq(units.id, packages.unitId))
		.where(eq(packages.id, packageId));
	if (!found || !scopes.some((scope) => covers(scope, found.path)))
		throw new DomainError('not_found', 'scorm.no_such_package');
	return found.package;
}

/** Condition: this one revision. */
export function isRevision({ packageId, revision }: PackageTarget) {
	return and(eq(revisions.packageId, packageId), eq(revisions.revision, revision));
}

/** One revision by number, whatever its state. */
export async function findRevision(db: Database, target: PackageTarget): Promise<Revision | undefined> {
	const [found] = await db.select().from(revisions).where(isRevision(target));
	return found;
}

/** The revision that was begun last: what the trainer's page tells the state of. */
export async function findNewestRevision(db: Database, packageId: string): Promise<Revision | undefined> {
	const [found] = await db
		.select()
		.from(revisions)
		.where(eq(revisions.packageId, packageId))
		.orderBy(desc(revisions.revision))
		.limit(1);
	return found;
}

/** The account behind a context, for `created_by` columns; null for the system. */
export function accountOf(ctx: Context): string | null {
	return ctx.actor.kind === 'account' ? ctx.actor.accountId : null;
}
