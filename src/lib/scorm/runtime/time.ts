import type { Standard } from '../manifest.ts';

/**
 * Seconds of a session time as content reports it: `HHHH:MM:SS.SS` (1.2) or an ISO 8601 duration (2004). Null for what is
 * neither. Values such as `99:99:99` are accepted as written; the caller bounds them by the clock.
 */
export function secondsOf(text: string): number | null {
	const clock = /^(\d{2,4}):(\d{2}):(\d{2}(?:\.\d{1,2})?)$/.exec(text);
	if (clock) return Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
	const iso = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text);
	if (!iso) return null;
	const [years, months, days, hours, minutes, seconds] = iso.slice(1).map((part) => Number(part ?? 0));
	return (((years! * 365 + months! * 30 + days!) * 24 + hours!) * 60 + minutes!) * 60 + seconds!;
}

/** A total time as content reads it. */
export function timeText(standard: Standard, totalS: number): string {
	const whole = Math.floor(totalS);
	const hundredths = Math.round((totalS - whole) * 100);
	const [hours, minutes, seconds] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
	const fraction = hundredths > 0 && hundredths < 100 ? `.${String(hundredths).padStart(2, '0')}` : '';
	if (standard === '2004') return `PT${hours}H${minutes}M${seconds}${fraction}S`;
	const two = (value: number) => String(value).padStart(2, '0');
	return `${String(Math.min(hours, 9999)).padStart(4, '0')}:${two(minutes)}:${two(seconds)}${fraction}`;
}
