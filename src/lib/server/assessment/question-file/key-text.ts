/** Number of a question → letters of its right options. */
export type Keys = Map<number, readonly string[]>;

const PAIR = /(?<![\p{L}\p{N}])(?:câu\s*)?(\d{1,3})\s*[.):\-–=]?\s*([A-H])(?![\p{L}\p{N}])/giu;

/**
 * Keys in a line such as `1B 2C 3.A`, `Câu 1: B; Câu 2: D`.
 * @param least pairs the line must hold to be one
 * @returns undefined for a line that says more than keys
 */
export function keysIn(text: string, least: number): Keys | undefined {
	const keys: Keys = new Map();
	const rest = text.replace(PAIR, (_, number: string, letter: string) => {
		keys.set(Number(number), [letter.toUpperCase()]);
		return '';
	});
	const isOnlyKeys = !/[\p{L}\p{N}]{2,}/u.test(rest.replace(/đáp\s*án|câu|key/giu, ''));
	return keys.size >= least && isOnlyKeys ? keys : undefined;
}

/** Letters of an answer: `B`, `A, C`, `A và D`, `b)`, `B. Chủ tịch …`. Empty for words. */
export function answersOf(answer: string): string[] {
	const list = /^\(?\s*([A-H])(?:\s*(?:,|;|và|\+|&|\s)\s*([A-H]))*\s*[.)]?\s*(?=$|[.):]|\s\p{Lu})/iu.exec(
		answer.trim()
	);
	if (!list) return [];
	const letters = /^[A-H]\s*[.):]\s*\S/i.test(answer.trim()) ? answer.trim().slice(0, 1) : list[0];
	return [...new Set(letters.toUpperCase().match(/(?<!\p{L})[A-H](?!\p{L})/gu) ?? [])];
}
