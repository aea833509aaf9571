import { sql } from 'drizzle-orm';
import { evidencePackMessages } from '#lib/i18n/evidence-pack.ts';
import { formatClock, formatDay } from '#lib/i18n/format.ts';
import { trainingMessages } from '#lib/i18n/training.ts';
import type { Outcome } from '#lib/training/activity.ts';
import { today, type Context } from '../../platform/context.ts';
import type { Sheet } from '../../platform/office/sheet-files.ts';
import type { ListedClass } from '../../training/class-list.ts';
import { listParticipants } from '../../training/class-page.ts';
import { listSessions } from '../../training/sessions.ts';

const w = evidencePackMessages.vi.sheets;
const t = trainingMessages.vi;
const day = (value: string | null) => (value ? formatDay(value) : '');

/** The units of a pack and its calendar year. */
type PackScope = Readonly<{ unitPath: string; year: number }>;

/** Who belonged to the units on the last day of the year (today, while it lasts), with the decisions that recognised them. */
export async function rosterSheet(ctx: Context, { unitPath, year }: PackScope): Promise<Sheet> {
	const last = `${year}-12-31`;
	const on = last < today(ctx) ? last : today(ctx);
	const rows = await ctx.db.execute<{
		full_name: string;
		birth_year: number | null;
		position: string | null;
		unit_name: string;
		category: string | null;
		decision_no: string | null;
		decision_date: string | null;
		valid_from: string | null;
	}>(sql`
		select p.full_name, p.birth_year, a.position, v.name as unit_name, c.name_vi as category, m.decision_no,
			m.decision_date::text, m.valid_from::text
		from person p
			join affiliation a on a.person_id = p.id and a.valid_from <= ${on}::date and (a.valid_to is null or a.valid_to > ${on}::date)
			join unit u on u.id = a.unit_id and u.path <@ ${unitPath}::ltree
			join lateral (select name from unit_version where unit_id = u.id order by valid_from desc limit 1) v on true
			left join category_membership m on m.person_id = p.id and m.valid_from <= ${on}::date
				and (m.valid_to is null or m.valid_to > ${on}::date)
			left join category c on c.code = m.category_code
		where p.canonical_id is null and p.voided_at is null
		order by v.name collate "vi-x-icu", p.given_name collate "vi-x-icu", p.full_name collate "vi-x-icu", c.position`);
	return {
		title: w.roster.title,
		headings: w.roster.headings,
		rows: rows.map((row, i) => [
			...[i + 1, row.full_name, row.birth_year ?? '', row.position ?? '', row.unit_name, row.category ?? ''],
			...[row.decision_no ?? '', day(row.decision_date), day(row.valid_from)]
		]),
		notes: [w.roster.note(formatDay(on))]
	};
}

/** Every completion in the year of people who counted in the units then, whoever held the class. */
export async function resultsSheet(ctx: Context, { unitPath, year }: PackScope): Promise<Sheet> {
	const rows = await ctx.db.execute<{
		full_name: string;
		unit_name: string;
		title: string;
		organiser: string;
		mode: keyof typeof t.modes;
		completed_on: string;
		teaching_periods: string;
		certificate: string | null;
	}>(sql`
		select p.full_name, v.name as unit_name, a.title, coalesce(a.external_host, o.name) as organiser, a.mode,
			pt.completed_on::text, a.teaching_periods,
			(select lpad(cf.number::text, 2, '0') || '/' || coalesce(cf.content->'design'->>'numberSuffix', '')
				from certificate cf where cf.participation_id = pt.id and cf.state = 'issued' limit 1) as certificate
		from participation pt
			join person p on p.id = pt.person_id
			join training_activity a on a.id = pt.activity_id
			join unit u on u.id = pt.unit_id_then and u.path <@ ${unitPath}::ltree
			join lateral (select name from unit_version where unit_id = u.id order by valid_from desc limit 1) v on true
			join lateral (select name from unit_version where unit_id = a.organiser_unit_id order by valid_from desc limit 1) o on true
		where pt.voided_at is null and a.status <> 'cancelled'
			and pt.completed_on between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date
		order by pt.completed_on, a.title collate "vi-x-icu", p.given_name collate "vi-x-icu", p.full_name collate "vi-x-icu"`);
	return {
		title: w.results.title,
		headings: w.results.headings,
		rows: rows.map((row, i) => [
			...[i + 1, row.full_name, row.unit_name, row.title, row.organiser, t.modes[row.mode]],
			...[day(row.completed_on), Number(row.teaching_periods), row.certificate ?? '']
		]),
		notes: [w.results.note(String(year))]
	};
}

/** The people of one activity with what came of each. */
export async function listSheet(ctx: Context, { activityId, title }: ListedClass): Promise<Sheet> {
	const rows = await listParticipants(ctx.db, activityId);
	return {
		title: w.list.title,
		headings: w.list.headings,
		rows: rows.map((row, i) => [
			...[i + 1, row.fullName, row.position ?? '', row.unitName, row.categories.join('; ')],
			...[day(row.summonedOn), day(row.attendedOn), day(row.completedOn), outcomeOf(row.outcome)]
		]),
		notes: [title, w.asOf(formatDay(today(ctx)))]
	};
}

/** Minutes of each person at each sitting; undefined where none were noted. */
export async function attendanceSheet(ctx: Context, { activityId, title }: ListedClass): Promise<Sheet | undefined> {
	const [sessions, marks, people] = await Promise.all([
		listSessions(ctx.db, activityId),
		ctx.db.execute<{ participation_id: string; session_id: string; minutes: number }>(sql`
			select a.participation_id, a.session_id, a.minutes from session_attendance a
				join activity_session s on s.id = a.session_id
			where s.activity_id = ${activityId} and s.voided_at is null`),
		listParticipants(ctx.db, activityId)
	]);
	if (marks.length === 0) return undefined;
	const minutes = new Map(marks.map((row) => [`${row.participation_id} ${row.session_id}`, row.minutes]));
	const heading = ({ startsAt, endsAt }: (typeof sessions)[number]) =>
		`${formatDay(startsAt)} ${formatClock(startsAt)}–${formatClock(endsAt)}`;
	return {
		title: w.attendance.title,
		headings: [...w.attendance.headings, ...sessions.map(heading), w.attendance.total],
		rows: people.map(({ participationId, fullName, unitName }, i) => {
			const each = sessions.map(({ id }) => minutes.get(`${participationId} ${id}`) ?? '');
			return [i + 1, fullName, unitName, ...each, each.reduce<number>((sum, value) => sum + Number(value), 0)];
		}),
		notes: [title, w.attendance.note]
	};
}

const outcomeOf = (outcome: Outcome | null) => (outcome ? t.outcomes[outcome] : '');
