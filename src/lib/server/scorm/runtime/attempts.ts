import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { launchableItems } from '#lib/scorm/manifest.ts';
import type { EngineState } from '#lib/scorm/runtime/protocol.ts';
import { rollUp } from '#lib/scorm/runtime/grading.ts';
import { bestOf, isSameStanding, NOT_BEGUN, type Standing } from '#lib/scorm/runtime/status.ts';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database.ts';
import type { PackageTarget } from '../keys.ts';
import { attemptItems, attempts } from '../runtime-tables.ts';
import type { Launch } from './launches.ts';
import { isSequenced, manifestOf, organizationOf } from './manifests.ts';

export type Attempt = typeof attempts.$inferSelect;

/** Attempts of a registration that count, first to last. */
export function listAttempts(db: Database, registrationId: string): Promise<Attempt[]> {
	return db
		.select()
		.from(attempts)
		.where(and(eq(attempts.registrationId, registrationId), isNull(attempts.voidedAt)))
		.orderBy(asc(attempts.number));
}

/** Begins the next attempt of a registration. */
export async function addAttempt(
	ctx: Context,
	tx: Database,
	{
		registrationId,
		packageId,
		revision,
		organization
	}: PackageTarget & { registrationId: string; organization: string }
): Promise<Attempt> {
	const [added] = await tx
		.insert(attempts)
		.values({
			...{ registrationId, packageId, revision, organization, startedAt: ctx.now, savedAt: ctx.now },
			number: sql`(select coalesce(max(a.number), 0) + 1 from scorm_attempt a where a.registration_id = ${registrationId})`
		})
		.returning();
	return added!;
}

/** Standing of each item of an attempt that was begun. */
export async function itemStandings(db: Database, attemptId: string): Promise<Map<string, Standing>> {
	const { item, completion, success, score } = attemptItems;
	const rows = await db
		.select({ item, completion, success, score })
		.from(attemptItems)
		.where(eq(attemptItems.attemptId, attemptId));
	return new Map(rows.map(({ item: id, ...standing }) => [id, standing]));
}

async function rolledUp(tx: Database, launch: Launch & { attemptId: string }): Promise<Standing> {
	const manifest = await manifestOf(tx, launch);
	const organization = organizationOf(manifest, launch.organization);
	if (isSequenced(manifest, organization)) return { ...NOT_BEGUN, completion: 'incomplete' }; // its engine will tell
	const standings = await itemStandings(tx, launch.attemptId);
	const items = launchableItems(organization).map(({ identifier }) => standings.get(identifier));
	return rollUp(items, launch.settings.itemGrade);
}

/**
 * Rolls an attempt's items up into its own standing, which never gets worse. Packages with
 * sequencing say themselves what their root has come to.
 * @returns what the attempt has come to, and whether that is news
 */
export async function settleAttempt(
	ctx: Context,
	tx: Database,
	launch: Launch & { attemptId: string },
	engine?: EngineState
): Promise<{ standing: Standing; isChanged: boolean }> {
	const [before] = await tx.select().from(attempts).where(eq(attempts.id, launch.attemptId)).for('update');
	const standing = bestOf(before!, engine?.standing ?? (await rolledUp(tx, launch)));
	if (engine) await tx.update(attempts).set({ engineState: engine.state }).where(eq(attempts.id, launch.attemptId));
	const reached = { completion: before!.completion, success: before!.success, score: before!.score };
	const isChanged = !isSameStanding(reached, standing);
	if (isChanged) {
		await tx
			.update(attempts)
			.set({
				...standing,
				savedAt: ctx.now,
				completedAt: before!.completedAt ?? (standing.completion === 'completed' ? ctx.now : null)
			})
			.where(eq(attempts.id, launch.attemptId));
	}
	return { standing, isChanged };
}
