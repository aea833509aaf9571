import { fold } from '#lib/text/fold.ts';
import { normalisePhone } from '#lib/text/phone.ts';

/** What a person typed to sign in, in the form account names are kept in: mobile numbers as digits, the rest in lower case. */
export function toLoginName(text: string): string {
	const plain = text.normalize('NFC').trim();
	return normalisePhone(plain) ?? plain.toLowerCase();
}

/**
 * A user name made from a person's name the way offices do: given name, then the initials before it
 * (`Nguyễn Văn An` → `annv`). Letters and digits only; at least three of them.
 */
export function suggestUsername(fullName: string): string {
	const words = fold(fullName).split(/\s+/).filter(Boolean);
	const given = words.at(-1) ?? '';
	const initials = words.slice(0, -1).map((word) => word[0]);
	return (given + initials.join('')).replace(/[^a-z0-9]/g, '').padEnd(3, '0');
}
