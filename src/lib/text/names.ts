import { fold, tidy } from './fold.ts';

/** The name a person is sorted and addressed by: the last word of họ – đệm – tên. Editable where that is not so. */
export function givenNameOf(fullName: string): string {
	return tidy(fullName).split(' ').at(-1) ?? '';
}

/** True for names typed in capitals only, as many lists in Excel are; the change is offered, never made unasked. */
export function isAllCaps(fullName: string): boolean {
	return /\p{Lu}{2}/u.test(fullName) && fullName === fullName.toLocaleUpperCase('vi');
}

/** `NGUYỄN THỊ LAN` → `Nguyễn Thị Lan`; also after hyphens, as in names of ethnic minorities (`Y-Blim`). */
export function toNameCase(fullName: string): string {
	return tidy(fullName)
		.toLocaleLowerCase('vi')
		.replace(/(^|[\s\-'’])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toLocaleUpperCase('vi'));
}

/** Key that two spellings of one name share; written to `person.search_name`. */
export function nameKey(fullName: string): string {
	return fold(tidy(fullName));
}

/** A name as lists sort it. */
export type SortableName = Readonly<{ fullName: string; givenName?: string }>;

const collator = new Intl.Collator('vi', { sensitivity: 'variant' });

/** Orders by tên, then đệm, then họ, in the order of the Vietnamese alphabet; as the roster's SQL does. */
export function compareNames(a: SortableName, b: SortableName): number {
	return (
		collator.compare(a.givenName ?? givenNameOf(a.fullName), b.givenName ?? givenNameOf(b.fullName)) ||
		collator.compare(withoutFamilyName(a.fullName), withoutFamilyName(b.fullName)) ||
		collator.compare(a.fullName, b.fullName)
	);
}

function withoutFamilyName(fullName: string): string {
	return fullName.slice(fullName.indexOf(' ') + 1);
}
