import { formatCount, formatDay, formatNumber } from '#lib/i18n/format.ts';
import { onlineSentence, trainedSentence, type ReportFigures } from '#lib/indicators/sentences.ts';
import { shareText, verdict, type Share, type Threshold } from '#lib/indicators/share.ts';
import {
	GENERATED_BLOCKS,
	WRITTEN_BLOCKS,
	type BlockKey,
	type BudgetRow,
	type NarrativeBlock,
	type StaffRow
} from './report-content.ts';

/** What the sentences of a report are made of; `trained` is over the stage, `online` within the period. */
export type NarrativeFacts = Readonly<{
	figures: ReportFigures;
	cutOff: string;
	stageFrom: string;
	staff: readonly StaffRow[];
	/** The same people counted within the period alone, and the activities over the stage; absent where both are one. */
	besides?: Readonly<{ trainedInPeriod: Share; onlineOverStage: Share }>;
	activitiesBefore: number;
	/** Units that have not sent their report; absent where none is asked for. */
	missingUnits?: readonly string[];
	budget: readonly BudgetRow[];
	/** Trainees' forms: satisfied of all; absent where too few answered. */
	trainees?: Share;
}>;

const NOTHING = 'Trong kỳ không phát sinh.';

/**
 * The report's sentences in Vietnamese: made from figures, unless a person wrote others. Source of the wording: the
 * province's report outline, mục II.
 */
export function narrativeBlocks(
	facts: NarrativeFacts,
	typed: Readonly<Partial<Record<BlockKey, string>>> = {}
): NarrativeBlock[] {
	const made: Partial<Record<BlockKey, string>> = {
		staff: staffSentence(facts),
		trained: trainedBlock(facts),
		online: onlineBlock(facts),
		compared: comparedSentence(facts),
		funds: fundsSentence(facts.budget),
		surveys: traineesSentence(facts.trainees)
	};
	return [...GENERATED_BLOCKS, ...WRITTEN_BLOCKS].map((key) => {
		const text = typed[key]?.trim();
		if (text) return { key, text, isManual: true };
		return { key, text: made[key] ?? '', isManual: false };
	});
}

function staffSentence({ figures, cutOff, staff }: NarrativeFacts): string {
	const total = staff.find(({ code }) => code === 'total')?.total ?? 0;
	if (total === 0) return NOTHING;
	const groups = staff
		.filter(({ code }) => code !== 'total')
		.map((row) => `${formatCount(row.total)} ${lower(row.name)}`);
	const list = groups.length > 1 ? `${groups.slice(0, -1).join(', ')} và ${groups.at(-1)}` : groups.join('');
	const { unitName, isProvince } = figures;
	return `Tính đến ngày ${formatDay(cutOff)}, ${isProvince ? lower(unitName) : unitName} có ${formatCount(total)} người thuộc đối tượng tập huấn, gồm ${list} (một người thuộc nhiều nhóm chỉ tính một lần trong tổng số).`;
}

function trainedBlock({ figures, stageFrom, besides }: NarrativeFacts): string {
	const sentence = trainedSentence({ ...figures, window: { from: stageFrom, to: figures.window.to } });
	if (!besides || figures.trained.whole === 0) return sentence;
	const { from, to } = figures.window;
	return `${sentence} Riêng trong kỳ báo cáo (từ ${formatDay(from)} đến ${formatDay(to)}) có ${formatCount(besides.trainedInPeriod.part)} người được tập huấn.`;
}

function onlineBlock({ figures, stageFrom, besides }: NarrativeFacts): string {
	const sentence = onlineSentence(figures);
	const overStage = besides?.onlineOverStage;
	if (!overStage || overStage.whole === 0) return sentence;
	const share = `${formatNumber(overStage.part)}/${formatNumber(overStage.whole)} (${shareText(overStage)})`;
	return `${sentence} Lũy kế từ ${formatDay(stageFrom)}: ${share} hoạt động bằng hình thức trực tuyến${standing(overStage, figures)}.`;
}

function standing(share: Share, { isProvince, onlineTarget }: ReportFigures & { onlineTarget?: Threshold }): string {
	if (!isProvince || !onlineTarget) return '';
	return verdict(share, onlineTarget) === 'met' ? ', đạt chỉ tiêu' : ', chưa đạt chỉ tiêu';
}

function comparedSentence({ figures, activitiesBefore, missingUnits }: NarrativeFacts): string {
	const difference = figures.online.whole - activitiesBefore;
	const change =
		difference === 0 ? 'không thay đổi' : `${difference > 0 ? 'tăng' : 'giảm'} ${formatCount(Math.abs(difference))}`;
	const compared = `So với cùng kỳ năm trước (${formatCount(activitiesBefore)} hoạt động), số hoạt động ${change}`;
	if (!missingUnits) return `${compared}.`;
	if (missingUnits.length === 0) return `${compared}; các đơn vị đã gửi báo cáo đầy đủ.`;
	return `${compared}; còn ${formatCount(missingUnits.length)} đơn vị chưa gửi báo cáo: ${missingUnits.join('; ')}.`;
}

function fundsSentence(budget: readonly BudgetRow[]): string {
	const state = budget.reduce((sum, row) => sum + row.stateBudgetVnd, 0);
	const other = budget.reduce((sum, row) => sum + row.otherFundsVnd, 0);
	if (state + other === 0) return NOTHING;
	return `Kinh phí tổ chức các hoạt động tập huấn trong kỳ là ${formatNumber(state + other)} đồng, trong đó ngân sách Nhà nước ${formatNumber(state)} đồng, nguồn khác ${formatNumber(other)} đồng.`;
}

/** An inner figure: the plan's satisfaction target is of citizens and businesses. */
function traineesSentence(trainees: Share | undefined): string {
	if (!trainees) return '';
	return `Khảo sát ${formatCount(trainees.whole)} học viên, ${shareText(trainees)} hài lòng (số liệu nội bộ, không phải chỉ tiêu hài lòng của người dân, doanh nghiệp).`;
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
