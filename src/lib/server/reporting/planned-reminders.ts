import { sql } from 'drizzle-orm';
import { addDays, dueDaysOf, type ReminderKind, type ReminderRule } from '#lib/reporting/reminder-rules.ts';
import type { Database } from '../platform/database.ts';
import { getPeriod } from './access.ts';
import { listUnfinished } from './class-reminders.ts';
import { submissionMarks } from './rounds.ts';

/** One thing whose day it is: a class, an activity with sites, or a period; `waiting` are those to be reminded, as of now. */
export type PlannedReminder = Readonly<{
	day: string;
	kind: ReminderKind;
	objectId: string;
	title: string;
	dueOn: string;
	waiting: number;
}>;

/** What the rules send from a day on, as things stand now: whoever does their part until then is not reminded. */
export async function listPlanned(
	db: Database,
	rules: readonly ReminderRule[],
	from: string,
	days: number
): Promise<PlannedReminder[]> {
	const planned: PlannedReminder[] = [];
	for (let i = 0; i < days; i++) planned.push(...(await listDue(db, rules, addDays(from, i))));
	return planned;
}

/** What the rules are about on one day. */
export async function listDue(db: Database, rules: readonly ReminderRule[], day: string): Promise<PlannedReminder[]> {
	const found: PlannedReminder[] = [];
	for (const rule of rules) {
		const dueDays = dueDaysOf(rule, day);
		if (dueDays.length === 0) continue;
		const rows = await FINDERS[rule.kind](db, dueDays);
		found.push(...rows.filter(({ waiting }) => waiting > 0).map((row) => ({ ...row, day, kind: rule.kind })));
	}
	return found;
}

type Found = Omit<PlannedReminder, 'day' | 'kind'>;

const FINDERS: Readonly<Record<ReminderKind, (db: Database, dueDays: readonly string[]) => Promise<Found[]>>> = {
	class_due: listUnfinished,
	site_list: listAwaitedLists,
	report_due: listMissingReports,
	report_overdue: listMissingReports
};

/** Activities whose sites owe the list of those who attended. */
async function listAwaitedLists(db: Database, dueDays: readonly string[]): Promise<Found[]> {
	const rows = await db.execute<Found>(sql`
		select a.id as "objectId", a.title, coalesce(a.ended_on, a.due_on)::text as "dueOn", count(s.id)::int as waiting
		from training_activity a join bridge_site s on s.activity_id = a.id and s.voided_at is null and s.sent_at is null
		where a.status in ('planned', 'ongoing', 'ended') and a.mode <> 'online_self_paced'
			and coalesce(a.ended_on, a.due_on) = any(${sql.param(`{${dueDays.join(',')}}`)}::date[])
		group by a.id order by a.title, a.id`);
	return [...rows];
}

/** Periods with units that have not sent their reports. */
async function listMissingReports(db: Database, dueDays: readonly string[]): Promise<Found[]> {
	const rows = await db.execute<{ id: string }>(sql`
		select id from reporting_period where voided_at is null and locked_at is null
			and due_on = any(${sql.param(`{${dueDays.join(',')}}`)}::date[]) order by due_on, id`);
	const found: Found[] = [];
	for (const { id } of rows) {
		const period = await getPeriod(db, id);
		const marks = [...(await submissionMarks(db, period)).values()];
		const waiting = marks.filter((mark) => mark === 'not_sent' || mark === 'returned').length;
		found.push({ objectId: id, title: period.name, dueOn: period.dueOn, waiting });
	}
	return found;
}
