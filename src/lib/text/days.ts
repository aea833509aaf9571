import { parseDay } from '../i18n/format.ts';

/** When someone was born: the day where it is known, else only the year. `birthDate` is `yyyy-mm-dd`. */
export type Birth = Readonly<{ birthDate?: string; birthYear: number }>;

const DAY_MS = 86_400_000;
/** Day 0 of Excel's 1900 system, moved back one day because it holds a 29 February 1900 that never was. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
/** Day 0 of the 1904 system, the default of old Excel for Mac. */
const EPOCH_1904 = Date.UTC(1904, 0, 1);

/**
 * The day of an Excel serial number (whole part; the fraction is a time of day).
 * @returns `yyyy-mm-dd`, or undefined for numbers that are no plausible day (before 1901, after 2199)
 */
export function dayOfSerial(serial: number, { is1904 }: { is1904: boolean }): string | undefined {
	if (!Number.isFinite(serial)) return undefined;
	const day = new Date((is1904 ? EPOCH_1904 : EPOCH_1900) + Math.floor(serial) * DAY_MS).toISOString().slice(0, 10);
	return /^\d{4}-/.test(day) && day >= '1901-01-01' && day < '2200-01-01' ? day : undefined;
}

/** A day as typed in lists (`05/03/2026`, `5/3/2026`, `5-3-26` is refused). @returns `yyyy-mm-dd` or undefined */
export function readDay(text: string): string | undefined {
	// Cells copied from other systems carry a time of day, or stand as "ngày 05 tháng 3 năm 2026".
	const plain = text
		.normalize('NFC')
		.trim()
		.replace(/^ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})$/iu, '$1/$2/$3')
		.replace(/^(\d{4}-\d{2}-\d{2})[T ].*$/, '$1')
		.replace(/\s+\d{1,2}:\d{2}(:\d{2})?$/, '');
	const day = parseDay(plain);
	return day && day >= '1901-01-01' && day < '2200-01-01' ? day : undefined;
}

/** A date of birth, or a year alone as many lists have it (`1975`, `…/…/1975`). */
export function readBirth(text: string): Birth | undefined {
	const day = readDay(text);
	if (day) return { birthDate: day, birthYear: Number(day.slice(0, 4)) };
	const year = Number(/^(?:[./\s\-_…0x]*[/-])?((?:19|20)\d{2})$/iu.exec(text.trim())?.[1]);
	return year ? { birthYear: year } : undefined;
}
