import { formatClock, formatWeekday } from '../i18n/format.ts';
import type { Locale } from '../i18n/index.ts';

/** `Thứ Năm, 05/03/2026, 08:00–11:30`; a sitting begins and ends on one day. */
export function sittingTime({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }, locale: Locale): string {
	return `${formatWeekday(startsAt, locale)}, ${formatClock(startsAt)}–${formatClock(endsAt)}`;
}
