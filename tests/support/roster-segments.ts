import { expect } from 'vitest';
import { rosterSegments } from '#lib/server/organisation/roster-tables.ts';
import { affiliations, categoryMemberships, people } from '#lib/server/organisation/tables.ts';
import type { Database } from '#lib/server/platform/database.ts';

type Dated = { validFrom: string; validTo: string | null };

const isOpen = (row: Dated, day: string) => row.validFrom <= day && (row.validTo === null || row.validTo > day);

/** The derived segments against the roster of every day on which anything changes, walked in the program. */
export async function expectSegmentsToHold(db: Database): Promise<void> {
	const [rows, places, memberships, segments] = await Promise.all([
		db.select().from(people),
		db.select().from(affiliations),
		db.select().from(categoryMemberships),
		db.select().from(rosterSegments)
	]);
	const days = new Set(
		[...places, ...memberships].flatMap(({ validFrom, validTo }) => [validFrom, validTo ?? validFrom])
	);
	for (const day of days) {
		const expected = rows.flatMap((person) => {
			if (person.canonicalId !== null || person.voidedAt !== null) return [];
			const merged = rows.filter((row) => row.canonicalId === person.id && row.voidedAt === null);
			const same = new Set([person, ...merged].map(({ id }) => id));
			const open = places.filter((row) => same.has(row.personId) && isOpen(row, day));
			const [place] = open.toSorted(
				(a, b) =>
					Number(b.personId === person.id) - Number(a.personId === person.id) ||
					b.validFrom.localeCompare(a.validFrom) ||
					a.id.localeCompare(b.id)
			);
			const held = memberships.filter((row) => same.has(row.personId) && isOpen(row, day));
			const categories = [...new Set(held.map(({ categoryCode }) => categoryCode))].toSorted();
			return place && categories.length > 0 ? [[person.id, place.unitId, ...categories].join(' ')] : [];
		});
		const derived = segments
			.filter((row) => isOpen(row, day))
			.map(({ personId, unitId, categories }) => [personId, unitId, ...categories.toSorted()].join(' '));
		expect([day, derived.toSorted()]).toEqual([day, expected.toSorted()]);
	}
}
