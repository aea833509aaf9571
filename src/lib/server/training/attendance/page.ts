import { and, eq, isNull, sql } from 'drizzle-orm';
import { sittingMinutes } from '#lib/training/attendance.ts';
import { isEditable } from '#lib/training/lifecycle.ts';
import { BY_NAME } from '../../organisation/queries.ts';
import { people, unitVersions } from '../../organisation/tables.ts';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database.ts';
import { sessionAttendances } from '../attendance-tables.ts';
import { currentRule } from '../counting-rule.ts';
import { rosterCandidates } from '../list-import-tables.ts';
import { participations } from '../tables.ts';
import { getSitting, type SittingKey } from './sitting.ts';

/** A sitting with everybody on the class and what is noted of each, in the order of names. */
export async function getAttendancePage(ctx: Context, key: SittingKey) {
	const { activity, session } = await getSitting(ctx, key);
	const [people, walkIns, rule] = await Promise.all([
		listAttendance(ctx.db, activity.id, session.id),
		ctx.db.$count(
			rosterCandidates,
			and(
				eq(rosterCandidates.activityId, activity.id),
				eq(rosterCandidates.state, 'waiting'),
				sql`${rosterCandidates.sittings} is not null`
			)
		),
		currentRule(ctx.db)
	]);
	const { id, title, status } = activity;
	return {
		activity: { id, title, isEditable: isEditable(status) },
		session: { id: session.id, startsAt: session.startsAt, endsAt: session.endsAt, title: session.title },
		sittingMinutes: sittingMinutes(session),
		...{ people, walkIns, percent: rule.attendancePercent }
	};
}

function listAttendance(db: Database, activityId: string, sessionId: string) {
	return db
		.select({
			...{ participationId: participations.id, fullName: people.fullName, completedOn: participations.completedOn },
			unitName: sql<string>`(select ${unitVersions.name} from ${unitVersions}
				where ${unitVersions.unitId} = ${participations.unitIdThen} order by ${unitVersions.validFrom} desc limit 1)`,
			...{ minutes: sessionAttendances.minutes, source: sessionAttendances.source }
		})
		.from(participations)
		.innerJoin(people, eq(people.id, participations.personId))
		.leftJoin(
			sessionAttendances,
			and(eq(sessionAttendances.participationId, participations.id), eq(sessionAttendances.sessionId, sessionId))
		)
		.where(and(eq(participations.activityId, activityId), isNull(participations.voidedAt)))
		.orderBy(...BY_NAME);
}
