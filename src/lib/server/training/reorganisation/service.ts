import { createHash } from 'node:crypto';
import { and, desc, eq, sql } from 'drizzle-orm';
import type { ReorganisationInput } from '#lib/organisation/reorganisation-input.ts';
import type { ReorganisationCounts, ReorganisationPlan } from '#lib/organisation/reorganisation.ts';
import { closeChangeSet, openChangeSet, sealChangeSet } from '../../audit/change-journal.ts';
import { recordAudit } from '../../audit/record.ts';
import { authorise, EVERYTHING, type UnitScope } from '../../identity/permissions.ts';
import { applyChange, REORGANISED, UNIT } from '../../organisation/reorganisation/apply.ts';
import { changeOf } from '../../organisation/reorganisation/change.ts';
import { undoReorganisedRows } from '../../organisation/reorganisation/undo.ts';
import { reorganisations } from '../../organisation/reorganisation-tables.ts';
import { units } from '../../organisation/tables.ts';
import { today, type Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database.ts';
import { DomainError, isDomainError } from '../../platform/errors.ts';
import { accountOf } from '../access.ts';
import { countNewParticipations, MOVED_TRAINING, moveClasses, restateParticipations } from './classes.ts';
import { type Done, namesOf, type ReorganisationNames } from './names.ts';

/** What a reorganisation would do, found out by doing it and taking it back. */
export type ReorganisationPreview = Readonly<{ counts: ReorganisationCounts; digest: string }> & ReorganisationNames;

/** Tells whether what is to be carried out is what was previewed. */
const digestOf = (input: ReorganisationInput) => createHash('sha256').update(JSON.stringify(input)).digest('hex');

/** @throws {DomainError} what {@link reorganise} would refuse */
export async function previewReorganisation(ctx: Context, input: ReorganisationInput): Promise<ReorganisationPreview> {
	const scope = authorise(ctx.actor, 'unit:manage');
	let preview: ReorganisationPreview | undefined;
	try {
		await ctx.db.transaction(async (tx) => {
			const { counts, done } = await carryOut(ctx, tx, scope, input, input.effectiveOn);
			preview = { counts, digest: digestOf(input), ...(await namesOf(tx, done)) };
			throw new TakenBack();
		});
	} catch (error) {
		if (!(error instanceof TakenBack)) throw error;
	}
	if (!preview) throw new Error('the preview was not made');
	return preview;
}

class TakenBack extends Error {}

/**
 * Arranges units anew from a day on, in one transaction. A day to come is kept as a plan and carried out in the night it
 * begins.
 * @param previewed digest of the preview that the actor saw; `conflict` when something was changed after it
 * @throws {DomainError} `not_found`, `conflict`, `invalid` with what does not fit
 */
export async function reorganise(
	ctx: Context,
	input: ReorganisationInput,
	previewed = digestOf(input)
): Promise<{ reorganisationId: string }> {
	const scope = authorise(ctx.actor, 'unit:manage');
	if (previewed !== digestOf(input)) throw new DomainError('conflict', 'organisation.preview_again');
	return ctx.db.transaction(async (tx) => {
		const { plan, effectiveOn, documentNo, documentDate } = input;
		const isPlanned = effectiveOn > today(ctx);
		if (isPlanned) await changeOf(tx, scope, plan, effectiveOn); // says now what does not fit now
		const [row] = await tx
			.insert(reorganisations)
			.values({
				...{ kind: plan.kind, plan, effectiveOn, documentNo, documentDate },
				state: isPlanned ? 'planned' : 'done',
				recordedBy: accountOf(ctx.actor)
			})
			.returning({ id: reorganisations.id });
		if (!row) throw new Error('reorganisation was not inserted');
		if (isPlanned) {
			await recordAudit(ctx, tx, 'reorganisation.planned', { objectId: row.id, kind: plan.kind, from: effectiveOn });
		} else await complete(ctx, tx, scope, { id: row.id, ...input });
		return { reorganisationId: row.id };
	});
}

/** Carries out the plans whose day has come, each in its own transaction; one that no longer fits is marked so. */
export async function carryOutDuePlans(ctx: Context): Promise<void> {
	const due = await ctx.db
		.select({ id: reorganisations.id })
		.from(reorganisations)
		.where(and(eq(reorganisations.state, 'planned'), sql`${reorganisations.effectiveOn} <= ${today(ctx)}`))
		.orderBy(reorganisations.effectiveOn, reorganisations.recordedAt);
	for (const { id } of due) {
		try {
			await ctx.db.transaction(async (tx) => {
				const [plan] = await tx
					.select()
					.from(reorganisations)
					.where(and(eq(reorganisations.id, id), eq(reorganisations.state, 'planned')))
					.for('update');
				if (plan) await complete(ctx, tx, EVERYTHING, plan);
			});
		} catch (error) {
			if (!isDomainError(error)) throw error;
			await ctx.db
				.update(reorganisations)
				.set({ state: 'failed', failureCode: error.code })
				.where(eq(reorganisations.id, id));
		}
	}
}

/** Drops a plan whose day has not come, or that could not be carried out. */
export async function cancelReorganisation(ctx: Context, reorganisationId: string): Promise<void> {
	authorise(ctx.actor, 'unit:manage');
	await ctx.db.transaction(async (tx) => {
		const [row] = await tx
			.update(reorganisations)
			.set({ state: 'cancelled' })
			.where(and(eq(reorganisations.id, reorganisationId), sql`${reorganisations.state} in ('planned', 'failed')`))
			.returning({ id: reorganisations.id });
		if (!row) throw new DomainError('conflict', 'organisation.reorganisation_done');
		await recordAudit(ctx, tx, 'reorganisation.cancelled', { objectId: reorganisationId });
	});
}

/**
 * Takes a reorganisation back while nothing was built on it: everything holds again what it held before.
 * @throws {DomainError} `conflict` `organisation.reorganisation_in_use` with how much was touched since
 */
export async function undoReorganisation(ctx: Context, reorganisationId: string): Promise<void> {
	authorise(ctx.actor, 'unit:manage');
	await ctx.db.transaction(async (tx) => {
		await tx.execute(sql`lock table ${units} in exclusive mode`);
		const [row] = await tx.select().from(reorganisations).where(eq(reorganisations.id, reorganisationId)).for('update');
		if (row?.state !== 'done' || !row.changeSetId) {
			throw new DomainError('conflict', 'organisation.reorganisation_not_undoable');
		}
		const later = await countNewParticipations(tx, row.changeSetId);
		if (later > 0) throw new DomainError('conflict', 'organisation.reorganisation_in_use', { n: later });
		await undoReorganisedRows(tx, row.changeSetId, Object.values(MOVED_TRAINING));
		await closeChangeSet(tx, row.changeSetId, ctx.now);
		await tx
			.update(reorganisations)
			.set({ state: 'undone', undoneAt: ctx.now })
			.where(eq(reorganisations.id, reorganisationId));
		await recordAudit(ctx, tx, 'reorganisation.undone', { objectId: reorganisationId, kind: row.kind });
	});
}

/** All reorganisations, the latest first. */
export async function listReorganisations(ctx: Context) {
	authorise(ctx.actor, 'unit:manage');
	const rows = await ctx.db
		.select({
			id: reorganisations.id,
			kind: reorganisations.kind,
			effectiveOn: reorganisations.effectiveOn,
			documentNo: reorganisations.documentNo,
			documentDate: reorganisations.documentDate,
			state: reorganisations.state,
			failureCode: reorganisations.failureCode,
			counts: reorganisations.counts,
			plan: reorganisations.plan,
			isUndoable: sql<boolean>`${reorganisations.state} = 'done' and ${reorganisations.changeSetId} is not null`
		})
		.from(reorganisations)
		.orderBy(desc(reorganisations.effectiveOn), desc(reorganisations.recordedAt))
		.limit(200);
	const names = await unitNames(ctx.db, rows);
	return rows.map(({ plan, ...row }) => ({ ...row, ...unitsOf(plan, names) }));
}

type Recorded = Pick<ReorganisationInput, 'plan' | 'effectiveOn'> &
	Readonly<{ id: string; documentNo?: string | null; documentDate?: string | null }>;

async function complete(ctx: Context, tx: Database, scope: UnitScope, recorded: Recorded): Promise<void> {
	const { counts, setId } = await carryOut(ctx, tx, scope, recorded, recorded.effectiveOn);
	await tx
		.update(reorganisations)
		.set({ state: 'done', changeSetId: setId, counts, doneAt: ctx.now })
		.where(eq(reorganisations.id, recorded.id));
	const { id, plan, effectiveOn } = recorded;
	await recordAudit(ctx, tx, 'reorganisation.done', { objectId: id, kind: plan.kind, from: effectiveOn, ...counts });
}

async function carryOut(
	ctx: Context,
	tx: Database,
	scope: UnitScope,
	{ plan, documentNo, documentDate }: Omit<Recorded, 'id'>,
	on: string
): Promise<{ counts: ReorganisationCounts; setId: string; done: Done }> {
	// One at a time, and nobody is put into a unit meanwhile: every reference to one waits for this lock.
	await tx.execute(sql`lock table ${units} in exclusive mode`);
	const change = await changeOf(tx, scope, plan, on);
	const setId = await openChangeSet(tx);
	const document = { no: documentNo ?? '', date: documentDate ?? on };
	const applied = await applyChange(ctx, tx, change, { setId, on, document });
	const classIds = await moveClasses(tx, change, { setId, on });
	const participations = await restateParticipations(tx, change, { setId, on });
	await sealChangeSet(tx, setId, [UNIT, ...REORGANISED, ...Object.values(MOVED_TRAINING)]);
	const counts = {
		ended: change.ended.length,
		created: change.created.length,
		moved: change.moved.length,
		people: applied.people.length,
		leavers: applied.leavers.length,
		roles: applied.roleIds.length,
		classes: classIds.length,
		participations
	};
	return { counts, setId, done: { change, on, classIds, applied } };
}

function idsIn(plan: ReorganisationPlan): string[] {
	switch (plan.kind) {
		case 'merger':
			return [...plan.sourceIds, ...('unitId' in plan.taker ? [plan.taker.unitId] : [])];
		case 'split':
			return [plan.sourceId, ...plan.takers.flatMap((taker) => ('unitId' in taker ? [taker.unitId] : []))];
		case 'renaming':
			return [plan.unitId];
		case 'move':
			return [...plan.unitIds, plan.parentId];
		case 'closure':
			return [...plan.unitIds];
	}
}

/** Unit → its names over time, the newest first. */
async function unitNames(db: Database, rows: readonly { plan: ReorganisationPlan }[]) {
	const ids = [...new Set(rows.flatMap(({ plan }) => idsIn(plan)))];
	const found = await db.execute<{ id: string; name: string }>(sql`
		select distinct on (unit_id) unit_id as id, name from unit_version
		where unit_id = any(${sql.param(ids)}::uuid[]) order by unit_id, valid_from desc`);
	return new Map(found.map(({ id, name }) => [id, name]));
}

/** The units before and after, by name. */
function unitsOf(plan: ReorganisationPlan, names: ReadonlyMap<string, string>): { from: string[]; to: string[] } {
	const name = (id: string) => names.get(id) ?? '';
	const taker = (one: { unitId: string } | { name: string }) => ('unitId' in one ? name(one.unitId) : one.name);
	switch (plan.kind) {
		case 'merger':
			return { from: plan.sourceIds.map(name), to: [plan.renamed?.name ?? taker(plan.taker)] };
		case 'split':
			return { from: [name(plan.sourceId)], to: plan.takers.map(taker) };
		case 'renaming':
			return { from: [name(plan.unitId)], to: [plan.name] };
		case 'move':
			return { from: plan.unitIds.map(name), to: [name(plan.parentId)] };
		case 'closure':
			return { from: plan.unitIds.map(name), to: [] };
	}
}
