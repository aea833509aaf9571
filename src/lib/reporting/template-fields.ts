import { formatCount, formatDay, formatNumber } from '#lib/i18n/format.ts';
import { shareText } from '#lib/indicators/share.ts';
import type { BlockKey, ReportContent, TargetRow } from './report-content.ts';
import { cellText, type ReportTable } from './report-table.ts';
import { reportTable, type TableId } from './report-tables.ts';

/** What a template of a province may name: `{don_vi}`; rows between `{#hoat_dong}` and `{/hoat_dong}` repeat. */
export type TemplateField = Readonly<{ name: string; meaning: string; columns?: readonly TemplateField[] }>;

/** Values by field; rows by the name of their loop. All of them texts, as printed. */
export type TemplateValues = Readonly<Record<string, string | readonly Readonly<Record<string, string>>[]>>;

type Single = Readonly<{ name: string; meaning: string; value: (content: ReportContent) => string }>;

const block = (name: string, key: BlockKey, meaning: string): Single => ({
	...{ name, meaning },
	value: ({ narrative }) => narrative.find((one) => one.key === key)?.text ?? ''
});
const target = (
	name: string,
	meaning: string,
	[indicator, span]: readonly [TargetRow['indicator'], TargetRow['span']],
	value: (row: TargetRow) => string
): Single => ({
	...{ name, meaning },
	value: ({ targets }) => {
		const rows = targets.filter((row) => row.indicator === indicator);
		const row = rows.find((one) => one.span === span) ?? rows[0];
		return row ? value(row) : '';
	}
});

const TRAINED = ['trained_share', 'stage'] as const;
const ONLINE = ['online_share', 'period'] as const;
const VERDICTS = { met: 'đạt', missed: 'chưa đạt', none: 'không phát sinh' };
const verdictOf = ({ verdict }: TargetRow) => (verdict ? VERDICTS[verdict] : '');

const SINGLES: readonly Single[] = [
	{ name: 'co_quan_chu_quan', meaning: 'Cơ quan chủ quản', value: ({ heading }) => heading.superior.toUpperCase() },
	{ name: 'co_quan', meaning: 'Cơ quan báo cáo, chữ in hoa', value: ({ heading }) => heading.agency.toUpperCase() },
	{ name: 'don_vi', meaning: 'Đơn vị báo cáo', value: ({ heading }) => heading.unit.name },
	{ name: 'dia_danh', meaning: 'Địa danh', value: ({ heading }) => heading.place },
	{ name: 'ky_bao_cao', meaning: 'Tên kỳ báo cáo', value: ({ heading }) => heading.period },
	{ name: 'tu_ngay', meaning: 'Ngày đầu của kỳ', value: ({ heading }) => formatDay(heading.from) },
	{ name: 'den_ngay', meaning: 'Ngày cuối của kỳ', value: ({ heading }) => formatDay(heading.to) },
	{ name: 'ngay_chot', meaning: 'Ngày chốt số liệu', value: ({ heading }) => formatDay(heading.cutOff) },
	{ name: 'giai_doan', meaning: 'Giai đoạn của kế hoạch', value: ({ heading }) => heading.stage },
	{ name: 'chuc_vu_nguoi_ky', meaning: 'Chức vụ người ký', value: ({ heading }) => heading.signature.title },
	{ name: 'nguoi_ky', meaning: 'Họ và tên người ký', value: ({ heading }) => heading.signature.name },
	target('so_nguoi', 'Số người thuộc đối tượng', TRAINED, ({ share }) => formatNumber(share.whole)),
	target('so_nguoi_tap_huan', 'Số người được tập huấn từ đầu giai đoạn', TRAINED, ({ share }) =>
		formatNumber(share.part)
	),
	target('ty_le_tap_huan', 'Tỷ lệ được tập huấn', TRAINED, ({ share }) => shareText(share)),
	target('ket_qua_tap_huan', 'Đạt hoặc chưa đạt chỉ tiêu về người', TRAINED, verdictOf),
	target('so_hoat_dong', 'Số hoạt động tập huấn trong kỳ', ONLINE, ({ share }) => formatCount(share.whole)),
	target('so_hoat_dong_truc_tuyen', 'Số hoạt động trực tuyến trong kỳ', ONLINE, ({ share }) => formatCount(share.part)),
	target('ty_le_truc_tuyen', 'Tỷ lệ hoạt động tập huấn trực tuyến trong kỳ', ONLINE, ({ share }) => shareText(share)),
	target('ket_qua_truc_tuyen', 'Đạt hoặc chưa đạt chỉ tiêu về hoạt động', ONLINE, verdictOf),
	block('cau_doi_ngu', 'staff', 'Câu về đội ngũ'),
	block('cau_tap_huan', 'trained', 'Câu về tỷ lệ được tập huấn'),
	block('cau_truc_tuyen', 'online', 'Câu về tỷ lệ hoạt động trực tuyến'),
	block('cau_so_sanh', 'compared', 'Câu so với cùng kỳ, đơn vị chưa gửi báo cáo'),
	block('cau_kinh_phi', 'funds', 'Câu về kinh phí'),
	block('chi_dao', 'direction', 'Công tác chỉ đạo, hướng dẫn, kiểm tra'),
	block('hoc_lieu', 'materials', 'Chương trình, học liệu'),
	block('cuoc_thi', 'contests', 'Cuộc thi trực tuyến'),
	block('khao_sat', 'surveys', 'Khảo sát'),
	block('ket_qua', 'results', 'Kết quả đạt được'),
	block('ton_tai', 'shortcomings', 'Tồn tại, hạn chế'),
	block('nguyen_nhan', 'causes', 'Nguyên nhân'),
	block('bai_hoc', 'lessons', 'Bài học kinh nghiệm'),
	block('phuong_huong', 'tasks', 'Phương hướng, nhiệm vụ, giải pháp'),
	block('de_xuat', 'proposals', 'Đề xuất, kiến nghị')
];

/** Forms whose rows a template can repeat; the columns are named in the form's own order. */
const LOOPS: readonly Readonly<{ name: string; table: TableId; meaning: string; columns: readonly string[] }>[] = [
	{
		...{ name: 'doi_ngu', table: '01', meaning: 'Từng nhóm đối tượng' },
		columns: ['tt', 'nhom', 'tong', 'nam', 'nu', 'dtts', 'dh_luat', 'dh_khac', 'khac', 'tang', 'giam']
	},
	{
		...{ name: 'chi_tieu', table: '02', meaning: 'Từng dòng chỉ tiêu' },
		columns: [
			...['tt', 'chi_tieu', 'giai_doan', 'muc_giao', 'tu_so', 'mau_so', 'ty_le', 'dat'],
			...['can_tren', 'cung_ky', 'ghi_chu']
		]
	},
	{
		...{ name: 'hoat_dong', table: '03', meaning: 'Từng hoạt động tập huấn' },
		columns: [
			...['tt', 'ten', 'van_ban', 'chu_tri', 'chuyen_de', 'hinh_thuc', 'thoi_gian', 'so_tiet', 'trieu_tap'],
			...['tham_du', 'hoan_thanh', 'cap_giay', 'nsnn', 'nguon_khac', 'minh_chung']
		]
	},
	{
		...{ name: 'hinh_thuc', table: '04', meaning: 'Từng hình thức' },
		columns: ['tt', 'ten', 'so_hoat_dong', 'ty_le', 'luot_nguoi', 'hoan_thanh', 'so_tiet']
	},
	{
		...{ name: 'theo_don_vi', table: '05', meaning: 'Từng cơ quan, đơn vị' },
		columns: ['tt', 'ten', 'loai', 'so_nguoi', 'da_tap_huan', 'ty_le_tap_huan']
	},
	{ ...{ name: 'kinh_phi', table: '09', meaning: 'Từng năm' }, columns: ['nam', 'nsnn', 'nguon_khac', 'tong'] }
];

/** All that can be named, for the page that explains it and for the check of a template. */
export const TEMPLATE_FIELDS: readonly TemplateField[] = [
	...SINGLES.map(({ name, meaning }) => ({ name, meaning })),
	...LOOPS.map(({ name, meaning, columns }) => ({
		...{ name, meaning },
		columns: columns.map((column) => ({ name: column, meaning: '' }))
	}))
];

/** What a report says for each field. */
export function templateValues(content: ReportContent): TemplateValues {
	return Object.fromEntries([
		...SINGLES.map(({ name, value }) => [name, value(content)] as const),
		...LOOPS.map(({ name, table, columns }) => [name, rowsOf(reportTable(content, table), columns)] as const)
	]);
}

function rowsOf({ rows }: ReportTable, columns: readonly string[]): Record<string, string>[] {
	return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, cellText(row[i])])));
}
