/**
 * A picture of a document within its text: one letter of the private use area for each, so that lines and options can be
 * cut as texts and still hold their pictures. A document's own letters from there are dropped before.
 */
const FIRST = 0xe000;
/** How many pictures of a document can be told apart. */
export const MOST_SIGNS = 0x1000;

/** The letters, as the inside of a character class. */
export const SIGN = '\\uE000-\\uEFFF';
const SIGNS = /[\uE000-\uEFFF]/g;

export const signOf = (index: number): string => String.fromCharCode(FIRST + index);

export const withoutSigns = (text: string): string => text.replace(SIGNS, '');

/** The signs of a text and nothing else. */
export const signsOf = (text: string): string => (text.match(SIGNS) ?? []).join('');

/** True for a line that shows pictures and says nothing. */
export const isOnlySigns = (text: string): boolean => signsOf(text) !== '' && withoutSigns(text).trim() === '';

/** Which pictures a text shows, in reading order. */
export const picturesIn = (text: string): number[] =>
	(text.match(SIGNS) ?? []).map((sign) => sign.charCodeAt(0) - FIRST);

/** Puts something in the place of each sign. */
export const drawSigns = (text: string, draw: (index: number) => string): string =>
	text.replace(SIGNS, (sign) => draw(sign.charCodeAt(0) - FIRST));
