import { and, eq } from 'drizzle-orm';
import type { Item, Standard } from '#lib/scorm/manifest.ts';
import { matchItems, type MatchedItem } from '#lib/scorm/revision-match.ts';
import type { Values } from '#lib/scorm/runtime/status.ts';
import type { ScormSettings } from '#lib/scorm/settings.ts';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database.ts';
import type { PackageTarget } from '../keys.ts';
import { attemptItems, attempts } from '../runtime-tables.ts';
import { revisions } from '../tables.ts';
import { addAttempt, type Attempt } from './attempts.ts';
import { manifestOf, organizationOf } from './manifests.ts';
import { carryOver } from './seed.ts';

/** What can be asked of a revision: its way through, and what its items are made of. */
export async function sideOf(db: Database, target: PackageTarget, organization: string | null) {
	const manifest = await manifestOf(db, target);
	const isThis = and(eq(revisions.packageId, target.packageId), eq(revisions.revision, target.revision));
	const [row] = await db.select({ contentHashes: revisions.contentHashes }).from(revisions).where(isThis);
	return {
		standard: manifest.standard,
		organization: organizationOf(manifest, organization),
		contentHashes: row?.contentHashes ?? null
	};
}

/**
 * Begins an attempt at a later revision with what was reached in a completed one. Its standing as a whole and that of every
 * item that is still there come along; an item is told how it stands, its score and objectives. Its place and suspend data
 * come along only where its content is the same, file by file: other content would not understand them. The earlier attempt
 * stays as it is.
 */
export async function carryAttempt(
	ctx: Context,
	tx: Database,
	from: Attempt,
	{ target, settings }: { target: PackageTarget; settings: ScormSettings }
): Promise<Attempt> {
	const before = await sideOf(tx, from, from.organization);
	const after = await sideOf(tx, target, settings.organization);
	const { identifier: organization } = after.organization;
	const attempt = await addAttempt(ctx, tx, { registrationId: from.registrationId, ...target, organization });
	const { completion, success, score } = from;
	const isSameWay = JSON.stringify(before.organization) === JSON.stringify(after.organization);
	const [carried] = await tx
		.update(attempts)
		.set({
			...{ carriedFromId: from.id, completion, success, score },
			completedAt: from.completedAt,
			engineState: isSameWay ? from.engineState : null
		})
		.where(eq(attempts.id, attempt.id))
		.returning();
	const rows = await tx.select().from(attemptItems).where(eq(attemptItems.attemptId, from.id));
	const { matched } = matchItems(before, after);
	const facts = { standard: after.standard, isSameStandard: before.standard === after.standard, settings };
	const added = matched.flatMap((match) => {
		const row = rows.find(({ item }) => item === match.before.identifier);
		return row ? [carriedItem(ctx, { ...row, attemptId: attempt.id }, match, facts)] : [];
	});
	if (added.length > 0) await tx.insert(attemptItems).values(added);
	return carried!;
}

type ItemRow = typeof attemptItems.$inferSelect;
type Facts = Readonly<{ standard: Standard; isSameStandard: boolean; settings: ScormSettings }>;

function carriedItem(
	{ now }: Context,
	row: ItemRow,
	match: MatchedItem,
	{ standard, isSameStandard, settings: { keepAfterExit } }: Facts
): typeof attemptItems.$inferInsert {
	const values = JSON.parse(row.data) as Values;
	const next = carryOver({ standard, keepAfterExit }, { values, exit: row.exit });
	const isResumed = match.isSameContent && isSameStandard && next.entry === 'resume';
	const told = isResumed ? next.values : isSameStandard ? reached(standard, values) : {};
	const { completion, success, score } = row;
	return {
		...{ attemptId: row.attemptId, item: match.after.identifier, completion, success, score },
		data: JSON.stringify(withObjectives(standard, told, match)),
		interactionBase: isResumed ? row.interactionBase : 0,
		exit: 'suspend', // the next session goes on with what is here
		sessions: 0,
		sessionStartedAt: now,
		savedAt: row.savedAt
	};
}

/** What was reached and how the learner likes it, without the place and what content keeps for itself. */
const REACHED: Readonly<Record<Standard, RegExp>> = {
	'1.2': /^cmi\.(core\.(lesson_status|score\..+)|objectives\..+|student_preference\..+)$/,
	'2004': /^cmi\.(completion_status|success_status|progress_measure|score\..+|objectives\..+|learner_preference\..+)$/
};

function reached(standard: Standard, values: Values): Values {
	return Object.fromEntries(Object.entries(values).filter(([element]) => REACHED[standard].test(element)));
}

const objectiveIds = ({ sequencing }: Item) => (sequencing?.objectives ?? []).flatMap(({ id }) => id ?? []);

/**
 * Objectives by their identifiers: those of the later manifest come first and in its order (RTE 4.2.17.1), each with what was
 * told of the one with its name.
 */
function withObjectives(standard: Standard, values: Values, { before, after }: MatchedItem): Values {
	const ids = objectiveIds(after);
	if (standard === '1.2' || JSON.stringify(objectiveIds(before)) === JSON.stringify(ids)) return values;
	const told = new Map<string, [rest: string, value: string][]>();
	const rest: Record<string, string> = {};
	for (const [element, value] of Object.entries(values)) {
		const [, index, part] = /^cmi\.objectives\.(\d+)\.(.+)$/.exec(element) ?? [];
		const id = index === undefined ? undefined : values[`cmi.objectives.${index}.id`];
		if (index === undefined) rest[element] = value;
		else if (id !== undefined) told.set(id, [...(told.get(id) ?? []), [part!, value]]);
	}
	const order = [...ids, ...[...told.keys()].filter((id) => !ids.includes(id))];
	for (const [i, id] of order.entries()) {
		rest[`cmi.objectives.${i}.id`] = id;
		for (const [part, value] of told.get(id) ?? []) rest[`cmi.objectives.${i}.${part}`] = value;
	}
	return rest;
}
