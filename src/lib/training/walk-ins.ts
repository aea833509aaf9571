import * as v from 'valibot';

/** Somebody who came without being on the list: a name, and what tells namesakes apart. */
export type WalkIn = Readonly<{ fullName: string; birthYear: number | null; unitId: string }>;

/** The lines of a form for people without a record. */
export const walkInFields = {
	walkInNames: v.optional(v.array(v.string()), []),
	walkInBirthYears: v.optional(v.array(v.pipe(v.string(), v.regex(/^(|(19|20)\d\d)$/, 'form.birth_year'))), []),
	walkInUnitIds: v.optional(v.array(v.string()), [])
};

type Typed = Readonly<{ walkInNames: string[]; walkInBirthYears: string[]; walkInUnitIds: string[] }>;

/** The lines that hold a name; people of no unit named are of `ownUnitId`. */
export function walkInsOf({ walkInNames, walkInBirthYears, walkInUnitIds }: Typed, ownUnitId: string): WalkIn[] {
	return walkInNames
		.map((fullName, i) => ({
			fullName,
			birthYear: Number(walkInBirthYears[i]) || null,
			unitId: walkInUnitIds[i] || ownUnitId
		}))
		.filter(({ fullName }) => fullName !== '');
}
