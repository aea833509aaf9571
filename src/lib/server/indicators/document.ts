import { Packer, Document, Paragraph, Table } from 'docx';
import { formatDay, formatNumber } from '#lib/i18n/format.ts';
import { indicatorsMessages } from '#lib/i18n/indicators.ts';
import { trainingMessages } from '#lib/i18n/training.ts';
import { ruleLines } from '#lib/indicators/rule-lines.ts';
import { isTooSmall, shareText, verdict, type Share } from '#lib/indicators/share.ts';
import { dataTable } from '../platform/office/form-table.ts';
import {
	body,
	documentStyles,
	heading,
	letterhead,
	pageSetup,
	signature,
	title
} from '../platform/office/official-form.ts';
import type { TargetFigure, TargetsPage } from './service.ts';
import type { Site } from './site.ts';

const t = indicatorsMessages.vi;
const ratio = ({ part, whole }: Share) => `${formatNumber(part)}/${formatNumber(whole)}`;

/**
 * The targets page as an administrative document in Vietnamese: figures, tables, the report's sentences, the rule. Number,
 * date and signature stay empty: they are given when it is issued.
 */
export async function targetsDocument(page: TargetsPage, site: Site): Promise<Buffer> {
	const { selection } = page;
	const { unit, window, rule } = selection;
	const children: (Paragraph | Table)[] = [
		...letterhead({
			superior: unit.isProvince ? '' : site.owner,
			agency: unit.isProvince ? site.owner || unit.name : unit.name
		}),
		...title(
			'BÁO CÁO',
			'Kết quả thực hiện chỉ tiêu tập huấn kiến thức và kỹ năng chuyển đổi số trong công tác phổ biến, giáo dục pháp luật'
		),
		body(
			`Đơn vị báo cáo: ${unit.name}. Kỳ báo cáo: từ ngày ${formatDay(window.from)} đến ngày ${formatDay(window.to)}. Ngày chốt số liệu: ${formatDay(window.to)}.`
		),
		heading('1. Kết quả thực hiện chỉ tiêu'),
		body(page.sentences.trained),
		body(page.sentences.online),
		dataTable(
			['TT', 'Chỉ tiêu (nguyên văn)', 'Tử số', 'Mẫu số', 'Tỷ lệ', 'Kết quả', 'Cận trên (kể cả kết hợp)'],
			[
				targetRow(1, page.trained, unit.isProvince),
				[...targetRow(2, page.online, unit.isProvince).slice(0, -1), shareText(page.onlineUpper)]
			],
			[600, 3300, 900, 900, 1100, 1300, 1240]
		),
		body(`${t.completion}: ${ratio(page.completion)} lượt người (${shareText(page.completion)}). ${t.completionNote}`),
		heading('2. Theo nhóm đối tượng'),
		dataTable(
			['TT', 'Nhóm đối tượng', 'Đối tượng', 'Được tập huấn', 'Tỷ lệ'],
			page.categories.map(({ nameVi, share }, i) => [
				String(i + 1),
				nameVi,
				formatNumber(share.whole),
				formatNumber(share.part),
				shareText(share)
			]),
			[600, 4740, 1300, 1400, 1300]
		),
		body(t.categoryNote),
		...unitSection(page),
		heading('Quy tắc tính'),
		...ruleLines(rule, t, trainingMessages.vi.kinds).map((line, i) => body(`(${i + 1}) ${line}`)),
		...signature()
	];
	return Packer.toBuffer(new Document({ styles: documentStyles, sections: [{ ...pageSetup(), children }] }));
}

function targetRow(no: number, { share, target }: TargetFigure, isProvince: boolean): string[] {
	const words = { met: t.met, missed: t.missed, none: t.none };
	const result = target ? words[verdict(share, target)] : '';
	const compared = isProvince || !target || share.whole === 0 ? result : `${result} ${t.comparedWithProvince}`;
	return [
		String(no),
		target?.wording ?? '',
		formatNumber(share.part),
		formatNumber(share.whole),
		shareText(share),
		compared,
		''
	];
}

function unitSection({ units, selection }: TargetsPage): (Paragraph | Table)[] {
	if (units.length === 0) return [];
	const smallest = selection.rule.smallUnitActivities;
	const percent = (share: Share) => (share.whole > 0 && isTooSmall(share, smallest) ? '' : shareText(share));
	return [
		heading('3. Theo cơ quan, đơn vị'),
		dataTable(
			[
				'TT',
				'Cơ quan, đơn vị',
				'Được tập huấn/ đối tượng',
				'Tỷ lệ',
				'Trực tuyến/ hoạt động',
				'Tỷ lệ',
				'Hoàn thành/ triệu tập'
			],
			units.map(({ name, isDirect, trained, online, completion }, i) => [
				String(i + 1),
				isDirect ? t.direct(name) : name,
				ratio(trained),
				percent(trained),
				ratio(online),
				percent(online),
				ratio(completion)
			]),
			[600, 3140, 1200, 1100, 1100, 1100, 1100]
		),
		body(t.smallNote(smallest))
	];
}
