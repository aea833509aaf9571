/** A personal identification number as read, with what was strange about it. */
export type PersonalNumber = Readonly<{ digits: string; wasPadded: boolean }>;

/**
 * Số định danh cá nhân: 12 digits, of which Excel drops up to two leading zeros (province codes run from 001 to 096), so
 * 10 and 11 digits are padded and told. Nothing is derived from it (NĐ 137/2015 gives digits for century, sex and year,
 * yet real numbers deviate).
 * @returns undefined when it cannot be such a number
 */
export function readPersonalNumber(text: string): PersonalNumber | undefined {
	const digits = text.replace(/[\s.\u00A0]/g, '');
	if (/^\d{12}$/.test(digits)) return { digits, wasPadded: false };
	if (/^[1-9]\d{9,10}$/.test(digits)) return { digits: digits.padStart(12, '0'), wasPadded: true };
	return undefined;
}

/** `024*****6789`: enough to recognise one's own number, too little to use it. */
export function maskPersonalNumber(digits: string): string {
	return `${digits.slice(0, 3)}*****${digits.slice(-4)}`;
}
