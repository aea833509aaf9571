import { and, eq, inArray, sql } from 'drizzle-orm';
import { isEditable } from '#lib/training/lifecycle.ts';
import { recordAudit } from '../../audit/record.ts';
import { can, authorise } from '../../identity/permissions.ts';
import { inScope } from '../../organisation/scope.ts';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database.ts';
import { DomainError } from '../../platform/errors.ts';
import { tellCompletionsIn } from '../completion-events.ts';
import { recomputeFirstCompletions } from '../first-completion.ts';
import { listImportRows, listImports, rosterCandidates } from '../list-import-tables.ts';
import { trainingActivities } from '../tables.ts';
import { lockListImport } from './import-access.ts';

/** What undoing did: taken off or put back, and left because somebody changed it since. */
export type Undone = Readonly<{ undone: number; left: number }>;

type Effect = { participationId: string; before: (typeof listImportRows.$inferSelect)['before'] };

/**
 * Takes a whole list back: who came by it leaves the class (the rows stay, voided), who was there before is as before,
 * and whoever waits for a unit's word no longer waits. What has been changed since is left. People whom only this list
 * brought onto a roster of the actor's leave it too, where nothing else hangs on them.
 * @throws {DomainError} `conflict` once the class is reported; `training.list_undone`
 */
export async function undoList(ctx: Context, importId: string, reason: string): Promise<Undone> {
	return ctx.db.transaction(async (tx) => {
		const list = await lockListImport(ctx, tx, importId);
		const [activity] = await tx
			.select({ status: trainingActivities.status })
			.from(trainingActivities)
			.where(eq(trainingActivities.id, list.activityId))
			.for('share');
		if (!activity || !isEditable(activity.status)) throw new DomainError('conflict', 'training.class_closed');
		const effects = await effectsOf(tx, importId);
		const personIds = await takeBack(ctx, tx, effects);
		await tx
			.update(rosterCandidates)
			.set({ state: 'withdrawn', phone: null, personalNumberEncrypted: null, decidedAt: ctx.now })
			.where(and(eq(rosterCandidates.importId, importId), eq(rosterCandidates.state, 'waiting')));
		await recomputeFirstCompletions(tx, { personIds });
		await tellCompletionsIn(ctx, tx, list.activityId, personIds);
		await strikeOffAdded(ctx, tx, importId);
		await tx.update(listImports).set({ undoneAt: ctx.now, undoReason: reason }).where(eq(listImports.id, importId));
		const result = { undone: personIds.length, left: effects.length - personIds.length };
		await recordAudit(ctx, tx, 'list_import.undone', {
			...{ objectId: list.activityId, unitId: list.unitId, importId, reason, ...result }
		});
		return result;
	});
}

async function effectsOf(tx: Database, importId: string): Promise<Effect[]> {
	const rows = await tx
		.select({ participationId: listImportRows.participationId, before: listImportRows.before })
		.from(listImportRows)
		.where(and(eq(listImportRows.importId, importId), eq(listImportRows.state, 'placed')));
	return rows.flatMap(({ participationId, before }) => (participationId ? [{ participationId, before }] : []));
}

/** Untouched since: nobody has recorded an absence or a failure on it. */
const UNTOUCHED = sql`p.voided_at is null and (p.outcome is null or p.outcome = 'completed')`;

/** @returns the people whose participations were still as the list left them */
async function takeBack(ctx: Context, tx: Database, effects: readonly Effect[]): Promise<string[]> {
	const came = effects.filter(({ before }) => !before).map(({ participationId }) => participationId);
	const gone = await tx.execute<{ person_id: string }>(sql`
		update participation p set voided_at = ${ctx.now.toISOString()}::timestamptz, void_reason = 'list_undone'
		where p.id = any(${sql.param(came)}::uuid[]) and ${UNTOUCHED}
		returning p.person_id`);
	const changed = effects.flatMap(({ participationId, before }) => (before ? [{ participationId, ...before }] : []));
	const back = await tx.execute<{ person_id: string }>(sql`
		update participation p set attended_on = b."attendedOn", completed_on = b."completedOn",
			completed_recorded_at = b."completedRecordedAt", outcome = b.outcome, bridge_site_id = b."bridgeSiteId"
		from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as b("participationId" uuid, "attendedOn" date,
			"completedOn" date, "completedRecordedAt" timestamptz, outcome text, "bridgeSiteId" uuid)
		where p.id = b."participationId" and ${UNTOUCHED}
		returning p.person_id`);
	return [...gone, ...back].map((row) => row.person_id);
}

/** People who came onto a roster of the actor's by this list and have nothing else: no group, class or account. */
async function strikeOffAdded(ctx: Context, tx: Database, importId: string): Promise<void> {
	if (!can(ctx.actor, 'roster:manage')) return;
	const scope = authorise(ctx.actor, 'roster:manage');
	const struck = await tx.execute<{ id: string }>(sql`
		update person set voided_at = ${ctx.now.toISOString()}::timestamptz, void_reason = 'list_undone'
		from roster_candidate c join unit on unit.id = c.unit_id
		where c.import_id = ${importId} and c.person_added_at is not null and person.id = c.person_id
			and person.voided_at is null and ${inScope(sql`unit.path`, scope)}
			and not exists (select 1 from category_membership m where m.person_id = person.id)
			and not exists (select 1 from participation p where p.person_id = person.id and p.voided_at is null)
			and not exists (select 1 from account a where a.person_id = person.id)
			and not exists (select 1 from person other where other.canonical_id = person.id)
		returning person.id`);
	if (struck.length === 0) return;
	await recordAudit(ctx, tx, 'person.struck_off', { objectId: importId, personIds: struck.map(({ id }) => id) });
	await tx
		.update(rosterCandidates)
		.set({ state: 'withdrawn' })
		.where(
			inArray(
				rosterCandidates.personId,
				struck.map(({ id }) => id)
			)
		);
}
