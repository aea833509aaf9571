import { formatCount } from '#lib/i18n/format.ts';
import { indicatorsMessages } from '#lib/i18n/indicators.ts';
import { trainingMessages } from '#lib/i18n/training.ts';
import { ruleLines } from '#lib/indicators/rule-lines.ts';
import { narrativeBlocks, type NarrativeFacts } from '#lib/reporting/narrative.ts';
import {
	MANUAL_TABLE_IDS,
	type ManualEntries,
	type ManualRow,
	type ManualTableId,
	type ReportContent,
	type StaffRow,
	type SubmissionMark
} from '#lib/reporting/report-content.ts';
import { listCategories } from '../indicators/categories.ts';
import { aggregateRows, countAttendances } from '../indicators/figures.ts';
import { listStages, listTargets, type TargetRow } from '../indicators/settings.ts';
import { getSite } from '../indicators/site.ts';
import type { Database } from '../platform/database.ts';
import { currentRule, type CountingRule } from '../training/counting-rule.ts';
import { activityRows, budgetRows, modeRows } from './assemble-activities.ts';
import { peopleSources } from './assemble-sources.ts';
import { materialRows } from './assemble-materials.ts';
import { staffRows } from './assemble-staff.ts';
import { surveyFacts } from './assemble-surveys.ts';
import { targetRows, type ReportFigures } from './assemble-targets.ts';
import { unitRows } from './assemble-units.ts';
import { getReportUnit, issuer, type ReportUnit } from './report-unit.ts';
import { reportWindows, type ReportWindows } from './report-window.ts';

/** Which report is asked for. The province's own unit makes the consolidated one. Days are `yyyy-mm-dd`. */
export type ReportRequest = Readonly<{
	unitId: string;
	/** Name of the period, `Năm 2026`. */
	period: string;
	from: string;
	to: string;
	cutOff: string;
	manual?: ManualEntries;
	/** Where the reports of the units below stand, by unit id; absent where none are asked for. */
	submissions?: ReadonlyMap<string, SubmissionMark>;
}>;

/**
 * Reads one report live, with the functions and queries of the targets page, so that the figures are the same. It
 * authorises nothing: the use case that calls it does. Call it in one repeatable-read transaction to freeze it.
 * @throws {DomainError} `not_found` for an unknown unit
 */
export async function assembleReport(db: Database, request: ReportRequest): Promise<ReportContent> {
	const [stages, targets, rule, categories, site] = await Promise.all([
		listStages(db),
		listTargets(db),
		currentRule(db),
		listCategories(db),
		getSite(db)
	]);
	const windows = reportWindows(request.from, request.to, request.cutOff, stages);
	const unit = await getReportUnit(db, request.unitId, windows.period.to);
	const selection = { unit, rule, window: windows.sinceStage };
	const inPeriod = { ...selection, window: windows.period };
	const ownTargets = targets.filter(({ stageCode }) => stageCode === windows.stage.code);
	const [{ rosters }, { rows: targetLines, figures }, activities, attendances, units, people, surveys, materials] =
		await Promise.all([
			aggregateRows(db, selection),
			targetRows(db, selection, windows, ownTargets),
			activityRows(db, inPeriod),
			countAttendances(db, inPeriod),
			unitRows(db, selection, windows, categories, request.submissions ?? new Map()),
			peopleSources(db, selection),
			surveyFacts(db, unit.path, windows.period),
			materialRows(db, unit.path, windows.period)
		]);
	const staff = await staffRows(db, selection, windows.period, categories, rosters);
	const budget = budgetRows(activities, windows.period.from, windows.period.to);
	const missing = units.filter(({ submission }) => submission === 'not_sent' || submission === 'returned');
	const missingUnits = request.submissions && missing.map(({ name }) => name);
	return {
		shape: 1,
		heading: heading(request, unit, windows, issuer(unit, site)),
		narrative: narrativeBlocks(
			{
				...facts({ unit, rule, windows, figures, targets: ownTargets, attendances, cutOff: request.cutOff }),
				...{
					staff,
					budget,
					...(missingUnits && { missingUnits }),
					...(surveys.trainees && { trainees: surveys.trainees })
				}
			},
			request.manual?.narrative
		),
		...{ staff, targets: targetLines, activities, units, budget },
		modes: await modeRows(db, inPeriod, activities),
		manual: manualTables({ ...surveys.rows, '06': materials }, request.manual),
		rule: ruleLines(rule, indicatorsMessages.vi, trainingMessages.vi.kinds),
		notes: notes(unit, staff, figures),
		sources: { activities: activities.map(({ id }) => id), ...people }
	};
}

function heading(
	{ period, from, to, cutOff, manual }: ReportRequest,
	{ id, code, name, isProvince }: ReportUnit,
	{ stage }: ReportWindows,
	names: ReturnType<typeof issuer>
): ReportContent['heading'] {
	const { code: stageCode, startsOn } = stage;
	const { place = '', signerTitle = '', signerName = '', receivers = [] } = manual?.form ?? {};
	return {
		...names,
		...(place && { place }),
		signature: { title: signerTitle, name: signerName, receivers },
		unit: { id, code, name },
		isProvince,
		period,
		from,
		to,
		cutOff,
		stage: stageCode,
		stageFrom: startsOn
	};
}

type FactSources = Readonly<{
	unit: ReportUnit;
	rule: CountingRule;
	windows: ReportWindows;
	figures: ReportFigures;
	targets: readonly TargetRow[];
	attendances: number;
	cutOff: string;
}>;

function facts(sources: FactSources): Omit<NarrativeFacts, 'staff' | 'budget' | 'missingUnits' | 'trainees'> {
	const { unit, rule, windows, figures, targets, attendances, cutOff } = sources;
	const [trainedTarget, onlineTarget] = (['trained_share', 'online_share'] as const).map((indicator) =>
		targets.find((target) => target.indicator === indicator)
	);
	const isWholeStage = windows.period.from === windows.sinceStage.from;
	return {
		figures: {
			window: windows.period,
			unitName: unit.name,
			isProvince: unit.isProvince,
			trained: figures.stage.trained,
			...(trainedTarget && { trainedTarget }),
			online: figures.period.online,
			...(onlineTarget && { onlineTarget }),
			hybridCount: figures.period.hybrid,
			attendances,
			hybridRule: rule.hybridRule,
			...(rule.guidingDocument && { guidingDocument: rule.guidingDocument })
		},
		cutOff,
		stageFrom: windows.stage.startsOn,
		...(!isWholeStage && {
			besides: { trainedInPeriod: figures.period.trained, onlineOverStage: figures.stage.online }
		}),
		activitiesBefore: figures.periodBefore.online.whole
	};
}

function manualTables(
	rows: Readonly<Partial<Record<ManualTableId, readonly ManualRow[]>>>,
	manual: ManualEntries = {}
): Record<ManualTableId, readonly ManualRow[]> {
	const tables = MANUAL_TABLE_IDS.map((id) => [id, [...(rows[id] ?? []), ...(manual.tables?.[id] ?? [])]] as const);
	return Object.fromEntries(tables) as Record<ManualTableId, readonly ManualRow[]>;
}

/** What a reader would otherwise wonder about. */
function notes(unit: ReportUnit, staff: readonly StaffRow[], figures: ReportFigures): string[] {
	const total = staff.find(({ code }) => code === 'total');
	const unstated = total ? total.total - total.aggregate - total.male - total.female : 0;
	const lines = [
		!unit.isProvince && 'Mức giao là mức chung của tỉnh; đơn vị được so với mức chung.',
		total?.aggregate &&
			`${formatCount(total.aggregate)} người chỉ có số liệu tổng hợp (đơn vị không cung cấp danh sách): không phân theo giới tính, trình độ, không tính tăng, giảm.`,
		unstated > 0 && `${formatCount(unstated)} người chưa có thông tin giới tính.`,
		total && 'Số liệu người dân tộc thiểu số chưa được thu thập; cột này để trống.',
		figures.period.early > 0 &&
			`${formatCount(figures.period.early)} hoạt động kết thúc trước ngày 15/4/2025 (trước Quyết định số 766/QĐ-TTg).`
	];
	return lines.filter((line) => typeof line === 'string');
}
