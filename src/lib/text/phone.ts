/** Vietnamese mobile numbers, written without spaces. */
const MOBILE = /^0[35789]\d{8}$/;

/**
 * A mobile number in its one stored form, `0912345678`. Accepts spaces, dots, hyphens, `+84`/`84`, and the leading zero
 * that Excel drops from numbers.
 * @returns undefined when it is no Vietnamese mobile number
 */
export function normalisePhone(text: string): string | undefined {
	const digits = text.replace(/[\s.\-()\u00A0]/g, '');
	const national = digits.replace(/^(?:\+|00)?84(?=\d{9}$)/, '0');
	const padded = /^[35789]\d{8}$/.test(national) ? `0${national}` : national;
	return MOBILE.test(padded) ? padded : undefined;
}
