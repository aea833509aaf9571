import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Outcome } from '#lib/training/activity.ts';
import { isEditable, possibleChanges, statusOn } from '#lib/training/lifecycle.ts';
import { onlineShortcomings, type Shortcoming } from '#lib/training/qualifying.ts';
import { authorise, can } from '../identity/permissions.ts';
import { BY_NAME } from '../organisation/queries.ts';
import { listCategories } from '../organisation/reference-data.ts';
import { peopleInScope } from '../organisation/scope.ts';
import { affiliations, categories, categoryMemberships, people, unitVersions } from '../organisation/tables.ts';
import { today, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { decidersFor, getClass, type TrainingClass } from './access.ts';
import { listAggregates } from './aggregates.ts';
import { currentRule } from './counting-rule.ts';
import { findSimilarClasses } from './duplicates.ts';
import { listEvidence } from './evidence.ts';
import { funnelColumns, type Funnel } from './funnel.ts';
import { attendeeCount } from './qualifying.ts';
import { registerFacts } from './register-facts.ts';
import { siteFigure } from './sites.ts';
import { participations, trainingActivities } from './tables.ts';

/** One person's part in a class, as the organiser sees it. */
export type Participant = {
	participationId: string;
	personId: string;
	fullName: string;
	position: string | null;
	/** The unit of the time. */
	unitName: string;
	categories: string[];
	summonedOn: string | null;
	attendedOn: string | null;
	completedOn: string | null;
	outcome: Outcome | null;
};

/**
 * All that the page of a class shows.
 * @throws {DomainError} `not_found` outside the actor's units
 */
export async function getClassPage(ctx: Context, activityId: string) {
	const found = await getClass(ctx.db, authorise(ctx.actor, 'training:read'), activityId);
	const deciders = decidersFor(ctx.actor, found.organiserPath);
	const isManager = deciders.includes('manage');
	const status = statusOn(found, today(ctx));
	const [participants, voided, funnel, evidence, aggregates, similar, shortcomings, groups, register, sites] =
		await Promise.all([
			listParticipants(ctx.db, activityId),
			isManager ? listVoided(ctx.db, activityId) : [],
			funnelOf(ctx.db, activityId),
			listEvidence(ctx.db, activityId),
			listAggregates(ctx.db, activityId),
			similarTo(ctx.db, found),
			shortcomingsOf(ctx.db, found),
			listCategories(ctx.db, today(ctx)),
			registerFacts(ctx, found),
			siteFigure(ctx.db, found, today(ctx))
		]);
	const ids = participants.map(({ personId }) => personId);
	const open = can(ctx.actor, 'roster:read')
		? await peopleInScope(ctx.db, ids, authorise(ctx.actor, 'roster:read'), today(ctx))
		: new Set<string>();
	return {
		activity: { ...found, status },
		participants: participants.map((row) => ({ ...row, isPersonOpen: open.has(row.personId) })),
		...{ voided, funnel, evidence, aggregates, similar, shortcomings, register, sites },
		categories: groups.map(({ code, nameVi, nameEn, isTarget }) => ({ code, nameVi, nameEn, isTarget })),
		changes: possibleChanges(status, deciders),
		isManager,
		isEditable: isManager && isEditable(status),
		today: today(ctx)
	};
}

/** People on a class in the order of names; whoever was taken off is left out. */
export function listParticipants(db: Database, activityId: string): Promise<Participant[]> {
	return db
		.select({
			participationId: participations.id,
			personId: participations.personId,
			fullName: people.fullName,
			position: sql<string | null>`(select ${affiliations.position} from ${affiliations}
				where ${affiliations.personId} = ${people.id} order by ${affiliations.validFrom} desc limit 1)`,
			unitName: sql<string>`(select ${unitVersions.name} from ${unitVersions}
				where ${unitVersions.unitId} = ${participations.unitIdThen} order by ${unitVersions.validFrom} desc limit 1)`,
			categories: sql<string[]>`array(select ${categories.nameVi} from ${categoryMemberships}
				join ${categories} on ${categories.code} = ${categoryMemberships.categoryCode}
				where ${categoryMemberships.personId} = ${people.id} and ${categoryMemberships.validTo} is null
				order by ${categories.position})`,
			summonedOn: participations.summonedOn,
			attendedOn: participations.attendedOn,
			completedOn: participations.completedOn,
			outcome: participations.outcome
		})
		.from(participations)
		.innerJoin(people, eq(people.id, participations.personId))
		.where(and(eq(participations.activityId, activityId), isNull(participations.voidedAt)))
		.orderBy(...BY_NAME);
}

/** People who were taken off a class, with the reason, and can be put back. */
function listVoided(db: Database, activityId: string) {
	return db
		.select({
			participationId: participations.id,
			fullName: people.fullName,
			voidedAt: participations.voidedAt,
			voidReason: participations.voidReason
		})
		.from(participations)
		.innerJoin(people, eq(people.id, participations.personId))
		.where(and(eq(participations.activityId, activityId), isNotNull(participations.voidedAt)))
		.orderBy(participations.voidedAt);
}

async function funnelOf(db: Database, activityId: string): Promise<Funnel> {
	const [row] = await db.execute<Funnel>(sql`
		select ${funnelColumns.summoned} as summoned, ${funnelColumns.attended} as attended,
			${funnelColumns.completed} as completed, ${funnelColumns.summonedCompleted} as "summonedCompleted"
		from participation join person on person.id = participation.person_id
		where participation.activity_id = ${activityId} and participation.voided_at is null`);
	return row ?? { summoned: 0, attended: 0, completed: 0, summonedCompleted: 0 };
}

function similarTo(db: Database, activity: TrainingClass) {
	if (activity.status === 'cancelled') return [];
	return findSimilarClasses(db, { ...activity, endsOn: activity.endedOn ?? activity.dueOn, exceptId: activity.id });
}

/** Why the class does not count for the targets (yet); empty when it counts for both. */
async function shortcomingsOf(db: Database, activity: TrainingClass): Promise<Shortcoming[]> {
	const [row] = await db
		.select({ attendeeCount: attendeeCount() })
		.from(trainingActivities)
		.where(eq(trainingActivities.id, activity.id));
	return onlineShortcomings({ ...activity, attendeeCount: row?.attendeeCount ?? 0 }, await currentRule(db));
}
