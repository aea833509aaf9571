import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { matchPerson, type Match } from '#lib/training/matching.ts';
import { tidy } from '#lib/text/fold.ts';
import { authorise, type UnitScope } from '../identity/permissions.ts';
import { listUnits } from '../organisation/queries.ts';
import type { RosterRow } from '../organisation/roster-file/row.ts';
import { unitFinder } from '../organisation/roster-file/units.ts';
import { readSheet } from '../organisation/roster-file/workbook.ts';
import { today, type Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { readFormFile } from '../platform/files/read-form-file.ts';
import { accountOf } from './access.ts';
import type { StoredEvidence } from './evidence.ts';
import { readListLines } from './list-file/lines.ts';
import { findListedPeople, type ListedCandidate } from './listed-people.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** People on one list; a class is smaller, and the preview must fit on a page. */
const LONGEST_LIST = 1000;
/** One line of a list with whom it means. `row` is its number in Excel. */
export type ListedRow = Readonly<{
	row: number;
	person?: RosterRow;
	unitId: string;
	unitName: string;
	/** The unit the line names is none of the actor's, or several. */
	isUnitUnknown: boolean;
	match: Match;
	candidates: readonly ListedCandidate[];
}>;

/**
 * Keeps an uploaded list until its preview is confirmed.
 * @returns the name to ask for it by
 * @throws {DomainError} those of {@link readFormFile}
 */
export async function keepAttendanceList(ctx: Context, file: File): Promise<string> {
	authorise(ctx.actor, 'training:manage');
	if (file.size > 20 * 1024 ** 2) throw new DomainError('invalid', 'form.file_too_large', { limit: '20 MB' });
	const bytes = await readFormFile(ctx.config, file);
	const listId = randomUUID();
	await ctx.storage.put(keyOf(ctx, listId), bytes, { contentType: XLSX });
	return listId;
}

/**
 * Reads a kept list and finds out who each line means, among the people of the actor's units.
 * @throws {DomainError} `invalid` `organisation.*` for files that are no readable list; `not_found` for somebody else's file
 */
export async function readAttendanceList(
	ctx: Context,
	{ listId, organiserUnitId }: { listId: string; organiserUnitId: string }
): Promise<ListedRow[]> {
	const scope = authorise(ctx.actor, 'training:manage');
	const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'attendance-list-'));
	try {
		const file = path.join(folder, 'list.xlsx');
		await ctx.storage.getFile(keyOf(ctx, listId), file);
		const sheet = await readSheet(file);
		const rows = readListLines(sheet, today(ctx));
		if (rows.length === 0) throw new DomainError('invalid', 'training.list_empty');
		if (rows.length > LONGEST_LIST) throw new DomainError('invalid', 'training.list_too_long', { n: LONGEST_LIST });
		return await matchRows(ctx, scope, rows, organiserUnitId);
	} finally {
		await fs.rm(folder, { recursive: true, force: true });
	}
}

/** The kept list as a file that proves the class. */
export async function attendanceListAsEvidence(ctx: Context, listId: string): Promise<StoredEvidence> {
	const storageKey = keyOf(ctx, listId);
	const hash = createHash('sha256');
	let sizeBytes = 0;
	for await (const chunk of await ctx.storage.get(storageKey)) {
		hash.update(chunk as Buffer);
		sizeBytes += (chunk as Buffer).length;
	}
	return { name: 'danh-sach-tham-du.xlsx', contentType: XLSX, sizeBytes, sha256: hash.digest('hex'), storageKey };
}

/** The account is part of the key: nobody can name another's list. */
function keyOf(ctx: Context, listId: string): string {
	if (!/^[0-9a-f-]{36}$/.test(listId)) throw new DomainError('not_found', 'training.list_gone');
	return `attendance-lists/${accountOf(ctx.actor) ?? 'system'}/${listId}.xlsx`;
}

async function matchRows(
	ctx: Context,
	scope: UnitScope,
	rows: readonly { row: number; person?: RosterRow }[],
	organiserUnitId: string
): Promise<ListedRow[]> {
	const units = await listUnits(ctx.db, scope);
	const findUnit = unitFinder(units);
	const own = units.find(({ id }) => id === organiserUnitId);
	if (!own) throw new DomainError('not_found', 'organisation.unit_not_found');
	const people = rows.flatMap(({ person }) => (person ? [person] : []));
	const candidatesFor = await findListedPeople(ctx, scope, people);
	return rows.map(({ row, person }) => {
		const named = person?.unit ? findUnit(tidy(person.unit)) : own;
		const unit = named && named !== 'ambiguous' ? named : undefined;
		const { id: unitId, name: unitName } = unit ?? own;
		const place = { unitId, unitName, isUnitUnknown: !unit };
		if (!person) return { row, ...place, match: { kind: 'unknown' }, candidates: [] };
		const candidates = candidatesFor(person);
		const listed = {
			fullName: person.fullName,
			personalNumber: person.personalNumber,
			phone: person.phone,
			birthDate: person.birth?.birthDate,
			birthYear: person.birth?.birthYear,
			unitId: unit?.id
		};
		return { row, person, ...place, match: matchPerson(listed, candidates), candidates };
	});
}
