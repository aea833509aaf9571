import { eq, inArray } from 'drizzle-orm';
import type { MergedField } from '#lib/organisation/merging.ts';
import type { Database } from '../../platform/database.ts';
import { DomainError } from '../../platform/errors.ts';
import { people } from '../tables.ts';

type Person = typeof people.$inferSelect;

/** Columns behind each field of a person. */
const COLUMNS: Readonly<Record<MergedField, readonly (keyof Person)[]>> = {
	fullName: ['fullName', 'givenName', 'searchName'],
	birth: ['birthDate', 'birthYear'],
	gender: ['gender'],
	personalNumber: ['personalNumberEncrypted', 'personalNumberHmac'],
	phone: ['phone'],
	email: ['email'],
	qualification: ['qualification', 'qualificationNote'],
	experienceYears: ['experienceYears']
};

/** The row that stays and the row that points to it. */
export type Couple = Readonly<{ kept: Person; merged: Person }>;

/**
 * The two rows, held until the transaction ends.
 * @throws {DomainError} `conflict` when one was merged or struck off meanwhile, or their personal numbers differ
 */
export async function lockCouple(tx: Database, keptId: string, mergedId: string): Promise<Couple> {
	const couple = await readCouple(tx, keptId, mergedId);
	if (Object.values(couple).some(({ canonicalId, voidedAt }) => canonicalId || voidedAt)) {
		throw new DomainError('conflict', 'organisation.already_merged');
	}
	const { kept, merged } = couple;
	if (kept.personalNumberHmac && merged.personalNumberHmac && !isSame(kept, merged, 'personalNumberHmac')) {
		throw new DomainError('conflict', 'organisation.numbers_differ');
	}
	return couple;
}

/** The two rows whatever became of them since, held until the transaction ends. */
export async function readCouple(tx: Database, keptId: string, mergedId: string): Promise<Couple> {
	const rows = await tx
		.select()
		.from(people)
		.where(inArray(people.id, [keptId, mergedId]))
		.orderBy(people.id)
		.for('update');
	const kept = rows.find(({ id }) => id === keptId);
	const merged = rows.find(({ id }) => id === mergedId);
	if (!kept || !merged) throw new DomainError('not_found', 'organisation.person_not_found');
	return { kept, merged };
}

/**
 * Takes over the chosen fields of the merged row, and whatever the kept row does not tell at all.
 * @returns column → what the kept row had there before; a personal number is never replaced, so none is among them
 */
export async function takeFields(
	tx: Database,
	{ kept, merged }: Couple,
	takes: readonly MergedField[]
): Promise<Record<string, unknown>> {
	const before: Record<string, unknown> = {};
	const values: Record<string, unknown> = {};
	for (const [field, columns] of Object.entries(COLUMNS) as [MergedField, readonly (keyof Person)[]][]) {
		const isSilent = columns.every((column) => kept[column] === null);
		const tells = columns.some((column) => merged[column] !== null);
		if (!tells || !(isSilent || (takes.includes(field) && field !== 'personalNumber'))) continue;
		for (const column of columns.filter((one) => !isSame(kept, merged, one))) {
			before[column] = kept[column];
			values[column] = merged[column];
		}
	}
	await setColumns(tx, kept, values);
	return before;
}

/** Puts back what still reads as it was taken; what somebody edited since stays. */
export async function returnFields(
	tx: Database,
	{ kept, merged }: Couple,
	taken: Readonly<Record<string, unknown>>
): Promise<void> {
	const columns = Object.values(COLUMNS).flat();
	const returned = Object.entries(taken).filter(([name]) => {
		const column = columns.find((one) => one === name);
		return column !== undefined && isSame(kept, merged, column);
	});
	await setColumns(tx, kept, Object.fromEntries(returned));
}

async function setColumns(tx: Database, kept: Person, values: Record<string, unknown>): Promise<void> {
	if (Object.keys(values).length === 0) return;
	await tx
		.update(people)
		.set({ ...values, version: kept.version + 1 })
		.where(eq(people.id, kept.id));
}

function isSame(one: Person, other: Person, column: keyof Person): boolean {
	const [a, b] = [one[column], other[column]];
	return Buffer.isBuffer(a) && Buffer.isBuffer(b) ? a.equals(b) : a === b;
}
