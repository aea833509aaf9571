import ExcelJS from 'exceljs';
import { TEMPLATE_COLUMNS } from '#lib/organisation/roster-fields.ts';

const EXAMPLE = [
	'Nguyễn Thị Minh Họa',
	'05/03/1980',
	'Nữ',
	'024180000001',
	'0912345678',
	'minhhoa@example.gov.vn',
	'MÃ-ĐƠN-VỊ',
	'Chuyên viên',
	'Báo cáo viên pháp luật; Cán bộ tham mưu PBGDPL',
	'Tỉnh',
	'158/QĐ-UBND',
	'05/03/2026',
	'Đất đai; Hôn nhân và gia đình',
	'Đại học Luật',
	'5',
	'05/03/2026',
	'',
	''
];

const RULES = (categories: readonly string[]) => [
	['Mỗi người một dòng. Các cột có dấu (*) là bắt buộc. Xóa dòng ví dụ trước khi gửi.'],
	['Ngày nhập theo dạng ngày/tháng/năm (05/03/2026); ngày sinh có thể chỉ ghi năm (1980).'],
	['Các cột đã định dạng văn bản để không mất số 0 ở đầu số định danh và số điện thoại.'],
	['Mã đơn vị: mã trong mục «Cơ quan, đơn vị», hoặc tên đầy đủ của đơn vị.'],
	['Nhiều nhóm đối tượng hoặc lĩnh vực cách nhau bằng dấu chấm phẩy (;).'],
	[`Nhóm đối tượng: ${categories.join('; ')}.`],
	['Cấp: Trung ương; Tỉnh; Xã. Giới tính: Nam; Nữ.']
];

/** The template of roster files ("Tải tệp mẫu"): headings, one example, and a second sheet with the rules. */
export async function rosterTemplate(categories: readonly string[]): Promise<Buffer> {
	const workbook = new ExcelJS.Workbook();
	const sheet = workbook.addWorksheet('Danh sách', { views: [{ state: 'frozen', ySplit: 1 }] });
	sheet.columns = TEMPLATE_COLUMNS.map(({ heading, isRequired }) => ({
		header: isRequired ? `${heading} (*)` : heading,
		width: Math.max(14, heading.length + 4),
		style: { numFmt: '@' }
	}));
	sheet.getRow(1).font = { bold: true };
	sheet.addRow(EXAMPLE).font = { italic: true, color: { argb: 'FF6B7280' } };
	const rules = workbook.addWorksheet('Quy ước');
	rules.getColumn(1).width = 110;
	rules.getColumn(1).alignment = { wrapText: true };
	rules.addRows(RULES(categories));
	return Buffer.from(await workbook.xlsx.writeBuffer());
}
