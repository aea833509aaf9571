import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { likeContains } from '#lib/text/fold.ts';
import { siteState, listStage, type SiteState } from '#lib/training/site.ts';
import type { UnitScope } from '../identity/permissions.ts';
import { inScope } from '../organisation/scope.ts';
import { units, unitVersions, type UnitType } from '../organisation/tables.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import type { TrainingClass } from './access.ts';
import { bridgeSites } from './site-tables.ts';
import { trainingActivities } from './tables.ts';

export type BridgeSite = typeof bridgeSites.$inferSelect;

const lastName = (unitId: SQL) =>
	sql<string>`(select v.name from unit_version v where v.unit_id = ${unitId} order by v.valid_from desc limit 1)`;

const onList = sql`from participation pt join person p on p.id = pt.person_id
	where pt.bridge_site_id = ${bridgeSites.id} and pt.voided_at is null`;
const counts = {
	listed: sql<number>`(select count(distinct coalesce(p.canonical_id, p.id)) ${onList})::int`,
	attended: sql<number>`(select count(distinct coalesce(p.canonical_id, p.id)) ${onList}
		and (pt.attended_on is not null or pt.completed_on is not null))::int`,
	inNumbers: sql<number>`(select coalesce(sum(r.trained_count), 0) from aggregate_result r
		where r.activity_id = ${bridgeSites.activityId} and r.unit_id = ${bridgeSites.unitId} and r.voided_at is null)::int`
};

/** A site as the organiser's table shows it. */
export type ListedSite = BridgeSite & {
	unitName: string;
	givesAggregates: boolean;
	listed: number;
	attended: number;
	inNumbers: number;
	state: SiteState;
};

/** Sites of an activity in the order of their units' names. */
export async function listSites(db: Database, activity: TrainingClass, today: string): Promise<ListedSite[]> {
	const rows = await db
		.select({
			site: bridgeSites,
			givesAggregates: units.givesAggregates,
			unitName: lastName(sql`${units.id}`),
			...counts
		})
		.from(bridgeSites)
		.innerJoin(units, eq(units.id, bridgeSites.unitId))
		.where(and(eq(bridgeSites.activityId, activity.id), isNull(bridgeSites.voidedAt)))
		.orderBy(sql`${lastName(sql`${units.id}`)} collate "vi-x-icu"`, bridgeSites.id);
	const stage = listStage(activity, today);
	return rows.map(({ site, ...more }) => ({ ...site, ...more, state: siteState(site, stage) }));
}

/** A site of a unit within the scope, with the activity it belongs to. @throws {DomainError} `not_found` */
export async function getSite(db: Database, scope: UnitScope, siteId: string) {
	const [row] = await db
		.select({
			site: bridgeSites,
			unitName: lastName(sql`${units.id}`),
			unitPath: units.path,
			givesAggregates: units.givesAggregates,
			activity: trainingActivities,
			organiserName: lastName(sql`${trainingActivities.organiserUnitId}`)
		})
		.from(bridgeSites)
		.innerJoin(units, eq(units.id, bridgeSites.unitId))
		.innerJoin(trainingActivities, eq(trainingActivities.id, bridgeSites.activityId))
		.where(and(eq(bridgeSites.id, siteId), isNull(bridgeSites.voidedAt), inScope(units.path, scope)));
	if (!row) throw new DomainError('not_found', 'training.no_site');
	return row;
}

/** Sites of the scope's units in activities that others organise, the newest activity first. */
export async function listOwnSites(db: Database, scope: UnitScope, today: string) {
	const rows = await db
		.select({
			site: bridgeSites,
			unitName: lastName(sql`${units.id}`),
			activity: {
				id: trainingActivities.id,
				title: trainingActivities.title,
				mode: trainingActivities.mode,
				status: trainingActivities.status,
				startsOn: trainingActivities.startsOn,
				dueOn: trainingActivities.dueOn,
				endedOn: trainingActivities.endedOn
			},
			organiserName: lastName(sql`${trainingActivities.organiserUnitId}`),
			...counts
		})
		.from(bridgeSites)
		.innerJoin(units, eq(units.id, bridgeSites.unitId))
		.innerJoin(trainingActivities, eq(trainingActivities.id, bridgeSites.activityId))
		.where(
			and(
				isNull(bridgeSites.voidedAt),
				inScope(units.path, scope),
				sql`${trainingActivities.status} <> 'cancelled'`,
				sql`not (select ${inScope(sql`o.path`, scope)} from unit o where o.id = ${trainingActivities.organiserUnitId})`
			)
		)
		.orderBy(sql`coalesce(${trainingActivities.endedOn}, ${trainingActivities.startsOn}) desc`, bridgeSites.id)
		.limit(200);
	return rows.map(({ site, ...more }) => ({
		siteId: site.id,
		...more,
		state: siteState(site, listStage(more.activity, today))
	}));
}

/** Units by name or code and kind that are not at the activity yet, its organiser left out. */
export type InviteFilter = Readonly<{ text?: string; type?: UnitType }>;

export function listInvitable(db: Database, activity: TrainingClass, { text, type }: InviteFilter, today: string) {
	return db
		.select({ unitId: units.id, name: unitVersions.name, type: unitVersions.type })
		.from(units)
		.innerJoin(
			unitVersions,
			and(
				eq(unitVersions.unitId, units.id),
				sql`${unitVersions.validFrom} <= ${today} and (${unitVersions.validTo} is null or ${unitVersions.validTo} > ${today})`
			)
		)
		.where(
			and(
				sql`${units.id} <> ${activity.organiserUnitId}`,
				type && eq(unitVersions.type, type),
				text
					? sql`(fold(${unitVersions.name}) like ${likeContains(text)} or fold(${units.code}) like ${likeContains(text)})`
					: undefined,
				sql`not exists (select 1 from bridge_site s where s.activity_id = ${activity.id} and s.unit_id = ${units.id}
					and s.voided_at is null)`
			)
		)
		.orderBy(asc(unitVersions.type), sql`${unitVersions.name} collate "vi-x-icu"`);
}
