import { and, eq, isNull, sql } from 'drizzle-orm';
import { today, type Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database.ts';
import { people } from '../../organisation/tables.ts';
import { accountOf } from '../access.ts';
import { tellCompletionsIn } from '../completion-events.ts';
import { recomputeFirstCompletions } from '../first-completion.ts';
import type { StagesBefore } from '../list-import-tables.ts';
import { attendedAndCompleted } from '../outcomes.ts';
import type { Place } from '../places.ts';
import { participations } from '../tables.ts';
import type { ListTarget } from './target.ts';

/** What came of one person: put on, on it before, or on another list of the same activity. */
export type Put = Readonly<{
	state: 'placed' | 'already' | 'elsewhere';
	participationId?: string;
	/** What the participation said before, where there was one. */
	before?: StagesBefore;
}>;

/** PostgreSQL takes 65,535 parameters a statement. */
const PER_STATEMENT = 1000;

/** The day that a list's people attended, or were nominated. */
export function listDay(ctx: Context, { activity, stage }: ListTarget): string {
	return stage === 'attend' ? (activity.endedOn ?? activity.dueOn) : today(ctx);
}

/**
 * Adds people to a class or to a site's list, in the caller's transaction; everybody who is on it stays. Who is on the
 * organiser's own list comes over to the site's; who is on another site's list stays there. Lists of one activity take
 * turns, and a person merged from two rows is one.
 * @returns what came of each person, by id
 */
export async function putPeople(
	ctx: Context,
	tx: Database,
	target: ListTarget,
	places: readonly Place[]
): Promise<Map<string, Put>> {
	const { activity, site, stage } = target;
	await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`list ${activity.id}`}, 0))`);
	const day = listDay(ctx, target);
	const result = new Map<string, Put>();
	const known = await participationsOf(tx, activity.id, places);
	const moved: string[] = [];
	for (const { personId, row } of known) {
		const isElsewhere = row.bridgeSiteId !== null && row.bridgeSiteId !== site?.id;
		const isThere = row.bridgeSiteId === (site?.id ?? null);
		if (isElsewhere) result.set(personId, { state: 'elsewhere', participationId: row.id });
		else if (isThere && (stage === 'nominate' || row.completedOn !== null)) {
			result.set(personId, { state: 'already', participationId: row.id });
		} else {
			result.set(personId, { state: 'placed', participationId: row.id, before: stagesOf(row) });
			moved.push(row.id);
		}
	}
	await bringForward(ctx, tx, target, moved, day);
	const fresh = places.filter(({ personId }) => !result.has(personId));
	for (let i = 0; i < fresh.length; i += PER_STATEMENT) {
		const rows = await tx
			.insert(participations)
			.values(
				fresh.slice(i, i + PER_STATEMENT).map((place) => ({
					...{ ...place, activityId: activity.id, bridgeSiteId: site?.id, recordedBy: accountOf(ctx.actor) },
					...(stage === 'attend' ? { ...attendedAndCompleted(ctx, day), note: 'walk_in' } : { summonedOn: day }),
					mode: !site || activity.mode === site.mode ? null : site.mode
				}))
			)
			.onConflictDoNothing()
			.returning({ id: participations.id, personId: participations.personId });
		for (const { id, personId } of rows) result.set(personId, { state: 'placed', participationId: id });
	}
	// Summoned from another window a moment ago.
	for (const { personId } of fresh) if (!result.has(personId)) result.set(personId, { state: 'already' });
	if (stage === 'attend') {
		const personIds = [...result].filter(([, { state }]) => state === 'placed').map(([personId]) => personId);
		await recomputeFirstCompletions(tx, { personIds });
		await tellCompletionsIn(ctx, tx, activity.id, personIds);
	}
	return result;
}

async function participationsOf(tx: Database, activityId: string, places: readonly Place[]) {
	const ids = places.map(({ personId }) => personId);
	return tx
		.select({ row: participations, personId: sql<string>`coalesce(${people.canonicalId}, ${people.id})` })
		.from(participations)
		.innerJoin(people, eq(people.id, participations.personId))
		.where(
			and(
				eq(participations.activityId, activityId),
				isNull(participations.voidedAt),
				sql`coalesce(${people.canonicalId}, ${people.id}) = any(${sql.param(ids)}::uuid[])`
			)
		)
		.for('no key update', { of: participations });
}

/** People of the class's own list come over to the site's; at the end of the class everybody listed has completed it. */
async function bringForward(
	ctx: Context,
	tx: Database,
	{ site, stage }: ListTarget,
	participationIds: readonly string[],
	day: string
): Promise<void> {
	if (participationIds.length === 0) return;
	await tx
		.update(participations)
		.set({
			...(site && { bridgeSiteId: site.id }),
			...(stage === 'attend' && {
				outcome: 'completed' as const,
				attendedOn: sql`coalesce(${participations.attendedOn}, ${day}::date)`,
				completedOn: sql`coalesce(${participations.completedOn}, ${day}::date)`,
				completedRecordedAt: sql`coalesce(${participations.completedRecordedAt}, ${ctx.now.toISOString()}::timestamptz)`
			})
		})
		.where(sql`${participations.id} = any(${sql.param([...participationIds])}::uuid[])`);
}

function stagesOf(row: typeof participations.$inferSelect): StagesBefore {
	return {
		attendedOn: row.attendedOn,
		completedOn: row.completedOn,
		completedRecordedAt: row.completedRecordedAt?.toISOString() ?? null,
		outcome: row.outcome,
		bridgeSiteId: row.bridgeSiteId
	};
}
