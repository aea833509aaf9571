import { formatDay, formatNumber } from '#lib/i18n/format.ts';
import { organisationMessages } from '#lib/i18n/organisation.ts';
import { trainingMessages } from '#lib/i18n/training.ts';
import { shareText, type Share } from '#lib/indicators/share.ts';
import { isManualTable, manualTable } from './manual-forms.ts';
import type { ReportContent, SubmissionMark, TargetRow } from './report-content.ts';
import type { Column, ReportTable } from './report-table.ts';

/** All forms in their order. */
export const TABLE_IDS = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11'] as const;
export type TableId = (typeof TABLE_IDS)[number];

/** One form of a report. Columns are those of the province's report outline, mục 4; titles and headings are Vietnamese only. */
export function reportTable(content: ReportContent, id: TableId): ReportTable {
	if (isManualTable(id)) return manualTable(id, content.manual[id]);
	return { '01': staff, '02': targets, '03': activities, '04': modes, '05': units, '09': budget }[id](content);
}

const NO: Column = { label: 'TT', width: 4 };
const text = (label: string, width: number): Column => ({ label, width, isText: true });
const number = (label: string, width = 8): Column => ({ label, width });
const percent = (label: string, part: number, whole: number, width = 9): Column => ({
	...{ label, width, percent: { part: [part], whole: [whole] } }
});
const ratio = ({ part, whole }: Share) => `${formatNumber(part)}/${formatNumber(whole)}`;

function staff({ staff: rows, notes }: ReportContent): ReportTable {
	return {
		...{ id: '01', title: 'Đội ngũ thuộc đối tượng tập huấn', isManual: false },
		columns: [
			...[NO, text('Nhóm đối tượng', 28), number('Tổng số'), number('Nam'), number('Nữ'), number('DTTS')],
			...[number('Đại học luật trở lên'), number('Đại học khác'), number('Khác')],
			...[number('Tăng trong kỳ'), number('Giảm trong kỳ')]
		],
		rows: rows.map((row, i) => [
			...[row.code === 'total' ? null : i + 1, row.name, row.total, row.male, row.female, row.ethnicMinority],
			...[row.lawDegree, row.otherDegree, row.otherQualification, row.increase, row.decrease]
		]),
		footnotes: ['Một người thuộc nhiều nhóm được tính ở từng nhóm và chỉ một lần trong tổng số.', ...notes]
	};
}

const VERDICTS = { met: 'Đạt', missed: 'Chưa đạt', none: 'Không phát sinh' };

function targets({ targets: rows, heading }: ReportContent): ReportTable {
	const level = ({ comparison, percent: value }: TargetRow) =>
		value === null ? '' : `${comparison === 'above' ? 'Trên ' : ''}${value}%`;
	const span = (row: TargetRow) => (row.span === 'stage' ? `Giai đoạn ${heading.stage}` : 'Trong kỳ báo cáo');
	const compared = (row: TargetRow) =>
		row.verdict === null || row.verdict === 'none' || heading.isProvince ? '' : 'So với mức chung của tỉnh';
	return {
		...{ id: '02', title: 'Thực hiện chỉ tiêu Đề án theo Quyết định số 766/QĐ-TTg', isManual: false },
		columns: [
			...[NO, text('Chỉ tiêu (nguyên văn)', 30), text('Giai đoạn', 11), text('Mức giao', 8)],
			...[number('Tử số', 7), number('Mẫu số', 7), percent('Tỷ lệ', 4, 5), text('Đạt, chưa đạt', 8)],
			...[number('Cận trên (kể cả kết hợp)', 9), text('Cùng kỳ', 11), text('Ghi chú', 9)]
		],
		rows: rows.map((row, i) => [
			...[i + 1, row.wording, span(row), level(row), row.share.part, row.share.whole, row.share],
			...[row.verdict === null ? '' : VERDICTS[row.verdict], row.upper],
			...[row.lastYear.whole === 0 ? shareText(row.lastYear) : `${ratio(row.lastYear)} (${shareText(row.lastYear)})`],
			compared(row)
		]),
		footnotes: []
	};
}

function activities({ activities: rows }: ReportContent): ReportTable {
	const { modes: names } = trainingMessages.vi;
	return {
		...{ id: '03', title: 'Danh mục hoạt động tập huấn', isManual: false },
		columns: [
			...[NO, text('Tên lớp, hội nghị', 20), text('Số, ngày văn bản', 11), text('Đơn vị chủ trì', 13)],
			...[text('Chuyên đề', 13), text('Hình thức', 9), text('Thời gian', 10), number('Số tiết', 5)],
			...[number('Triệu tập', 6), number('Tham dự', 6), number('Hoàn thành', 6), number('Được cấp giấy', 6)],
			...[number('NSNN (đồng)', 9), number('Nguồn khác (đồng)', 9), number('Minh chứng (tệp)', 6)]
		],
		rows: rows.map((row, i) => [
			...[i + 1, row.title],
			[row.documentNo || row.approver, row.documentDate && formatDay(row.documentDate)].filter(Boolean).join(', '),
			...[row.organiser, row.topics.join('; '), names[row.mode]],
			`${formatDay(row.startsOn)} – ${formatDay(row.endedOn)}`,
			...[row.teachingPeriods, row.summoned, row.attended, row.completed, row.certificates],
			...[row.stateBudgetVnd, row.otherFundsVnd, row.evidenceCount]
		]),
		total: { label: 'Tổng cộng', columns: [7, 8, 9, 10, 11, 12, 13, 14] },
		footnotes: []
	};
}

function modes({ modes: rows }: ReportContent): ReportTable {
	const { modes: names } = trainingMessages.vi;
	const all = rows.reduce((sum, row) => sum + row.activities, 0);
	return {
		...{ id: '04', title: 'Hoạt động tập huấn theo hình thức', isManual: false },
		columns: [
			...[NO, text('Hình thức', 24), number('Số hoạt động', 10), number('Tỷ lệ', 10), number('Lượt người', 10)],
			...[number('Số người hoàn thành', 12), number('Tổng số tiết', 10)]
		],
		rows: rows.map((row, i) => [
			...[i + 1, names[row.mode], row.activities, { part: row.activities, whole: all }],
			...[row.attendances, row.completed, row.teachingPeriods]
		]),
		total: { label: 'Tổng cộng', columns: [2, 4, 6] },
		footnotes: ['Số người hoàn thành không cộng: một người có thể học nhiều hình thức.']
	};
}

const SUBMISSIONS: Readonly<Record<SubmissionMark, string>> = {
	not_sent: 'Chưa gửi',
	sent: 'Đã gửi',
	returned: 'Bị trả lại',
	accepted: 'Đã tiếp nhận'
};

function units({ units: rows, staff: groups, heading }: ReportContent): ReportTable {
	const { unitTypes } = organisationMessages.vi;
	const categories = groups.filter(({ code }) => code !== 'total');
	const first = 6 + categories.length;
	return {
		...{ id: '05', title: 'Kết quả theo cơ quan, đơn vị', isManual: false },
		columns: [
			...[NO, text('Cơ quan, đơn vị', 22), text('Loại', 12), number('Đối tượng'), number('Đã được tập huấn')],
			percent('Tỷ lệ', 4, 3),
			...categories.map(({ name }) => text(`${name} (đã tập huấn/đối tượng)`, 11)),
			...[number('Số hoạt động', 7), number('Trực tuyến', 7), percent('Tỷ lệ', first + 1, first)],
			text('Trạng thái gửi báo cáo', 9)
		],
		rows: rows.map((row, i) => [
			...[i + 1, row.isDirect ? `${heading.unit.name} (trực tiếp)` : row.name],
			...[unitTypes[row.type as keyof typeof unitTypes] ?? '', row.trained.whole, row.trained.part, row.trained],
			...row.byCategory.map(({ share }) => ratio(share)),
			...[row.online.whole, row.online.part, row.online],
			row.submission ? SUBMISSIONS[row.submission] : ''
		]),
		total: { label: 'Tổng cộng', columns: [3, 4, first, first + 1] },
		footnotes: ['Tỷ lệ của tỉnh tính trên tổng số, không phải trung bình các đơn vị.']
	};
}

function budget({ budget: rows }: ReportContent): ReportTable {
	return {
		...{ id: '09', title: 'Kinh phí', isManual: false },
		columns: [
			...[text('Năm', 12), number('Từ nguồn ngân sách Nhà nước (đồng)', 24), number('Từ các nguồn khác (đồng)', 24)],
			{ label: 'Tổng (đồng)', width: 24, sum: [1, 2] }
		],
		rows: rows.map(({ year, stateBudgetVnd, otherFundsVnd }) => [
			...[String(year), stateBudgetVnd, otherFundsVnd, stateBudgetVnd + otherFundsVnd]
		]),
		total: { label: 'Tổng cộng', columns: [1, 2, 3] },
		footnotes: []
	};
}
