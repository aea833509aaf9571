const MOBILE = /^0[35789]\d{8}$/;

/**
 * A Vietnamese mobile number as ten digits, read from what people type (`0912 345 678`, `+84 912.345.678`); undefined
 * when it is none.
 */
export function toMobileNumber(text: string): string | undefined {
	const digits = text.replace(/[\s.\-()]/g, '').replace(/^(\+84|0084|84(?=\d{9}$))/, '0');
	return MOBILE.test(digits) ? digits : undefined;
}

/** What a person typed to sign in, in the form account names are kept in: mobile numbers as digits, the rest in lower case. */
export function toLoginName(text: string): string {
	const plain = text.normalize('NFC').trim();
	return toMobileNumber(plain) ?? plain.toLowerCase();
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

function fold(text: string): string {
	return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
}
