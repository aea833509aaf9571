import { and, eq, sql } from 'drizzle-orm';
import { REPORTING_CATEGORIES, type SelfReportState } from '#lib/reporting/self-report.ts';
import { recordAudit } from '../../audit/record.ts';
import { authorise, can, type UnitScope } from '../../identity/permissions.ts';
import { notify } from '../../notifications/notify.ts';
import { inScope } from '../../organisation/scope.ts';
import { people, units } from '../../organisation/tables.ts';
import { today, type Context } from '../../platform/context.ts';
import { DomainError } from '../../platform/errors.ts';
import { selfReports } from '../self-report-tables.ts';
import { listSelfReportLines } from './own.ts';

/** People on one page. */
const PAGE_SIZE = 50;

/** Where somebody's report of a year stands. Counts are those of a report that was sent; nothing else is the unit's to read. */
type SelfReportRow = Readonly<{
	personId: string;
	fullName: string;
	unitName: string;
	isRapporteur: boolean;
	reportId: string | null;
	state: SelfReportState | 'missing';
	sentAt: Date | null;
	activities: number;
	online: number;
	people: number;
}>;

export type SelfReportFilter = Readonly<{ year: number; state?: SelfReportRow['state']; page?: number }>;

/** Years one may look at: this one and the four before. */
const listedYears = (ctx: Context) => [0, 1, 2, 3, 4].map((back) => Number(today(ctx).slice(0, 4)) - back);

/** The year asked for, or the present one. */
export function yearOf(ctx: Context, text: string | null): number {
	const years = listedYears(ctx);
	return years.find((year) => String(year) === text) ?? Number(today(ctx).slice(0, 4));
}

/**
 * Rapporteurs and propagandists of the actor's units in a year (those who were some on any of its days), each with where the
 * report stands: who has not sent first, then by name; and how many stand where.
 */
export async function listSelfReports(ctx: Context, filter: SelfReportFilter) {
	const scope = authorise(ctx.actor, 'roster:read');
	const page = Math.max(1, filter.page ?? 1);
	const [rows, counts] = await Promise.all([
		ctx.db.execute<SelfReportRow>(sql`${owed(scope, filter.year, today(ctx))}
			select * from owed where ${ofState(filter)} order by ${ORDER} limit ${PAGE_SIZE} offset ${(page - 1) * PAGE_SIZE}`),
		ctx.db.execute<{ state: SelfReportRow['state']; n: number; activities: number; people: number }>(
			sql`${owed(scope, filter.year, today(ctx))} select state, count(*)::int as n, sum(activities)::int as activities,
				sum(people)::float8 as people from owed group by state`
		)
	]);
	const countOf = (state: SelfReportRow['state']) => counts.find((one) => one.state === state)?.n ?? 0;
	const total = counts.reduce((sum, { n }) => sum + n, 0);
	const shown = filter.state ? countOf(filter.state) : total;
	return {
		...{ years: listedYears(ctx), rows: rows.map(toRow), total, page },
		pageCount: Math.max(1, Math.ceil(shown / PAGE_SIZE)),
		sent: countOf('sent') + countOf('accepted'),
		accepted: countOf('accepted'),
		activities: counts.reduce((sum, { activities }) => sum + activities, 0),
		people: counts.reduce((sum, one) => sum + one.people, 0),
		mayRemind: can(ctx.actor, 'roster:manage')
	};
}

/** All of them, for a file. */
export async function allSelfReports(ctx: Context, filter: SelfReportFilter): Promise<SelfReportRow[]> {
	const scope = authorise(ctx.actor, 'roster:read');
	const rows = await ctx.db.execute<SelfReportRow>(
		sql`${owed(scope, filter.year, today(ctx))} select * from owed where ${ofState(filter)} order by ${ORDER}`
	);
	return rows.map(toRow);
}

const ORDER = sql`state in ('sent', 'accepted'), state, "fullName" collate "vi-x-icu", "personId"`;
const ofState = ({ state }: SelfReportFilter) => (state ? sql`state = ${state}` : sql`true`);
const toRow = (row: SelfReportRow): SelfReportRow => ({ ...row, sentAt: row.sentAt && new Date(row.sentAt) });

/** A CTE `owed`: one row a person who owes a report of the year, with the report sent last where a merger left two. */
function owed(scope: UnitScope, year: number, today: string) {
	const last = `${year}-12-31`;
	const day = last < today ? last : today;
	return sql`with owing as (
			select coalesce(p.canonical_id, p.id) as person_id, bool_or(m.category_code = 'legal_rapporteur') as is_rapporteur
			from category_membership m join person p on p.id = m.person_id
			where m.category_code = any(${sql.param([...REPORTING_CATEGORIES])}::text[]) and p.voided_at is null
				and m.valid_from < ${`${year + 1}-01-01`}::date and (m.valid_to is null or m.valid_to > ${`${year}-01-01`}::date)
			group by 1
		), owed as (
			select p.id as "personId", p.full_name as "fullName", o.is_rapporteur as "isRapporteur",
				(select v.name from unit_version v where v.unit_id = f.unit_id order by v.valid_from desc limit 1) as "unitName",
				r.id as "reportId", coalesce(r.state, 'missing') as state, r.sent_at as "sentAt",
				coalesce(l.activities, 0)::int as activities, coalesce(l.online, 0)::int as online, coalesce(l.people, 0)::float8 as people
			from owing o join person p on p.id = o.person_id
				cross join lateral (select f.unit_id from affiliation f where f.person_id = p.id and f.valid_from <= ${day}::date
					order by (f.valid_to is null or f.valid_to > ${day}::date) desc, f.valid_from desc limit 1) f
				join unit u on u.id = f.unit_id
				left join lateral (select r.id, r.state, r.sent_at from self_report r join person w on w.id = r.person_id
					where (w.id = p.id or w.canonical_id = p.id) and r.year = ${year} order by r.sent_at desc nulls last, r.id limit 1) r on true
				left join lateral (select count(*) as activities, count(*) filter (where is_online) as online, sum(people) as people
					from self_report_line where report_id = r.id and r.state in ('sent', 'accepted')) l on true
			where ${inScope(sql`u.path`, scope)}
		)`;
}

/** A report that was sent, as the unit reads it. @throws {DomainError} `not_found` outside the actor's units, or not sent */
export async function getSelfReport(ctx: Context, reportId: string) {
	const found = await findSent(ctx, reportId, 'roster:read');
	const own = ctx.actor.kind === 'account' ? ctx.actor.personId : undefined;
	return {
		...found,
		mayDecide: can(ctx.actor, 'roster:manage') && found.report.state === 'sent' && found.personId !== own,
		isOwn: found.personId === own,
		lines: await listSelfReportLines(ctx.db, reportId)
	};
}

async function findSent({ db, actor }: Context, reportId: string, permission: 'roster:read' | 'roster:manage') {
	const [row] = await db
		.select({
			report: {
				...{ id: selfReports.id, year: selfReports.year, state: selfReports.state, sentAt: selfReports.sentAt },
				...{ difficulties: selfReports.difficulties, proposals: selfReports.proposals, unitId: selfReports.unitId },
				returnReason: selfReports.returnReason
			},
			personId: sql<string>`coalesce(${people.canonicalId}, ${people.id})`,
			fullName: people.fullName,
			unitName: sql<string>`(select v.name from unit_version v where v.unit_id = ${units.id} order by v.valid_from desc limit 1)`
		})
		.from(selfReports)
		.innerJoin(people, eq(people.id, selfReports.personId))
		.innerJoin(units, eq(units.id, selfReports.unitId))
		.where(and(eq(selfReports.id, reportId), inScope(units.path, authorise(actor, permission))));
	if (!row || row.report.state === 'draft') throw new DomainError('not_found', 'reporting.no_self_report');
	return row;
}

/**
 * The unit accepts a report, or sends it back with what is missing.
 * @throws {DomainError} `not_found`; `conflict` `reporting.self_report_decided`, `reporting.own_self_report`
 */
export async function decideSelfReport(
	ctx: Context,
	reportId: string,
	decision: { state: 'accepted' } | { state: 'returned'; reason: string }
): Promise<void> {
	const { report, personId } = await findSent(ctx, reportId, 'roster:manage');
	if (ctx.actor.kind === 'account' && ctx.actor.personId === personId) {
		throw new DomainError('conflict', 'reporting.own_self_report');
	}
	const reason = decision.state === 'returned' ? decision.reason : null;
	await ctx.db.transaction(async (tx) => {
		const decidedBy = ctx.actor.kind === 'account' ? ctx.actor.accountId : null;
		const changed = await tx
			.update(selfReports)
			.set({ state: decision.state, returnReason: reason, decidedBy, decidedAt: ctx.now })
			.where(and(eq(selfReports.id, reportId), eq(selfReports.state, 'sent')))
			.returning({ version: selfReports.version });
		if (!changed[0]) throw new DomainError('conflict', 'reporting.self_report_decided');
		await notify(ctx, tx, {
			template: decision.state === 'accepted' ? 'reporting.self_report_accepted' : 'reporting.self_report_returned',
			params: { year: String(report.year) },
			to: [{ personId }],
			path: `/my/activity-report?year=${report.year}`,
			key: `reporting.self_report ${reportId} ${changed[0].version}`
		});
		await recordAudit(ctx, tx, `self_report.${decision.state}`, {
			...{ objectId: reportId, unitId: report.unitId, personId, reason: reason ?? undefined }
		});
	});
}

/**
 * Reminds everybody of the actor's units who has not sent the year's report; nobody twice on one day.
 * @returns how many were told now
 */
export async function remindOfSelfReports(ctx: Context, year: number): Promise<{ told: number }> {
	authorise(ctx.actor, 'roster:manage');
	const rows = await allSelfReports(ctx, { year });
	const late = rows.filter(({ state }) => state !== 'sent' && state !== 'accepted');
	return ctx.db.transaction(async (tx) => {
		const told = await notify(ctx, tx, {
			template: 'reporting.self_report_due',
			params: { year: String(year) },
			to: late.map(({ personId }) => ({ personId })),
			path: `/my/activity-report?year=${year}`,
			key: `reporting.self_report_due ${year} ${today(ctx)}`
		});
		await recordAudit(ctx, tx, 'self_report.reminded', { year, told });
		return { told };
	});
}
