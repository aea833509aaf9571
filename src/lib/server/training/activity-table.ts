import { and, inArray, sql } from 'drizzle-orm';
import { readActivityLines, type ActivityLine, type ActivityProblem } from '#lib/training/activity-lines.ts';
import { matchKey } from '#lib/text/fold.ts';
import { type Journaled, listChangedRows, removeFree, removeRows } from '../audit/change-journal.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise } from '../identity/permissions.ts';
import { listUnits } from '../organisation/queries.ts';
import { unitFinder } from '../organisation/roster-file/units.ts';
import { claimUndo, listTableImports, takeTableIn } from '../organisation/table-imports.ts';
import { today, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { accountOf } from './access.ts';
import { listTopics } from './reference-data.ts';
import { trainingActivities } from './tables.ts';

/** A table of activities as it would come in: what is new, what the register has already, and what is wrong. */
export type CheckedActivities = Readonly<{
	fresh: readonly ActivityLine[];
	unchanged: number;
	problems: readonly ActivityProblem[];
}>;

/** What an undo puts back or removes; a class that was edited since differs in one of these. */
const ACTIVITIES: Journaled = {
	table: trainingActivities,
	columns: ['title', 'kind', 'mode', 'organiser_unit_id', 'starts_on', 'ended_on', 'status', 'document_no', 'version']
};

/**
 * Reads a table of activities that were held against the actor's units and the register; writes nothing. A class of the same
 * organiser, title and first day is in the register already.
 */
export async function checkActivities(ctx: Context, table: readonly (readonly string[])[]): Promise<CheckedActivities> {
	const scope = authorise(ctx.actor, 'training:manage');
	const day = today(ctx);
	const units = await listUnits(ctx.db, scope, { day });
	const find = unitFinder(units);
	const topics = new Map<string, string>();
	for (const { code, nameVi, nameEn } of await listTopics(ctx.db, day)) {
		for (const word of [code, nameVi, nameEn]) topics.set(matchKey(word), code);
	}
	const { lines, problems } = readActivityLines(table, {
		unitOf: (text) => {
			const unit = find(text);
			if (unit === 'ambiguous') return { problem: 'ambiguous_unit' };
			return unit ? unit.id : { problem: 'unknown_unit' };
		},
		ownUnitId: ownUnitOf(ctx, units),
		topicOf: (text) => topics.get(matchKey(text)),
		today: day
	});
	const known = await keysOf(ctx.db, lines);
	const fresh = lines.filter((line) => {
		const key = keyOf(line);
		return !known.has(key) && Boolean(known.add(key));
	});
	return { fresh, unchanged: lines.length - fresh.length, problems };
}

/** The unit of an admin of one unit. */
function ownUnitOf({ actor }: Context, units: readonly { id: string }[]): string | undefined {
	if (actor.kind !== 'account') return undefined;
	const own = actor.grants.filter(({ role }) => role === 'unit_admin' || role === 'province_admin');
	return own.length === 1 ? units.find(({ id }) => id === own[0]?.unitId)?.id : undefined;
}

type Named = Pick<ActivityLine, 'organiserUnitId' | 'title' | 'startsOn'>;
const keyOf = ({ organiserUnitId, title, startsOn }: Named) => `${organiserUnitId} ${startsOn} ${matchKey(title)}`;

async function keysOf(db: Database, lines: readonly ActivityLine[]): Promise<Set<string>> {
	const unitIds = [...new Set(lines.map(({ organiserUnitId }) => organiserUnitId))];
	if (unitIds.length === 0) return new Set();
	const days = lines.map(({ startsOn }) => startsOn).sort();
	const rows = await db
		.select({
			organiserUnitId: trainingActivities.organiserUnitId,
			title: trainingActivities.title,
			startsOn: trainingActivities.startsOn
		})
		.from(trainingActivities)
		.where(
			and(
				inArray(trainingActivities.organiserUnitId, unitIds),
				sql`${trainingActivities.startsOn} between ${days[0]}::date and ${days.at(-1)}::date`,
				sql`${trainingActivities.status} <> 'cancelled'`
			)
		);
	return new Set(rows.map(keyOf));
}

/**
 * Puts the sound lines of a table into the register as classes that have ended; who was there comes as a list onto each. The
 * whole can be taken back ({@link undoActivities}). Sending the same form or the same table twice adds nothing.
 */
export async function importActivities(
	ctx: Context,
	table: readonly (readonly string[])[],
	{ id, fileName }: { id: string; fileName: string | null }
): Promise<{ created: number; unchanged: number; problems: readonly ActivityProblem[] }> {
	const { fresh, unchanged, problems } = await checkActivities(ctx, table);
	if (fresh.length === 0) return { created: 0, unchanged, problems };
	const created = await ctx.db.transaction(async (tx) => {
		const lines = await takeTableIn(ctx, tx, { id, kind: 'activities', fileName }, async () => [
			[ACTIVITIES, await insertActivities(ctx, tx, fresh)]
		]);
		if (lines) await recordAudit(ctx, tx, 'class.list_imported', { objectId: id, lines });
		return lines ?? 0;
	});
	return { created, unchanged, problems };
}

async function insertActivities(ctx: Context, tx: Database, fresh: readonly ActivityLine[]): Promise<string[]> {
	const ids: string[] = [];
	for (let i = 0; i < fresh.length; i += 500) {
		const values = fresh.slice(i, i + 500).map(({ line: _, endsOn, ...facts }) => ({
			...{ ...facts, dueOn: endsOn, endedOn: endsOn, status: 'ended' as const, createdBy: accountOf(ctx.actor) }
		}));
		const made = await tx.insert(trainingActivities).values(values).returning({ id: trainingActivities.id });
		ids.push(...made.map((row) => row.id));
	}
	return ids;
}

/** The latest tables of activities that came in. */
export const listActivityImports = (ctx: Context) =>
	listTableImports(ctx, authorise(ctx.actor, 'training:manage'), 'activities');

/**
 * Takes a table of activities back. Classes that have people, evidence or anything else by now, or were edited, stay.
 * @throws {DomainError} `not_found`; `conflict` `organisation.import_not_undoable`
 */
export async function undoActivities(ctx: Context, id: string): Promise<{ removed: number; left: number }> {
	const scope = authorise(ctx.actor, 'training:manage');
	return ctx.db.transaction(async (tx) => {
		const setId = await claimUndo(ctx, tx, scope, { id, kind: 'activities' });
		const rows = await listChangedRows(tx, setId, ACTIVITIES);
		const free = rows.filter(({ isTouched }) => !isTouched).map(({ rowId }) => rowId);
		const stay = await removeFree(tx, free, (inner, ids) => removeRows(inner, ACTIVITIES, ids));
		const undone = { removed: free.length - stay.length, left: rows.length - free.length + stay.length };
		await recordAudit(ctx, tx, 'class.list_import_undone', { objectId: id, ...undone });
		return undone;
	});
}
