/** What a person may ask for about their own data (Luật 91/2025/QH15): to know more, a correction, erasure, a limit. */
export const REQUEST_KINDS = ['access', 'correct', 'erase', 'restrict'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** Working days within which a request is answered (Nghị định 356/2025/NĐ-CP). */
const ANSWER_WITHIN = 2;

/**
 * Days off that fall on the same date each year (Bộ luật Lao động 45/2019/QH14, Điều 112). Tết and the Hùng Kings' day
 * follow the moon and are left out: a date then comes out too early, never too late.
 */
const FIXED_HOLIDAYS = ['01-01', '04-30', '05-01', '09-02'];

/** The day by which a request of this day (`yyyy-mm-dd`) is to be answered. */
export function answerDueOn(receivedOn: string): string {
	let day = receivedOn;
	for (let left = ANSWER_WITHIN; left > 0;) {
		day = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
		const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
		if (weekday !== 0 && weekday !== 6 && !FIXED_HOLIDAYS.includes(day.slice(5))) left--;
	}
	return day;
}
