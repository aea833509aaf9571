/** The five questions that every class asks, the same everywhere so that classes compare; texts in lib/i18n/surveys.ts. */
export const QUESTIONS = ['content', 'lecturer', 'material', 'organisation', 'overall'] as const;

/** How many chose each level, from 1, "rất không hài lòng", to 5, "rất hài lòng". */
export type LevelCounts = readonly [number, number, number, number, number];

/** Who rates from outside; never summed with trainees. */
export const AUDIENCES = ['citizen', 'business'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Below this many responses nothing of a class is shown: few answers point at people. */
export const SHOWN_FROM = 5;
/** A share stands for a class from this many responses on, given by at least this percentage of those who hold a form. */
export const SAMPLE_MIN = 10;
export const SAMPLE_PERCENT = 30;

/** Days after the end of a class in which its forms are taken. */
export const OPEN_DAYS = 60;

export const NO_ANSWERS: LevelCounts = [0, 0, 0, 0, 0];

/** "Hài lòng" and "rất hài lòng" of all answers. */
export function satisfied(counts: LevelCounts): { part: number; whole: number } {
	return { part: counts[3] + counts[4], whole: counts.reduce((sum, count) => sum + count, 0) };
}

/** True when enough holders of a form answered for the share to speak for the class. */
export function isSampleEnough(returned: number, issued: number): boolean {
	return returned >= SAMPLE_MIN && returned * 100 >= issued * SAMPLE_PERCENT;
}

/** The people named in the field "giảng viên, báo cáo viên" of a class. */
export function lecturerNames(field: string | null): string[] {
	return (field ?? '')
		.split(/[;,\n]/)
		.map((name) => name.trim())
		.filter((name) => name !== '');
}

/** The letters and digits of a form's code as it was typed: Crockford's base 32, where O is 0 and I, L are 1. */
export function plainToken(typed: string): string {
	return typed
		.toUpperCase()
		.replace(/[^0-9A-Z]/g, '')
		.replaceAll('O', '0')
		.replace(/[IL]/g, '1');
}

/** In groups of four, as a slip shows it. */
export function printedToken(token: string): string {
	return token.replace(/.{4}(?=.)/g, '$&-');
}
