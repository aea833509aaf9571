import { and, eq, isNull, sql } from 'drizzle-orm';
import type { SiteFactsInput, SiteListInput, SiteNumbersInput } from '#lib/training/site-input.ts';
import { listStage, takesSites, type ListStage } from '#lib/training/site.ts';
import { walkInsOf } from '#lib/training/walk-ins.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise, type UnitScope } from '../identity/permissions.ts';
import { BY_NAME } from '../organisation/queries.ts';
import { affiliations, people, units } from '../organisation/tables.ts';
import { today, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { accountOf } from './access.ts';
import { insertAggregateResult, listAggregates } from './aggregates.ts';
import { tellCompletionsIn } from './completion-events.ts';
import { insertEvidence, storeAllEvidence, storeEvidence } from './evidence.ts';
import { recomputeFirstCompletions } from './first-completion.ts';
import { attendedAndCompleted } from './outcomes.ts';
import { placesThen } from './places.ts';
import { getSite, listOwnSites, type BridgeSite } from './site-queries.ts';
import { bridgeSites } from './site-tables.ts';
import { participations, trainingActivities } from './tables.ts';
import { findOrAddWalkIns } from './walk-ins.ts';

type Activity = typeof trainingActivities.$inferSelect;

/** Sites of the actor's units in activities of others. */
export async function listInvitations(ctx: Context) {
	return listOwnSites(ctx.db, authorise(ctx.actor, 'training:read'), today(ctx));
}

/** One site with its list, as its unit fills it. @throws {DomainError} `not_found` for sites of other units */
export async function getSitePage(ctx: Context, siteId: string) {
	const found = await getSite(ctx.db, authorise(ctx.actor, 'training:read'), siteId);
	const { site, activity } = found;
	const { id, title, mode, status, startsOn, dueOn, endedOn, place, meetingUrl, documentNo, documentDate } = activity;
	return {
		site,
		...{ unitName: found.unitName, unitPath: found.unitPath, givesAggregates: found.givesAggregates },
		activity: { id, title, mode, status, startsOn, dueOn, endedOn, place, meetingUrl, documentNo, documentDate },
		organiserName: found.organiserName,
		stage: listStage(activity, today(ctx)),
		isOpen: takesSites(status),
		list: await listPeopleOf(ctx.db, siteId),
		numbers: found.givesAggregates ? await listAggregates(ctx.db, activity.id, site.unitId) : []
	};
}

/** People on a site's list, in the order of names. */
function listPeopleOf(db: Database, siteId: string) {
	return db
		.select({
			participationId: participations.id,
			personId: participations.personId,
			fullName: people.fullName,
			position: sql<string | null>`(select ${affiliations.position} from ${affiliations}
				where ${affiliations.personId} = ${people.id} order by ${affiliations.validFrom} desc limit 1)`,
			summonedOn: participations.summonedOn,
			attendedOn: participations.attendedOn,
			completedOn: participations.completedOn,
			outcome: participations.outcome
		})
		.from(participations)
		.innerJoin(people, eq(people.id, participations.personId))
		.where(and(eq(participations.bridgeSiteId, siteId), isNull(participations.voidedAt)))
		.orderBy(...BY_NAME);
}

/** Hall, contact and expected number of a site. */
export function editSite(ctx: Context, siteId: string, facts: SiteFactsInput): Promise<void> {
	return change(ctx, siteId, async (tx, { site }) => {
		await tx.update(bridgeSites).set(facts).where(eq(bridgeSites.id, siteId));
		await recordAudit(ctx, tx, 'site.edited', { objectId: site.activityId, unitId: site.unitId, siteId });
	});
}

/** What became of a saved list: how many are on it, and who is on the activity already through another list. */
export type SavedList = Readonly<{ onList: number; elsewhere: readonly string[] }>;

/**
 * Saves a site's list: before the last day whom the unit nominates, from then on who attended (and with that completed)
 * and who stayed away; and sends it, where that is the intent. May be repeated until the activity is reported.
 * @throws {DomainError} `forbidden` for people of other units; those of findOrAddWalkIns and sendSiteList
 */
export async function saveSiteList(ctx: Context, siteId: string, input: SiteListInput): Promise<SavedList> {
	authorise(ctx.actor, 'training:manage');
	const sheets = await storeAllEvidence(ctx, input.sheets);
	return change(ctx, siteId, async (tx, open) => {
		const { site, activity, stage } = open;
		const walkIns = await findOrAddWalkIns(ctx, tx, walkInsOf(input, site.unitId), activity.startsOn);
		const present = [...new Set([...input.present, ...walkIns])];
		const saved = await putOnList(ctx, tx, { ...open, present });
		for (const file of sheets) await insertEvidence(ctx, tx, activity.id, site.unitId, 'sign_in_sheet', file, site.id);
		await recordAudit(ctx, tx, 'site.list_saved', {
			objectId: activity.id,
			unitId: site.unitId,
			...{ siteId, stage, people: saved.onList, walkIns: walkIns.length }
		});
		if (input.intent === 'send') await markSent(ctx, tx, open, false);
		return saved;
	});
}

/**
 * What a unit that gives no names enters in place of a list: how many of a category completed, under its document. The
 * list counts as sent.
 * @throws {DomainError} `conflict` `training.unit_gives_names`; `invalid` for a day outside the activity
 */
export async function recordSiteNumbers(ctx: Context, siteId: string, input: SiteNumbersInput): Promise<void> {
	authorise(ctx.actor, 'training:manage');
	const stored = input.file ? await storeEvidence(ctx, input.file) : undefined;
	await change(ctx, siteId, async (tx, open) => {
		const { site, activity } = open;
		const [unit] = await tx.select().from(units).where(eq(units.id, site.unitId));
		if (!unit?.givesAggregates) throw new DomainError('conflict', 'training.unit_gives_names');
		const completedOn = activity.endedOn ?? activity.dueOn;
		if (completedOn > today(ctx)) throw new DomainError('invalid', 'form.date_future');
		await insertAggregateResult(ctx, tx, activity.id, { ...input, unitId: site.unitId, completedOn }, stored);
		await markSent(ctx, tx, { ...open, stage: 'attend' }, false);
	});
}

/**
 * Gửi danh sách to the organiser.
 * @throws {DomainError} `conflict` `training.site_list_empty` for an empty list that does not say that nobody came
 */
export function sendSiteList(ctx: Context, siteId: string, { isNobody }: { isNobody: boolean }): Promise<void> {
	return change(ctx, siteId, (tx, found) => markSent(ctx, tx, found, isNobody));
}

/**
 * A unit takes part by itself in an activity that another one organises, instead of entering it a second time.
 * @returns the site, also where there is one already
 * @throws {DomainError} `not_found` for an activity that cannot be joined; `forbidden` for other units
 */
export async function joinAsSite(
	ctx: Context,
	tx: Database,
	{ activityId, unitId }: { activityId: string; unitId: string }
): Promise<{ siteId: string }> {
	const [activity] = await tx
		.select()
		.from(trainingActivities)
		.where(eq(trainingActivities.id, activityId))
		.for('share');
	const canJoin = activity && takesSites(activity.status) && activity.mode !== 'online_self_paced';
	if (!canJoin || activity.organiserUnitId === unitId) throw new DomainError('not_found', 'training.cannot_join');
	const [created] = await tx
		.insert(bridgeSites)
		.values({ activityId, unitId, origin: 'joined', mode: siteModeOf(activity), recordedBy: accountOf(ctx.actor) })
		.onConflictDoNothing()
		.returning({ siteId: bridgeSites.id });
	if (created) {
		await recordAudit(ctx, tx, 'site.joined', { objectId: activityId, unitId, siteId: created.siteId });
		return created;
	}
	const [existing] = await tx
		.select({ siteId: bridgeSites.id })
		.from(bridgeSites)
		.where(and(eq(bridgeSites.activityId, activityId), eq(bridgeSites.unitId, unitId), isNull(bridgeSites.voidedAt)));
	if (!existing) throw new Error('the site is neither new nor there');
	return existing;
}

/** Online where the activity is held online; a hall of a hybrid one is a hall until its organiser says otherwise. */
function siteModeOf({ mode }: Activity) {
	return mode === 'online_live' ? ('online_live' as const) : ('in_person' as const);
}

/** A site with what a change of its list needs to know. */
export type OpenSite = Readonly<{ site: BridgeSite; activity: Activity; scope: UnitScope; stage: ListStage }>;

/**
 * Makes a list say exactly who is `present`, in the caller's transaction. Who is on the activity through the organiser's
 * own list comes over; who is on another site's list stays there and is told of.
 */
export async function putOnList(
	ctx: Context,
	tx: Database,
	{ site, activity, scope, stage, present }: OpenSite & { present: readonly string[] }
): Promise<SavedList> {
	const day = stage === 'attend' ? (activity.endedOn ?? activity.dueOn) : today(ctx);
	const places = await placesThen(tx, scope, present, { day, today: today(ctx) });
	const onList = places.length > 0 ? await putAll(ctx, tx, { site, activity, stage, places, day }) : [];
	const gone = await takeOff(ctx, tx, site, stage, onList);
	await recomputeFirstCompletions(tx, { personIds: [...onList, ...gone] });
	await tellCompletionsIn(ctx, tx, activity.id, [...onList, ...gone]);
	const others = places.map(({ personId }) => personId).filter((id) => !onList.includes(id));
	return { onList: onList.length, elsewhere: await namesOf(tx, others) };
}

type Placed = Readonly<{ personId: string; unitIdThen: string }>;

/** @returns the people who are on the site's list afterwards */
async function putAll(
	ctx: Context,
	tx: Database,
	{ site, activity, stage, places, day }: Omit<OpenSite, 'scope'> & { places: readonly Placed[]; day: string }
): Promise<string[]> {
	const isAttendance = stage === 'attend';
	const came = isAttendance ? attendedAndCompleted(ctx, day) : {};
	const placed: string[] = [];
	for (let i = 0; i < places.length; i += 1000) {
		const rows = await tx
			.insert(participations)
			.values(
				places.slice(i, i + 1000).map((place) => ({
					...place,
					...{ activityId: activity.id, bridgeSiteId: site.id, recordedBy: accountOf(ctx.actor) },
					...(isAttendance ? { ...came, note: 'walk_in' } : { summonedOn: day }),
					mode: activity.mode === site.mode ? null : site.mode
				}))
			)
			.onConflictDoUpdate({
				target: [participations.personId, participations.activityId],
				targetWhere: isNull(participations.voidedAt),
				set: {
					bridgeSiteId: site.id,
					...(isAttendance && {
						outcome: 'completed' as const,
						attendedOn: sql`coalesce(${participations.attendedOn}, ${day}::date)`,
						completedOn: sql`coalesce(${participations.completedOn}, ${day}::date)`,
						completedRecordedAt: sql`coalesce(${participations.completedRecordedAt}, ${ctx.now.toISOString()}::timestamptz)`
					})
				},
				setWhere: sql`${participations.bridgeSiteId} is null or ${participations.bridgeSiteId} = ${site.id}`
			})
			.returning({ personId: participations.personId });
		placed.push(...rows.map(({ personId }) => personId));
	}
	return placed;
}

/** Who is on the list and no longer named: off it before the activity; afterwards absent, or off it if never nominated. */
async function takeOff(
	ctx: Context,
	tx: Database,
	site: BridgeSite,
	stage: ListStage,
	named: readonly string[]
): Promise<string[]> {
	const others = and(
		eq(participations.bridgeSiteId, site.id),
		isNull(participations.voidedAt),
		sql`not (${participations.personId} = any(${sql.param([...named])}::uuid[]))`
	);
	const gone = { voidedAt: ctx.now, voidReason: 'off_site_list' };
	if (stage === 'nominate') {
		const rows = await tx
			.update(participations)
			.set(gone)
			.where(and(others, isNull(participations.completedOn)))
			.returning({ personId: participations.personId });
		return rows.map(({ personId }) => personId);
	}
	const absent = await tx
		.update(participations)
		.set({ outcome: 'absent', attendedOn: null, completedOn: null, completedRecordedAt: null })
		.where(and(others, sql`${participations.summonedOn} is not null`))
		.returning({ personId: participations.personId });
	const struck = await tx
		.update(participations)
		.set(gone)
		.where(and(others, isNull(participations.summonedOn)))
		.returning({ personId: participations.personId });
	return [...absent, ...struck].map(({ personId }) => personId);
}

/** Notes that a list was sent, in the caller's transaction. */
export async function markSent(
	ctx: Context,
	tx: Database,
	{ site, activity, stage }: OpenSite,
	isNobody: boolean
): Promise<void> {
	const onList = await tx.$count(
		participations,
		and(eq(participations.bridgeSiteId, site.id), isNull(participations.voidedAt))
	);
	const given = await tx.execute(sql`select 1 from aggregate_result where activity_id = ${activity.id}
		and unit_id = ${site.unitId} and voided_at is null limit 1`);
	if (onList === 0 && given.length === 0 && !isNobody) throw new DomainError('conflict', 'training.site_list_empty');
	await tx
		.update(bridgeSites)
		.set({
			...(stage === 'attend' ? { sentAt: ctx.now } : { nominatedAt: ctx.now }),
			returnReason: null,
			sentBy: accountOf(ctx.actor)
		})
		.where(eq(bridgeSites.id, site.id));
	await recordAudit(ctx, tx, 'site.list_sent', {
		objectId: activity.id,
		unitId: site.unitId,
		...{ siteId: site.id, stage, people: onList }
	});
}

/** A site of the actor's units, its activity held against changes until the transaction ends. */
export async function openSite(ctx: Context, tx: Database, siteId: string): Promise<OpenSite> {
	const scope = authorise(ctx.actor, 'training:manage');
	const found = await getSite(tx, scope, siteId);
	const [activity] = await tx
		.select()
		.from(trainingActivities)
		.where(eq(trainingActivities.id, found.site.activityId))
		.for('share');
	await tx.select({ id: bridgeSites.id }).from(bridgeSites).where(eq(bridgeSites.id, siteId)).for('no key update');
	if (!activity || !takesSites(activity.status)) throw new DomainError('conflict', 'training.class_closed');
	return { site: found.site, activity, scope, stage: listStage(activity, today(ctx)) };
}

async function change<T>(ctx: Context, siteId: string, act: (tx: Database, found: OpenSite) => Promise<T>): Promise<T> {
	return ctx.db.transaction(async (tx) => act(tx, await openSite(ctx, tx, siteId)));
}

async function namesOf(tx: Database, personIds: readonly string[]): Promise<string[]> {
	if (personIds.length === 0) return [];
	const rows = await tx
		.select({ fullName: people.fullName })
		.from(people)
		.where(sql`${people.id} = any(${sql.param([...personIds])}::uuid[])`);
	return rows.map(({ fullName }) => fullName);
}
