import { MANUAL_TABLE_IDS, type ManualRow, type ManualTableId } from './report-content.ts';
import { percentOf, type Cell, type Column, type ReportTable } from './report-table.ts';

/** A column that people fill in; the words are the form's own. */
type ManualColumn = Readonly<{ key: string; label: string; width: number; isNumber?: boolean }>;
type ManualForm = Readonly<{
	title: string;
	columns: readonly ManualColumn[];
	/** A computed column at the end: satisfied (keys) of all (keys). */
	percent?: Readonly<{ label: string; part: readonly string[]; whole: readonly string[] }>;
	footnote?: string;
}>;

const LEVELS: readonly ManualColumn[] = [
	['veryBad', 'Rất không hài lòng'],
	['bad', 'Không hài lòng'],
	['middle', 'Bình thường'],
	['good', 'Hài lòng'],
	['veryGood', 'Rất hài lòng']
].map(([key = '', label = '']) => ({ key, label, width: 7, isNumber: true }));
const SATISFIED = {
	label: 'Tỷ lệ hài lòng',
	part: ['good', 'veryGood'],
	whole: ['veryBad', 'bad', 'middle', 'good', 'veryGood']
};

/** Forms with rows from data where a module has some, then rows filled in by hand; each row with its source. 08 and 11 are never added together. */
export const MANUAL_FORMS: Readonly<Record<ManualTableId, ManualForm>> = {
	'06': {
		title: 'Chương trình, học liệu',
		columns: [
			{ key: 'kind', label: 'Loại (bài giảng điện tử, video, âm thanh, tờ gấp, đề cương…)', width: 30 },
			{ key: 'created', label: 'Xây dựng mới', width: 10, isNumber: true },
			{ key: 'updated', label: 'Cập nhật', width: 10, isNumber: true },
			{ key: 'views', label: 'Lượt xem, tải', width: 10, isNumber: true },
			{ key: 'rating', label: 'Điểm đánh giá', width: 10 }
		]
	},
	'07': {
		title: 'Cuộc thi trực tuyến',
		columns: [
			{ key: 'name', label: 'Tên cuộc thi', width: 26 },
			{ key: 'time', label: 'Thời gian', width: 12 },
			{ key: 'audience', label: 'Đối tượng', width: 12 },
			{ key: 'entrants', label: 'Số thí sinh', width: 8, isNumber: true },
			{ key: 'attempts', label: 'Số lượt thi', width: 8, isNumber: true },
			{ key: 'valid', label: 'Số bài hợp lệ', width: 8, isNumber: true },
			{ key: 'prizes', label: 'Giải cá nhân, tập thể', width: 12 },
			{ key: 'funds', label: 'Kinh phí (đồng)', width: 12, isNumber: true }
		]
	},
	'08': {
		title: 'Khảo sát',
		columns: [
			{ key: 'respondents', label: 'Đối tượng (học viên, người dân, doanh nghiệp)', width: 20 },
			{ key: 'sent', label: 'Số phiếu phát', width: 8, isNumber: true },
			{ key: 'received', label: 'Số phiếu thu', width: 8, isNumber: true },
			...LEVELS
		],
		percent: SATISFIED,
		footnote:
			'Số liệu của học viên và của người dân, doanh nghiệp không cộng với nhau; mức độ hài lòng của học viên không phải chỉ tiêu hài lòng của người dân, doanh nghiệp.'
	},
	'10': {
		title: 'Chỉ đạo và Cổng, Trang thông tin điện tử',
		columns: [
			{ key: 'year', label: 'Năm', width: 6 },
			{ key: 'documents', label: 'Loại văn bản', width: 16 },
			{ key: 'count', label: 'Số lượng', width: 7, isNumber: true },
			{ key: 'portal', label: 'Cổng', width: 10 },
			{ key: 'site', label: 'Trang', width: 10 },
			{ key: 'section', label: 'Chuyên mục', width: 10 },
			{ key: 'link', label: 'Đường link', width: 14 },
			{ key: 'articles', label: 'Số tin, bài', width: 8, isNumber: true },
			{ key: 'model', label: 'Mô hình', width: 14 }
		]
	},
	'11': {
		title: 'Mức độ hài lòng của người dân, doanh nghiệp',
		columns: [
			{ key: 'platform', label: 'Nền tảng, kênh được đánh giá', width: 22 },
			{ key: 'respondents', label: 'Đối tượng (người dân, doanh nghiệp)', width: 18 },
			...LEVELS
		],
		percent: SATISFIED
	}
};

/** A form with what was typed into it. */
export function manualTable(id: ManualTableId, rows: readonly ManualRow[]): ReportTable {
	const { title, columns, percent, footnote } = MANUAL_FORMS[id];
	const indexOf = (key: string) => columns.findIndex((column) => column.key === key) + 1;
	const share = percent && { part: percent.part.map(indexOf), whole: percent.whole.map(indexOf) };
	const typed = rows.length === 0 || rows.some(({ isMade }) => !isMade);
	const shown: Column[] = [
		{ label: 'TT', width: 4 },
		...columns.map(({ label, width, isNumber }) => ({ label, width, isText: !isNumber })),
		...(percent && share ? [{ label: percent.label, width: 9, percent: share }] : []),
		{ label: 'Nguồn số liệu', width: 16, isText: true }
	];
	return {
		...{ id, title, columns: shown, isManual: typed },
		rows: rows.map(({ values, source }, i) => {
			const cells: Cell[] = [i + 1, ...columns.map(({ key }) => values[key] ?? null)];
			return [...cells, ...(share ? [percentOf(share, cells)] : []), source];
		}),
		footnotes: [
			typed ? 'Số liệu nhập tay, nguồn ghi ở cột cuối.' : 'Số liệu lập từ dữ liệu trên hệ thống.',
			...(footnote ? [footnote] : [])
		]
	};
}

/** True for a word that names one of the forms filled in by hand. */
export function isManualTable(id: string): id is ManualTableId {
	return MANUAL_TABLE_IDS.some((known) => known === id);
}
