import type { Locale } from './index.ts';

const ZONE = 'Asia/Ho_Chi_Minh';
// en-CA and en-GB have fixed, known patterns; vi-VN's short date drops the zeros, so its own pattern is not used.
const ISO_DAY = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' });
const CLOCK = new Intl.DateTimeFormat('en-GB', {
	timeZone: ZONE,
	hour: '2-digit',
	minute: '2-digit',
	hourCycle: 'h23'
});
const PRECISE_CLOCK = new Intl.DateTimeFormat('en-GB', {
	timeZone: ZONE,
	hour: '2-digit',
	minute: '2-digit',
	second: '2-digit',
	hourCycle: 'h23'
});
const LONG_ENGLISH = new Intl.DateTimeFormat('en-GB', {
	timeZone: 'UTC',
	day: 'numeric',
	month: 'long',
	year: 'numeric'
});
const WEEKDAY = {
	vi: new Intl.DateTimeFormat('vi-VN', { timeZone: 'UTC', weekday: 'long' }),
	en: new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', weekday: 'long' })
};
const NUMBER = { vi: numberFormats('vi-VN'), en: numberFormats('en-GB') };

/** A day as `yyyy-mm-dd`, or an instant that is shown as its day in Việt Nam. */
export type Day = string | Date;

/** `05/03/2026`, in both languages. */
export function formatDay(day: Day): string {
	const [year, month, date] = isoDay(day).split('-');
	return `${date}/${month}/${year}`;
}

/** `05/03/2026 – 07/03/2026`, or `05/03/2026` where both are one day. */
export function formatDays(from: Day, to: Day): string {
	return isoDay(from) === isoDay(to) ? formatDay(from) : `${formatDay(from)} – ${formatDay(to)}`;
}

/**
 * `ngày 05 tháng 3 năm 2026`: a zero stands before days 1–9 and months 1–2 only.
 * Source: Nghị định 30/2020/NĐ-CP, phụ lục I, phần II, mục 4 (địa danh và thời gian ban hành văn bản).
 */
export function formatDayLong(day: Day, locale: Locale = 'vi'): string {
	const [year, month, date] = isoDay(day).split('-');
	if (locale === 'en') return LONG_ENGLISH.format(new Date(`${year}-${month}-${date}`));
	const shownMonth = Number(month) <= 2 ? month : String(Number(month));
	return `ngày ${date} tháng ${shownMonth} năm ${year}`;
}

/** `Thứ Năm, 05/03/2026`: the date line of the portal's head. */
export function formatWeekday(day: Day, locale: Locale = 'vi'): string {
	const weekday = WEEKDAY[locale].format(new Date(isoDay(day)));
	return `${weekday}, ${formatDay(day)}`;
}

/** `14:05`, in Việt Nam's time. */
export function formatClock(instant: Date): string {
	return CLOCK.format(instant);
}

/** `14:05:09`, where minutes are too coarse. */
export function formatPreciseClock(instant: Date): string {
	return PRECISE_CLOCK.format(instant);
}

/** `14:05 05/03/2026`, in Việt Nam's time. */
export function formatDateTime(instant: Date): string {
	return `${formatClock(instant)} ${formatDay(instant)}`;
}

/**
 * Reads a day as officials type it: `05/03/2026`, `5-3-2026`, `5.3.2026`, `05032026`, or `2026-03-05`.
 * @returns `yyyy-mm-dd`, or undefined when there is no such day
 */
export function parseDay(text: string): string | undefined {
	const found =
		/^(?<date>\d{1,2})[/.\-\s](?<month>\d{1,2})[/.\-\s](?<year>\d{4})$/.exec(text.trim()) ??
		/^(?<date>\d{2})(?<month>\d{2})(?<year>\d{4})$/.exec(text.trim()) ??
		/^(?<year>\d{4})-(?<month>\d{2})-(?<date>\d{2})$/.exec(text.trim());
	if (!found?.groups) return undefined;
	const { year = '', month = '', date = '' } = found.groups;
	const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
	const instant = new Date(`${day}T00:00:00Z`);
	return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(day) ? day : undefined;
}

/** `1.234,5`; at most two decimals. */
export function formatNumber(value: number, locale: Locale = 'vi'): string {
	return NUMBER[locale].plain.format(value);
}

/** `09`, `161`: counts in official sentences have at least two digits. */
export function formatCount(count: number, locale: Locale = 'vi'): string {
	return count < 10 && Number.isInteger(count) && count >= 0 ? `0${count}` : formatNumber(count, locale);
}

/**
 * `80,10%`: the share of two whole numbers, always two decimals, rounded down, so that 75,00% never hides 74,999%.
 * A share of nothing is a dash; the page beside it says "Không phát sinh".
 */
export function formatPercent(part: number, whole: number, locale: Locale = 'vi'): string {
	if (whole === 0) return '–';
	const scaled = part * 10_000;
	const hundredths = (scaled - (scaled % whole)) / whole; // whole numbers throughout: no binary fraction may round up
	return `${NUMBER[locale].twoDecimals.format(hundredths / 100)}%`;
}

/** `75%`, `82,5%`: a percentage as a plan or a course sets it. */
export function formatThreshold(percent: number, locale: Locale = 'vi'): string {
	return `${formatNumber(percent, locale)}%`;
}

/** `45 MB`, `1,2 GB`, `310 KB`; steps of 1024. */
export function formatBytes(sizeBytes: number, locale: Locale = 'vi'): string {
	const units = ['B', 'KB', 'MB', 'GB', 'TB'];
	const step = sizeBytes < 1 ? 0 : Math.min(Math.floor(Math.log2(sizeBytes) / 10), units.length - 1);
	const size = sizeBytes / 1024 ** step;
	const shown = size < 10 && step > 2 ? Math.round(size * 10) / 10 : Math.round(size);
	return `${formatNumber(shown, locale)} ${units[step]}`;
}

/** `12 phút`: whole minutes, rounded up, so that a short lesson is never "0 phút". */
export function formatMinutes(durationS: number, locale: Locale = 'vi'): string {
	const minutes = Math.ceil(durationS / 60);
	if (locale === 'vi') return `${formatNumber(minutes)} phút`;
	return minutes === 1 ? '1 minute' : `${formatNumber(minutes, 'en')} minutes`;
}

/** `12:40`, `1:02:03`. */
export function formatDuration(durationS: number): string {
	const total = Math.max(0, Math.floor(durationS));
	const two = (value: number) => String(value).padStart(2, '0');
	const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
	return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

function isoDay(day: Day): string {
	return typeof day === 'string' ? day.slice(0, 10) : ISO_DAY.format(day);
}

function numberFormats(tag: string) {
	return {
		plain: new Intl.NumberFormat(tag, { maximumFractionDigits: 2, useGrouping: true }),
		twoDecimals: new Intl.NumberFormat(tag, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
	};
}
