import { formatDay } from '#lib/i18n/format.ts';
import type { BlockKey, ReportContent } from './report-content.ts';
import type { ReportTable } from './report-table.ts';
import { isManualTable } from './manual-forms.ts';
import { reportTable, TABLE_IDS, type TableId } from './report-tables.ts';

/** `section`: mục 1.4, to be pasted into the yearly report on all of PBGDPL; `full`: a report of its own. */
export type Outline = 'section' | 'full';

/** A part of the running text. */
export type Block =
	Readonly<{ kind: 'heading' | 'text'; text: string }> | Readonly<{ kind: 'table'; table: ReportTable }>;

/** A report as it is laid out, for Word and PDF alike. Wide forms follow the text on pages across. */
export type ReportDocument = Readonly<{
	content: ReportContent;
	/** With letterhead, title and signature; without them it is a part of another document. */
	isWhole: boolean;
	title: Readonly<{ kind: string; subject: string }>;
	body: readonly Block[];
	appendix: readonly ReportTable[];
}>;

/** What the annual report needs unless other forms are ticked. */
export const DEFAULT_TABLES: Readonly<Record<Outline, readonly TableId[]>> = {
	section: ['02', '03', '05'],
	full: TABLE_IDS
};

/** Sections of the outline of the Sở Tư pháp (báo cáo tổng kết, đề cương) with the blocks each holds. */
const FULL: readonly (readonly [heading: string, keys: readonly BlockKey[], table?: TableId])[] = [
	['I. CÔNG TÁC CHỈ ĐẠO, HƯỚNG DẪN, QUÁN TRIỆT, KIỂM TRA', ['direction']],
	['II. KẾT QUẢ THỰC HIỆN', []],
	['1. Đội ngũ thuộc đối tượng tập huấn', ['staff']],
	['2. Thực hiện chỉ tiêu', ['trained', 'online'], '02'],
	['3. Hoạt động tập huấn', ['compared']],
	['4. Chương trình, học liệu', ['materials']],
	['5. Cuộc thi trực tuyến', ['contests']],
	['6. Khảo sát', ['surveys']],
	['7. Kinh phí', ['funds']],
	['III. ĐÁNH GIÁ', []],
	['1. Kết quả đạt được', ['results']],
	['2. Tồn tại, hạn chế', ['shortcomings']],
	['3. Nguyên nhân', ['causes']],
	['4. Bài học kinh nghiệm', ['lessons']],
	['IV. PHƯƠNG HƯỚNG, NHIỆM VỤ, GIẢI PHÁP', ['tasks']],
	['V. ĐỀ XUẤT, KIẾN NGHỊ', ['proposals']]
];
const SECTION = '1.4. Đào tạo, bồi dưỡng, nâng cao trình độ tin học cho đội ngũ làm công tác PBGDPL';
const SECTION_KEYS: readonly BlockKey[] = ['staff', 'trained', 'online', 'compared', 'funds'];

/** Lays a report out. `tables` are the forms wanted; those by hand that nobody filled in and an empty Biểu 05 are left out. */
export function reportDocument(content: ReportContent, outline: Outline, tables: readonly TableId[]): ReportDocument {
	const wanted = chosenTables(content, tables);
	const sections = outline === 'full' ? FULL : [[SECTION, SECTION_KEYS, '02'] as const];
	return {
		content,
		isWhole: outline === 'full',
		title: {
			kind: 'BÁO CÁO',
			subject: `Kết quả tập huấn kiến thức, kỹ năng chuyển đổi số trong công tác phổ biến, giáo dục pháp luật ${lower(content.heading.period)}; tình hình thực hiện Đề án theo Quyết định số 766/QĐ-TTg`
		},
		body: withoutEmptyParts(sections.flatMap((section) => sectionBlocks(content, section, wanted))),
		appendix: wanted.filter((id) => id !== '02').map((id) => reportTable(content, id))
	};
}

function sectionBlocks(
	content: ReportContent,
	[heading, keys, table]: readonly [string, readonly BlockKey[], TableId?],
	wanted: readonly TableId[]
): Block[] {
	const texts = keys.flatMap((key) => paragraphs(content, key));
	const tables = table && wanted.includes(table) ? [reportTable(content, table)] : [];
	if (texts.length + tables.length === 0 && keys.length > 0) return [];
	return [
		{ kind: 'heading', text: heading },
		...texts.map((text) => ({ kind: 'text', text }) as const),
		...tables.map((one) => ({ kind: 'table', table: one }) as const)
	];
}

/** A part (I, II …) under which nothing stands is not printed. */
function withoutEmptyParts(blocks: readonly Block[]): Block[] {
	const isPart = (block: Block | undefined) => block?.kind === 'heading' && /^[IVX]+\. /.test(block.text);
	return blocks.filter((block, i) => {
		const next = blocks[i + 1];
		return !isPart(block) || (next !== undefined && !isPart(next));
	});
}

function paragraphs({ narrative }: ReportContent, key: BlockKey): string[] {
	const text = narrative.find((block) => block.key === key)?.text ?? '';
	return text.split(/\n+/).filter((line) => line.trim() !== '');
}

/** Of the forms asked for those that have something to show. */
export function chosenTables(content: ReportContent, tables: readonly TableId[]): TableId[] {
	return TABLE_IDS.filter((id) => {
		if (!tables.includes(id)) return false;
		if (id === '05') return content.units.length > 0;
		return !isManualTable(id) || content.manual[id].length > 0;
	});
}

/** `Biểu 03. Danh mục hoạt động tập huấn (biểu tham khảo)`: no circular prescribes these forms. */
export const tableTitle = ({ id, title }: ReportTable) => `Biểu ${id}. ${title} (biểu tham khảo)`;

/** Stands under the title of each form. */
export function tableLead({ heading }: ReportContent): string {
	return `Đơn vị báo cáo: ${heading.unit.name}. Kỳ báo cáo: ${heading.period} (từ ${formatDay(heading.from)} đến ${formatDay(heading.to)}). Ngày chốt số liệu: ${formatDay(heading.cutOff)}.`;
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
