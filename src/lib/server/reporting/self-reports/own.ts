import { and, asc, eq, or, sql } from 'drizzle-orm';
import {
	isOpen,
	REPORTING_CATEGORIES,
	type SelfReportLineInput,
	type SelfReportWordsInput
} from '#lib/reporting/self-report.ts';
import { recordAudit } from '../../audit/record.ts';
import { notify } from '../../notifications/notify.ts';
import { unitOf } from '../../organisation/queries.ts';
import { people } from '../../organisation/tables.ts';
import { listUnitAdmins } from '../../organisation/unit-admins.ts';
import { today, type Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database.ts';
import { DomainError } from '../../platform/errors.ts';
import { ownPerson } from '../../training/elsewhere/claim.ts';
import { selfReportLines, selfReports } from '../self-report-tables.ts';

type SelfReport = typeof selfReports.$inferSelect;

/** Years that may be reported on: this one and the one before. */
const reportableYears = (ctx: Context): [number, number] => {
	const year = Number(today(ctx).slice(0, 4));
	return [year, year - 1];
};

/**
 * The own report on a year, empty where none was begun.
 * @param year one of {@link reportableYears}; anything else is this year
 */
export async function getOwnSelfReport(ctx: Context, year: number) {
	const personId = ownPerson(ctx);
	const years = reportableYears(ctx);
	const asked = years.includes(year) ? year : years[0];
	const report = await findOwn(ctx.db, personId, asked);
	return {
		...{ years, year: asked, isOwed: await owesReport(ctx.db, personId, asked) },
		report: report && {
			...{ state: report.state, difficulties: report.difficulties, proposals: report.proposals },
			...{ returnReason: report.returnReason, sentAt: report.sentAt, version: report.version }
		},
		isOpen: !report || isOpen(report.state),
		lines: report ? await listSelfReportLines(ctx.db, report.id) : []
	};
}

/** Whether a report on this year is asked of the person behind the account; false for accounts without a person. */
export async function owesOwnReport(ctx: Context): Promise<boolean> {
	const personId = ctx.actor.kind === 'account' ? ctx.actor.personId : undefined;
	return personId ? owesReport(ctx.db, personId, reportableYears(ctx)[0]) : false;
}

/** Whether the person was a rapporteur or propagandist on some day of the year. */
async function owesReport(db: Database, personId: string, year: number): Promise<boolean> {
	const rows = await db.execute(sql`select 1 from category_membership m join person p on p.id = m.person_id
		where ${personId} in (p.id, p.canonical_id) and m.category_code = any(${sql.param([...REPORTING_CATEGORIES])}::text[])
			and m.valid_from < ${`${year + 1}-01-01`}::date and (m.valid_to is null or m.valid_to > ${`${year}-01-01`}::date) limit 1`);
	return rows.length > 0;
}

/** Activities of a report by day. */
export function listSelfReportLines(db: Database, reportId: string) {
	const { heldOn, form, content, place, audience, people: reached, isOnline, link } = selfReportLines;
	return db
		.select({ id: selfReportLines.id, heldOn, form, content, place, audience, people: reached, isOnline, link })
		.from(selfReportLines)
		.where(eq(selfReportLines.reportId, reportId))
		.orderBy(asc(heldOn), asc(selfReportLines.recordedAt));
}

/**
 * Adds an activity, or changes one.
 * @throws {DomainError} `invalid` `reporting.self_report_other_year`; `conflict` `reporting.self_report_sent`; `not_found`
 */
export async function saveSelfReportLine(
	ctx: Context,
	year: number,
	{ id, ...line }: SelfReportLineInput
): Promise<void> {
	if (line.heldOn.slice(0, 4) !== String(year))
		throw new DomainError('invalid', 'reporting.self_report_other_year', { year });
	if (line.heldOn > today(ctx)) throw new DomainError('invalid', 'form.date_future');
	await ctx.db.transaction(async (tx) => {
		const report = await openReport(ctx, tx, year);
		if (id) {
			const isOwn = and(eq(selfReportLines.id, id), eq(selfReportLines.reportId, report.id));
			const changed = await tx.update(selfReportLines).set(line).where(isOwn).returning({ id: selfReportLines.id });
			if (changed.length === 0) throw new DomainError('not_found', 'reporting.no_self_report');
		} else await tx.insert(selfReportLines).values({ ...line, reportId: report.id });
		await recordAudit(ctx, tx, id ? 'self_report.line_edited' : 'self_report.line_added', {
			...{ objectId: report.id, unitId: report.unitId, personId: report.personId }
		});
	});
}

/** @throws {DomainError} `conflict` `reporting.self_report_sent`; `not_found` */
export async function removeSelfReportLine(ctx: Context, year: number, lineId: string): Promise<void> {
	await ctx.db.transaction(async (tx) => {
		const report = await openReport(ctx, tx, year);
		const isOwn = and(eq(selfReportLines.id, lineId), eq(selfReportLines.reportId, report.id));
		const gone = await tx.delete(selfReportLines).where(isOwn).returning({ id: selfReportLines.id });
		if (gone.length === 0) throw new DomainError('not_found', 'reporting.no_self_report');
		await recordAudit(ctx, tx, 'self_report.line_voided', {
			...{ objectId: report.id, unitId: report.unitId, personId: report.personId }
		});
	});
}

/**
 * Keeps the words, and with `send` hands the report to the unit the person belongs to now.
 * @throws {DomainError} `conflict` `form.stale`, `reporting.self_report_sent`; `invalid` `reporting.self_report_empty` for a
 * report that names neither an activity nor why there was none
 */
export async function saveSelfReport(
	ctx: Context,
	year: number,
	{ difficulties, proposals, version, intent }: SelfReportWordsInput
): Promise<void> {
	await ctx.db.transaction(async (tx) => {
		const report = await openReport(ctx, tx, year);
		const isUnseen = version === 0 && report.version === 1;
		if (report.version !== version && !isUnseen) throw new DomainError('conflict', 'form.stale');
		const lines = await tx.$count(selfReportLines, eq(selfReportLines.reportId, report.id));
		if (intent === 'send' && lines === 0 && !difficulties)
			throw new DomainError('invalid', 'reporting.self_report_empty');
		const unitId = (await unitOf(tx, ownPerson(ctx), today(ctx))) ?? report.unitId;
		const sent = intent === 'send' ? { state: 'sent' as const, sentAt: ctx.now, unitId, returnReason: null } : {};
		await tx
			.update(selfReports)
			.set({ difficulties, proposals, version: report.version + 1, ...sent })
			.where(eq(selfReports.id, report.id));
		if (intent === 'send') {
			await notify(ctx, tx, {
				template: 'reporting.self_report_sent',
				params: { year: String(year) },
				to: await listUnitAdmins(tx, unitId, today(ctx)),
				path: `/people/activity-reports/${report.id}`,
				key: `reporting.self_report_sent ${report.id} ${report.version + 1}`
			});
		}
		await recordAudit(ctx, tx, intent === 'send' ? 'self_report.sent' : 'self_report.saved', {
			...{ objectId: report.id, unitId, personId: report.personId, year, lines }
		});
	});
}

/** The person takes a sent report back to change it, as long as the unit has not accepted it. */
export async function withdrawSelfReport(ctx: Context, year: number): Promise<void> {
	await ctx.db.transaction(async (tx) => {
		const report = await findOwn(tx, ownPerson(ctx), year, true);
		if (report?.state !== 'sent') throw new DomainError('conflict', 'reporting.self_report_sent');
		await tx.update(selfReports).set({ state: 'draft', sentAt: null }).where(eq(selfReports.id, report.id));
		await recordAudit(ctx, tx, 'self_report.withdrawn', {
			...{ objectId: report.id, unitId: report.unitId, personId: report.personId, year }
		});
	});
}

/** The own report on a year, also one written before the person's record was merged; the one sent last wins. */
async function findOwn(db: Database, personId: string, year: number, isHeld = false): Promise<SelfReport | undefined> {
	const query = db
		.select({ report: selfReports })
		.from(selfReports)
		.innerJoin(people, eq(people.id, selfReports.personId))
		.where(and(eq(selfReports.year, year), or(eq(people.id, personId), eq(people.canonicalId, personId))))
		.orderBy(sql`${selfReports.sentAt} desc nulls last`, asc(selfReports.id))
		.limit(1);
	const [row] = isHeld ? await query.for('no key update', { of: selfReports }) : await query;
	return row?.report;
}

/** The own report on a year, begun where there is none, held until the transaction ends. */
async function openReport(ctx: Context, tx: Database, year: number): Promise<SelfReport> {
	const personId = ownPerson(ctx);
	if (!reportableYears(ctx).includes(year)) throw new DomainError('invalid', 'reporting.self_report_year');
	await tx.select({ id: people.id }).from(people).where(eq(people.id, personId)).for('no key update');
	const found = await findOwn(tx, personId, year, true);
	if (found) {
		if (!isOpen(found.state)) throw new DomainError('conflict', 'reporting.self_report_sent');
		return found;
	}
	const unitId = await unitOf(tx, personId, today(ctx));
	if (!unitId) throw new DomainError('forbidden', 'training.no_own_person');
	const [begun] = await tx.insert(selfReports).values({ personId, year, unitId }).returning();
	if (!begun) throw new Error('the report was not begun');
	return begun;
}
