import { and, eq, sql } from 'drizzle-orm';
import type { Decider } from '#lib/training/lifecycle.ts';
import type { Actor } from '../identity/actor.ts';
import { authorise, can, covers, type Permission, type UnitScope } from '../identity/permissions.ts';
import { inScope } from '../organisation/scope.ts';
import { units, unitVersions } from '../organisation/tables.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { participations, trainingActivities } from './tables.ts';

/** Which permission lets one make a change that the lifecycle gives to this decider. */
export const PERMISSION_OF: Readonly<Record<Decider, Permission>> = {
	manage: 'training:manage',
	approve: 'training:approve',
	province: 'targets:manage'
};

/** A class with its organiser's present place in the tree and last name. */
export type TrainingClass = typeof trainingActivities.$inferSelect & { organiserPath: string; organiserName: string };

const columns = {
	activity: trainingActivities,
	organiserPath: units.path,
	organiserName: sql<string>`(select ${unitVersions.name} from ${unitVersions}
		where ${unitVersions.unitId} = ${units.id} order by ${unitVersions.validFrom} desc limit 1)`
};

/** @throws {DomainError} `not_found` when the class does not exist or its organiser lies outside the scope */
export async function getClass(db: Database, scope: UnitScope, activityId: string): Promise<TrainingClass> {
	const [row] = await db
		.select(columns)
		.from(trainingActivities)
		.innerJoin(units, eq(units.id, trainingActivities.organiserUnitId))
		.where(and(eq(trainingActivities.id, activityId), inScope(units.path, scope)));
	return toClass(row);
}

/**
 * As {@link getClass}, held until the transaction ends. `change` keeps every other writer off; `use` lets others use the
 * class too but nobody change its facts meanwhile.
 */
export async function lockClass(
	tx: Database,
	scope: UnitScope,
	activityId: string,
	purpose: 'change' | 'use' = 'change'
): Promise<TrainingClass> {
	const [row] = await tx
		.select(columns)
		.from(trainingActivities)
		.innerJoin(units, eq(units.id, trainingActivities.organiserUnitId))
		.where(and(eq(trainingActivities.id, activityId), inScope(units.path, scope)))
		.for(purpose === 'change' ? 'no key update' : 'share', { of: trainingActivities });
	return toClass(row);
}

/** The class of a participation, locked for use. @throws {DomainError} `not_found` */
export async function lockClassOf(tx: Database, scope: UnitScope, participationId: string): Promise<TrainingClass> {
	const [row] = await tx
		.select({ activityId: participations.activityId })
		.from(participations)
		.where(eq(participations.id, participationId));
	if (!row) throw new DomainError('not_found', 'training.no_participation');
	return lockClass(tx, scope, row.activityId, 'use');
}

/** What the actor may do to a class: one entry per decider that the actor is, for this organiser. */
export function decidersFor(actor: Actor, organiserPath: string): Decider[] {
	return (['manage', 'approve', 'province'] as const).filter((decider) => {
		const permission = PERMISSION_OF[decider];
		return can(actor, permission) && covers(authorise(actor, permission), organiserPath);
	});
}

/** Account behind the change, for `recorded_by` columns. */
export function accountOf(actor: Actor): string | null {
	return actor.kind === 'account' ? actor.accountId : null;
}

function toClass(
	row: { activity: typeof trainingActivities.$inferSelect; organiserPath: string; organiserName: string } | undefined
): TrainingClass {
	if (!row) throw new DomainError('not_found', 'training.no_class');
	return { ...row.activity, organiserPath: row.organiserPath, organiserName: row.organiserName };
}
