import { createHash } from 'node:crypto';
import { and, desc, eq, max, sql } from 'drizzle-orm';
import type { ManualEntries, ReportContent, SubmissionMark } from '#lib/reporting/report-content.ts';
import { rederive, type SnapshotInputs } from '#lib/reporting/rederive.ts';
import { accountIdOf } from '../identity/actor.ts';
import { accounts } from '../identity/tables.ts';
import { activityCtes } from '../indicators/activities-sql.ts';
import { aggregateRows, subtreeUnits } from '../indicators/figures.ts';
import { peopleCtes } from '../indicators/people-sql.ts';
import { currentRuleId, listStages } from '../indicators/settings.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { currentRule } from '../training/counting-rule.ts';
import type { Period, ReportKey, ReportingUnit } from './access.ts';
import { assembleReport } from './assemble.ts';
import { reportWindows } from './report-window.ts';
import { reportSnapshots } from './tables.ts';

/** What is frozen beside the figures from data. */
type Freezing = Readonly<{
	period: Period;
	unit: ReportingUnit;
	entries: ManualEntries;
	submissions?: ReadonlyMap<string, SubmissionMark>;
	/** Why there is another version. */
	reason?: string;
}>;

/**
 * Freezes a report: its content, the ids it was counted from, the rule, a hash over all of it. A version is never changed;
 * the next one stands beside it. The caller's transaction must read repeatably, so that figures and ids are of one moment.
 */
export async function freeze(ctx: Context, tx: Database, freezing: Freezing): Promise<{ id: string; version: number }> {
	const { period, unit, entries, submissions, reason } = freezing;
	const content = await assembleReport(tx, {
		...{ unitId: unit.id, period: period.name, from: period.fromOn, to: period.toOn, cutOff: period.cutOff },
		...{ manual: entries, ...(submissions && { submissions }) }
	});
	const inputs = await readInputs(tx, unit, period);
	const differing = rederive(content, inputs);
	if (differing.length > 0)
		throw new Error(`a report cannot be counted again from its inputs: ${differing.join(', ')}`);
	const texts = { content: JSON.stringify(content), inputs: JSON.stringify(inputs) };
	const which = and(eq(reportSnapshots.periodId, period.id), eq(reportSnapshots.unitId, unit.id));
	const [last] = await tx
		.select({ version: max(reportSnapshots.version) })
		.from(reportSnapshots)
		.where(which);
	const version = (last?.version ?? 0) + 1;
	const [made] = await tx
		.insert(reportSnapshots)
		.values({
			...{ ...texts, periodId: period.id, unitId: unit.id, version, reason: reason ?? null, sha256: hashOf(texts) },
			...{ frozenAt: ctx.now, frozenBy: accountIdOf(ctx.actor) }
		})
		.returning({ id: reportSnapshots.id });
	if (!made) throw new Error('the snapshot was not inserted');
	return { id: made.id, version };
}

/** A frozen report as it was, and whether it still is: by its hash, and counted again from its inputs. */
export type FrozenReport = Readonly<{ version: number; content: ReportContent; isIntact: boolean }>;

/** @throws {DomainError} `not_found` */
export async function getFrozen(db: Database, { periodId, unitId }: ReportKey, version: number): Promise<FrozenReport> {
	const [row] = await db
		.select()
		.from(reportSnapshots)
		.where(
			and(
				eq(reportSnapshots.periodId, periodId),
				eq(reportSnapshots.unitId, unitId),
				eq(reportSnapshots.version, version)
			)
		);
	if (!row) throw new DomainError('not_found', 'reporting.no_version');
	const content = JSON.parse(row.content) as ReportContent;
	const inputs = JSON.parse(row.inputs) as SnapshotInputs;
	return { version, content, isIntact: hashOf(row) === row.sha256 && rederive(content, inputs).length === 0 };
}

/** The versions of a report, the newest first, without their contents. */
export function listVersions(db: Database, { periodId, unitId }: ReportKey) {
	return db
		.select({
			version: reportSnapshots.version,
			frozenAt: reportSnapshots.frozenAt,
			frozenBy: accounts.displayName,
			reason: reportSnapshots.reason,
			sha256: reportSnapshots.sha256
		})
		.from(reportSnapshots)
		.leftJoin(accounts, eq(accounts.id, reportSnapshots.frozenBy))
		.where(and(eq(reportSnapshots.periodId, periodId), eq(reportSnapshots.unitId, unitId)))
		.orderBy(desc(reportSnapshots.version));
}

const hashOf = ({ content, inputs }: { content: string; inputs: string }) =>
	createHash('sha256').update(content).update('\n').update(inputs).digest('hex');

async function readInputs(db: Database, unit: ReportingUnit, period: Period): Promise<SnapshotInputs> {
	const [stages, rule, ruleId] = await Promise.all([listStages(db), currentRule(db), currentRuleId(db)]);
	const { sinceStage } = reportWindows(period.fromOn, period.toOn, period.cutOff, stages);
	const selection = { unit, rule, window: sinceStage };
	// A period of its own days may begin before the stage whose targets apply at its end.
	const from = period.fromOn < sinceStage.from ? period.fromOn : sinceStage.from;
	const [people, activities, { rosters, results }, units] = await Promise.all([
		db.execute<{ row: SnapshotInputs['people'][number] }>(sql`
			with ${peopleCtes(selection)}
			select json_build_array(person_id, unit_id, array(
				select t.code from target_category t where t.code = any(base.categories) order by t.place), first_on) as row
			from base order by person_id`),
		db.execute<{ row: SnapshotInputs['activities'][number] }>(sql`
			with ${activityCtes({ ...selection, window: { ...sinceStage, from } })}
			select json_build_array(id, unit_id, mode, ended_on, is_counted) as row from act order by ended_on, id`),
		aggregateRows(db, selection),
		subtreeUnits(db, selection)
	]);
	return {
		people: people.map(({ row }) => row),
		activities: activities.map(({ row }) => row),
		...{ rosters, results },
		units: units.map(({ id, path }) => [id, path] as const),
		...{ rule, ruleId: ruleId ?? '' }
	};
}
