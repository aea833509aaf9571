import { and, eq, sql } from 'drizzle-orm';
import type { UnitScope } from '../identity/permissions.ts';
import { inScope } from '../organisation/scope.ts';
import { people, units } from '../organisation/tables.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { participations, trainingActivities } from '../training/tables.ts';
import { certificates } from './tables.ts';

/**
 * A certificate of a class that a unit of the scope held.
 * @throws {DomainError} `not_found` outside the scope
 */
export async function getManaged(
	db: Database,
	scope: UnitScope,
	certificateId: string,
	{ isLocked = false }: { isLocked?: boolean } = {}
) {
	const query = db
		.select({
			certificate: certificates,
			activityId: trainingActivities.id,
			organiserUnitId: trainingActivities.organiserUnitId,
			className: trainingActivities.title,
			personId: sql<string>`coalesce(${people.canonicalId}, ${people.id})`,
			fullName: people.fullName
		})
		.from(certificates)
		.innerJoin(participations, eq(participations.id, certificates.participationId))
		.innerJoin(people, eq(people.id, participations.personId))
		.innerJoin(trainingActivities, eq(trainingActivities.id, participations.activityId))
		.innerJoin(units, eq(units.id, trainingActivities.organiserUnitId))
		.where(and(eq(certificates.id, certificateId), inScope(units.path, scope)));
	const [row] = await (isLocked ? query.for('no key update', { of: certificates }) : query);
	if (!row) throw new DomainError('not_found', 'certificates.no_certificate');
	const { certificate, ...more } = row;
	return { ...certificate, ...more };
}
