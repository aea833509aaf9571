import { and, desc, eq, isNull, or, sql } from 'drizzle-orm';
import { people, unitVersions } from '../organisation/tables.ts';
import type { Database } from '../platform/database.ts';
import { participations, trainingActivities } from './tables.ts';

const organiserName = sql<string>`(select ${unitVersions.name} from ${unitVersions}
	where ${unitVersions.unitId} = ${trainingActivities.organiserUnitId}
	order by ${unitVersions.validFrom} desc limit 1)`;

/** A person's part in a class together with the class, as that person sees it. Days are `yyyy-mm-dd`. */
const ownColumns = {
	participationId: participations.id,
	activityId: trainingActivities.id,
	courseVersionId: trainingActivities.courseVersionId,
	title: trainingActivities.title,
	organiserName,
	source: trainingActivities.source,
	mode: trainingActivities.mode,
	status: trainingActivities.status,
	startsOn: trainingActivities.startsOn,
	dueOn: trainingActivities.dueOn,
	endedOn: trainingActivities.endedOn,
	teachingPeriods: trainingActivities.teachingPeriods,
	documentNo: trainingActivities.documentNo,
	documentDate: trainingActivities.documentDate,
	place: trainingActivities.place,
	meetingUrl: trainingActivities.meetingUrl,
	summonedOn: participations.summonedOn,
	attendedOn: participations.attendedOn,
	completedOn: participations.completedOn,
	outcome: participations.outcome
};

/** All classes of a person, also those of rows merged into it; open ones first, then the newest. */
export function listOwnParticipations(db: Database, personId: string) {
	return db
		.select(ownColumns)
		.from(participations)
		.innerJoin(trainingActivities, eq(trainingActivities.id, participations.activityId))
		.innerJoin(people, eq(people.id, participations.personId))
		.where(ofPerson(personId))
		.orderBy(
			sql`(${trainingActivities.status} in ('planned', 'ongoing') and ${participations.completedOn} is null) desc`,
			desc(trainingActivities.startsOn),
			participations.id
		);
}

/** One of the person's own participations with its class; undefined for anybody else's or a voided one. */
export async function getOwnParticipation(db: Database, personId: string, participationId: string) {
	const [row] = await db
		.select(ownColumns)
		.from(participations)
		.innerJoin(trainingActivities, eq(trainingActivities.id, participations.activityId))
		.innerJoin(people, eq(people.id, participations.personId))
		.where(and(eq(participations.id, participationId), ofPerson(personId)));
	return row;
}

/** Participations of the person's canonical row and of all rows merged into it. */
function ofPerson(personId: string) {
	const canonical = sql`(select coalesce(me.canonical_id, me.id) from ${people} me where me.id = ${personId})`;
	return and(or(eq(people.id, canonical), eq(people.canonicalId, canonical)), isNull(participations.voidedAt));
}
