import type { ListRowState } from '#lib/training/list-import.ts';
import { LONGEST_LIST } from '#lib/training/list-import.ts';
import { recordAudit } from '../../audit/record.ts';
import { authorise, type UnitScope } from '../../identity/permissions.ts';
import { openNumberVault } from '../../organisation/personal-numbers.ts';
import { today, type Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database.ts';
import { DomainError } from '../../platform/errors.ts';
import { accountOf, getClass } from '../access.ts';
import { readListLines } from '../list-file/lines.ts';
import { readListFile, readListText } from '../list-file/read-list.ts';
import { listImportRows, listImports } from '../list-import-tables.ts';
import { placesThen } from '../places.ts';
import { tellSummoned } from '../tell-summoned.ts';
import { addCandidates, tellUnits } from './candidates.ts';
import { matchLines, type MatchedLine } from './match-lines.ts';
import { listDay, putPeople, type Put } from './put-people.ts';
import { openTarget, type ListPlace, type ListTarget } from './target.ts';

type Row = typeof listImportRows.$inferInsert;

/** A list as it came. */
export type SentList = Readonly<{ importId: string; file?: File; text?: string }>;

/**
 * Brings a list onto a class or a bridge site: whoever is surely meant is on it at once, doubtful lines wait to be
 * answered, and people whom their unit's roster does not know wait for that unit's word. Sending the form twice brings one
 * list.
 * @throws {DomainError} `invalid` for what is no readable list; `conflict` for a class that takes nobody any more;
 * `not_found` outside the actor's units
 */
export async function bringList(ctx: Context, place: ListPlace, sent: SentList): Promise<{ importId: string }> {
	const scope = authorise(ctx.actor, 'training:manage');
	const sheet = sent.file
		? await readListFile(new Uint8Array(await sent.file.arrayBuffer()))
		: readListText(sent.text ?? '');
	const lines = readListLines(sheet, today(ctx));
	if (lines.length === 0) throw new DomainError('invalid', 'training.list_no_names');
	if (lines.length > LONGEST_LIST) throw new DomainError('invalid', 'training.list_too_long', { n: LONGEST_LIST });
	return ctx.db.transaction(async (tx) => {
		const target = await openTarget(ctx, tx, place);
		const matched = await matchLines({ ...ctx, db: tx }, scope, lines, target.unitId);
		const [created] = await tx
			.insert(listImports)
			.values({
				...{ id: sent.importId, activityId: target.activity.id, bridgeSiteId: target.site?.id },
				...{ unitId: target.unitId, stage: target.stage, recordedBy: accountOf(ctx.actor) },
				fileName: sent.file?.name.normalize('NFC').slice(-200)
			})
			.onConflictDoNothing()
			.returning({ id: listImports.id });
		if (!created) return { importId: sent.importId };
		await settle(ctx, tx, { target, scope, matched, importId: sent.importId });
		return { importId: sent.importId };
	});
}

async function settle(
	ctx: Context,
	tx: Database,
	{
		target,
		scope,
		matched,
		importId
	}: { target: ListTarget; scope: UnitScope; matched: MatchedLine[]; importId: string }
): Promise<void> {
	const sure = new Set(matched.flatMap(({ match }) => (match.kind === 'matched' ? [match.personId] : [])));
	const places = await placesThen(tx, scope, [...sure], { day: listDay(ctx, target), today: today(ctx) });
	const put = places.length > 0 ? await putPeople(ctx, tx, target, places) : new Map<string, Put>();
	const named = new Set<string>();
	const rows = matched.map((line) => ({ importId, ...particulars(ctx, line), ...outcome(line, put, named) }));
	const stored = rows.map((row) => (row.state === 'uncertain' ? row : { ...row, ...WIPED }));
	for (let i = 0; i < stored.length; i += 1000) await tx.insert(listImportRows).values(stored.slice(i, i + 1000));
	const waiting = rows.filter(({ state }) => state === 'candidate');
	await addCandidates(ctx, tx, { target, importId, rows: waiting });
	await tellUnits(ctx, tx, target, importId, waiting);
	await tellThoseSummoned(ctx, tx, target, put);
	const countOf = (state: ListRowState) => rows.filter((row) => row.state === state).length;
	await recordAudit(ctx, tx, 'list_import.brought', {
		...{ objectId: target.activity.id, unitId: target.unitId, importId, stage: target.stage, lines: rows.length },
		...{ placed: countOf('placed'), uncertain: countOf('uncertain'), candidates: countOf('candidate') }
	});
}

/** Particulars that nobody needs once a line is settled. */
export const WIPED = { phone: null, personalNumberEncrypted: null, birthDate: null } as const;

function particulars(ctx: Context, { row, person, unitId }: MatchedLine): Omit<Row, 'importId' | 'state'> {
	const number = person?.personalNumber;
	return {
		...{ row, fullName: person?.fullName ?? '', position: person?.position, phone: person?.phone },
		birthDate: person?.birth?.birthDate,
		birthYear: person?.birth?.birthYear,
		personalNumberEncrypted: number ? openNumberVault(ctx.config).seal(number).encrypted : null,
		unitText: unitId ? null : person?.unit?.slice(0, 200),
		unitId
	};
}

function outcome(line: MatchedLine, put: Map<string, Put>, named: Set<string>): Pick<Row, 'state'> & Partial<Row> {
	const { match, problem } = line;
	if (problem === 'unit_unknown') return { state: 'unit_unknown' };
	if (problem) return { state: 'unreadable', problem };
	if (match.kind === 'uncertain') return { state: 'uncertain', candidateIds: [...match.personIds] };
	if (match.kind === 'unknown') return { state: 'candidate' };
	const { personId, by: matchedBy } = match;
	if (named.has(personId)) return { state: 'repeated', personId, matchedBy };
	named.add(personId);
	return { matchedBy, personId, ...columnsOf(put.get(personId)) };
}

/** Columns of a line whose person was put on the class. */
export function columnsOf(put: Put | undefined): Pick<Row, 'state' | 'participationId' | 'before'> {
	return { state: put?.state ?? 'already', participationId: put?.participationId, before: put?.before };
}

/** People newly summoned to a class learn of it; those on a unit's list are told by their unit. */
export async function tellThoseSummoned(
	ctx: Context,
	tx: Database,
	{ activity, site, stage }: ListTarget,
	put: ReadonlyMap<string, Put>
): Promise<void> {
	if (stage !== 'nominate' || site) return;
	const summoned = [...put].flatMap(([personId, { state, participationId, before }]) =>
		state === 'placed' && participationId && !before ? [{ id: participationId, personId }] : []
	);
	if (summoned.length === 0) return;
	await tellSummoned(ctx, tx, await getClass(tx, { kind: 'everything' }, activity.id), summoned);
}
