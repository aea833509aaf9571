/** A time of day as officials write it (`8h`, `8h30`, `08:30`, `8 giờ 30`). @returns `hh:mm` or undefined */
export function readClock(text: string): string | undefined {
	const found = /^(\d{1,2})\s*(?:h|g|giờ|:|\.)\s*(\d{1,2})?(?:\s*(?:phút|p|:\d{2}))?$/iu.exec(
		text.normalize('NFC').trim()
	);
	if (!found) return undefined;
	const [hours, minutes] = [Number(found[1]), Number(found[2] ?? 0)];
	if (hours > 23 || minutes > 59) return undefined;
	return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

/** The instant of a day and a time of day in Việt Nam, which has kept UTC+7 all year since 1975. */
export function instantOf(day: string, clock: string): Date {
	return new Date(`${day}T${clock}:00+07:00`);
}
