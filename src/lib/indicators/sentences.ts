import { formatCount, formatDay, formatNumber } from '#lib/i18n/format.ts';
import { shareText, verdict, type Share, type Threshold } from './share.ts';

/** One target with its words, for a sentence. */
type WordedTarget = Threshold & Readonly<{ wording: string }>;

/** What the two sentences of the report are made of. */
export type ReportFigures = Readonly<{
	window: Readonly<{ from: string; to: string }>;
	unitName: string;
	/** False where the unit is only a part of the province: its share is set against the province's common level. */
	isProvince: boolean;
	trained: Share;
	trainedTarget?: WordedTarget;
	online: Share;
	onlineTarget?: WordedTarget;
	hybridCount: number;
	/** Lượt người tham dự các hoạt động đó. */
	attendances: number;
	/** How hybrid classes are counted; strict keeps them out of the online ones. */
	hybridRule: 'strict' | 'majority_online' | 'all_hybrid';
	guidingDocument?: string;
}>;

const NOTHING = 'Trong kỳ không phát sinh.';

/**
 * The sentence on people for the yearly report, in Vietnamese whatever the page's language: a report has one.
 * Source of the wording: the province's report outline (mục II.2 Chỉ tiêu).
 */
export function trainedSentence({ window, unitName, isProvince, trained, trainedTarget }: ReportFigures): string {
	if (trained.whole === 0) return NOTHING;
	const people = `Từ ${formatDay(window.from)} đến ${formatDay(window.to)}, ${inSentence(unitName, isProvince)} đã có ${count(trained.part)} người được tập huấn kiến thức và kỹ năng chuyển đổi số trong công tác PBGDPL, đạt ${ratio(trained)}`;
	return `${people}${conclusion(trained, trainedTarget, isProvince)}.`;
}

/** The sentence on activities; it always says how hybrid ones were counted. */
export function onlineSentence(figures: ReportFigures): string {
	const { unitName, isProvince, online, onlineTarget, hybridCount, attendances } = figures;
	if (online.whole === 0) return NOTHING;
	const held = `${capital(unitName)} đã tổ chức ${count(online.whole)} hoạt động tập huấn với ${count(attendances)} lượt người tham dự`;
	const share = `trong đó ${count(online.part)} hoạt động bằng hình thức trực tuyến, đạt ${ratio(online)}`;
	return `${held}, ${share}${conclusion(online, onlineTarget, isProvince)}; ${hybridClause(hybridCount, figures)}.`;
}

function hybridClause(hybridCount: number, { hybridRule, guidingDocument }: ReportFigures): string {
	const hybrid = `${count(hybridCount)} hoạt động kết hợp`;
	if (hybridRule === 'strict') return `${hybrid} được thống kê riêng, không tính vào tỷ lệ trực tuyến`;
	const which = hybridRule === 'all_hybrid' ? 'tính là trực tuyến' : 'tính là trực tuyến khi đa số người dự trực tuyến';
	return `${hybrid} được ${which}${guidingDocument ? ` theo ${guidingDocument}` : ''}`;
}

function conclusion(share: Share, target: WordedTarget | undefined, isProvince: boolean): string {
	if (!target) return '';
	const word = verdict(share, target) === 'met' ? 'đạt' : 'chưa đạt';
	return isProvince ? `; ${word} chỉ tiêu “${target.wording}”` : `; ${word} so với mức chung của tỉnh`;
}

const count = (value: number) => formatCount(value);
const ratio = (share: Share) => `${formatNumber(share.part)}/${formatNumber(share.whole)} (${shareText(share)})`;
/** "Tỉnh Minh Họa" is "tỉnh Minh Họa" inside a sentence; names of bodies keep their capital. */
const inSentence = (name: string, isProvince: boolean) =>
	isProvince ? name.charAt(0).toLowerCase() + name.slice(1) : name;
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
