import { fold, matchKey, tidy } from '#lib/text/fold.ts';
import { dayOf } from '../../platform/context.ts';

/** Somebody in a meeting, with the whole minutes within the sitting; rejoining is counted once. */
export type Attendee = Readonly<{ name: string; email?: string; minutes: number }>;

type Sitting = Readonly<{ startsAt: Date; endsAt: Date }>;
type Column = 'name' | 'firstName' | 'lastName' | 'email' | 'join' | 'leave' | 'duration';

/** Headings of the reports, folded: Zoom (participants), Teams (attendance report), Google Meet (attendance). */
const HEADINGS: Readonly<Record<string, Column>> = {
	'name original name': 'name',
	name: 'name',
	'full name': 'name',
	participant: 'name',
	'ten ten goc': 'name',
	ten: 'name',
	'ho va ten': 'name',
	'first name': 'firstName',
	'last name': 'lastName',
	email: 'email',
	'user email': 'email',
	'email address': 'email',
	'join time': 'join',
	'first join': 'join',
	'time joined': 'join',
	'thoi gian tham gia': 'join',
	'leave time': 'leave',
	'last leave': 'leave',
	'time exited': 'leave',
	'thoi gian roi di': 'leave',
	duration: 'duration',
	'duration minutes': 'duration',
	'total duration minutes': 'duration',
	'in meeting duration': 'duration',
	'thoi luong phut': 'duration',
	'thoi luong': 'duration'
};

/**
 * Reads a participants' report of Zoom, Teams or Google Meet. Where a report has a table of joining and leaving beside a
 * summary (Teams), the former is read. Times are read as Việt Nam's, in whichever order of day and month falls on the
 * day of the sitting.
 * @returns everybody once, in the order of the report; empty where it is no such report
 */
export function readMeetingReport(table: readonly (readonly string[])[], sitting: Sitting): Attendee[] {
	const read = tablesIn(table).map((one) => attendeesOf(one, sitting));
	return read.findLast((attendees) => attendees.length > 0) ?? [];
}

type Found = Readonly<{ columns: ReadonlyMap<Column, number>; rows: readonly (readonly string[])[] }>;

/** Each row of headings begins a table, which ends with a row that has no name or the next one of headings. */
function tablesIn(table: readonly (readonly string[])[]): Found[] {
	const found: { columns: Map<Column, number>; rows: (readonly string[])[] }[] = [];
	let isOpen = false;
	for (const row of table) {
		const columns = new Map<Column, number>();
		row.forEach((cell, i) => {
			const column = HEADINGS[matchKey(cell)];
			if (column && !columns.has(column)) columns.set(column, i);
		});
		const hasName = columns.has('name') || columns.has('firstName');
		if (hasName && (columns.has('join') || columns.has('duration'))) {
			found.push({ columns, rows: [] });
			isOpen = true;
		} else if (row.every((cell) => tidy(cell) === '')) isOpen = false;
		else if (isOpen) found.at(-1)?.rows.push(row);
	}
	return found;
}

function attendeesOf({ columns, rows }: Found, sitting: Sitting): Attendee[] {
	const people = new Map<string, { name: string; email?: string; spans: [number, number][]; spoken: number }>();
	for (const row of rows) {
		const cell = (column: Column) => tidy(row[columns.get(column) ?? -1] ?? '');
		const name = cell('name') || tidy(`${cell('lastName')} ${cell('firstName')}`);
		if (!name) continue;
		const email = cell('email').toLowerCase() || undefined;
		const key = email ?? fold(name);
		const person = people.get(key) ?? { name, email, spans: [], spoken: 0 };
		people.set(key, person);
		const [from, to] = [readInstant(cell('join'), sitting), readInstant(cell('leave'), sitting)];
		if (from !== undefined && to !== undefined && to >= from) person.spans.push([from, to]);
		else person.spoken += readMinutes(cell('duration'));
	}
	const whole = (sitting.endsAt.getTime() - sitting.startsAt.getTime()) / 60_000;
	return [...people.values()].map(({ name, email, spans, spoken }) => ({
		...{ name, email },
		minutes: Math.min(whole, Math.floor(union(spans, sitting) / 60_000 + spoken))
	}));
}

/** Milliseconds within the sitting that at least one of the spans covers. */
function union(spans: readonly [number, number][], { startsAt, endsAt }: Sitting): number {
	let total = 0;
	let until = startsAt.getTime();
	for (const [from, to] of spans.toSorted((a, b) => a[0] - b[0])) {
		const begin = Math.max(from, until);
		const end = Math.min(to, endsAt.getTime());
		if (end > begin) total += end - begin;
		until = Math.max(until, to);
	}
	return total;
}

/** `11/20/2026 08:01:35 AM`, `20/11/26, 8:01:35`, `2026-11-20 08:01`, `8:01 SA`: an instant of the day of the sitting. */
function readInstant(text: string, { startsAt }: Sitting): number | undefined {
	const clock = /(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(am|pm|sa|ch)?\s*$/i.exec(text);
	if (!clock) return undefined;
	const [, hour, minute, second = '0', half = ''] = clock;
	const isAfternoon = /^(pm|ch)$/i.test(half);
	const hours = half ? (Number(hour) % 12) + (isAfternoon ? 12 : 0) : Number(hour);
	const day = dayOf(startsAt);
	const date = /(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})/.exec(text);
	if (date && !isDay(date.slice(1).map(Number), day)) return undefined;
	const two = (value: number | string) => String(value).padStart(2, '0');
	const instant = Date.parse(`${day}T${two(hours)}:${two(minute ?? 0)}:${two(second)}+07:00`);
	return Number.isNaN(instant) ? undefined : instant;
}

function isDay([a = 0, b = 0, c = 0]: number[], day: string): boolean {
	const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
	const isYear = (value: number) => value === year || value === year % 100;
	if (isYear(a) && a > 31) return b === month && c === date;
	return isYear(c) && ((a === date && b === month) || (a === month && b === date));
}

/** `95`, `95 min`, `1h 20m 3s`, `1 hr 20 min`, `1 giờ 20 phút`, `01:20:03` as minutes. */
function readMinutes(text: string): number {
	const plain = fold(text);
	const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(plain);
	if (clock) return Number(clock[1]) * 60 + Number(clock[2]) + Number(clock[3] ?? 0) / 60;
	if (/^\d+([.,]\d+)?$/.test(plain)) return Number(plain.replace(',', '.'));
	const of = (unit: RegExp) => Number(unit.exec(plain)?.[1] ?? 0);
	return (
		of(/(\d+)\s*(?:h|hr|hrs|hours?|gio)\b/) * 60 +
		of(/(\d+)\s*(?:m|min|mins|minutes?|phut)\b/) +
		of(/(\d+)\s*(?:s|sec|giay)\b/) / 60
	);
}
