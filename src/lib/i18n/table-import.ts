import { formatNumber } from './format.ts';
import { defineMessages } from './index.ts';

/** Words of the pages that take in a table of units or of activities. */
export const tableImportMessages = defineMessages({
	vi: {
		room: 'Nhập từ Excel',
		units: {
			title: 'Nhập danh sách cơ quan, đơn vị',
			lead: 'Bốn cột theo thứ tự: mã, tên, loại, mã cấp trên (bỏ trống là trực thuộc tỉnh). Mã đã có giữ nguyên, nên gửi lại tệp có thêm dòng cũng không tạo trùng.',
			undoQuestion: 'Bỏ các đơn vị do lần nhập này tạo. Đơn vị đã có người, lớp, vai trò hoặc đã sửa thì giữ nguyên.'
		},
		activities: {
			title: 'Nhập hoạt động đã tổ chức',
			lead: 'Mỗi dòng một lớp đã kết thúc. Cột bắt buộc: Tên lớp, Hình thức, Từ ngày, Số tiết, Số văn bản; cột khác như sổ theo dõi xuất ra. Người dự nhập tiếp ở từng lớp, mục Nhập danh sách.',
			undoQuestion: 'Bỏ các lớp do lần nhập này ghi. Lớp đã có người dự, minh chứng hoặc đã sửa thì giữ nguyên.'
		},
		open: 'Nhập từ Excel',
		file: 'Tệp Excel hoặc CSV',
		paste: 'Hoặc dán bảng từ Excel',
		pasteHint: 'Chọn các ô trong Excel, chép rồi dán vào đây.',
		validFrom: 'Có hiệu lực từ ngày',
		template: 'Tải tệp mẫu',
		check: 'Kiểm tra',
		checked: (good: number, unchanged: number, bad: number) =>
			`Kiểm tra xong: ${formatNumber(good)} dòng mới, ${formatNumber(unchanged)} dòng đã có, ${formatNumber(bad)} dòng lỗi. Chưa ghi gì.`,
		preview: 'Sẽ nhập',
		rest: (n: number) => `và ${formatNumber(n)} dòng nữa`,
		confirm: (n: number) => `Nhập ${formatNumber(n)} dòng hợp lệ`,
		again: 'Chọn tệp khác',
		nothing: 'Không có dòng mới nào để nhập.',
		problems: 'Dòng lỗi',
		line: (n: number, text: string) => `Dòng ${n}: ${text}.`,
		downloadErrors: 'Tải các dòng lỗi',
		errorSheet: 'Dòng lỗi',
		errorHeading: 'Lỗi',
		lineHeading: 'Dòng',
		done: (n: number) => `Đã nhập ${formatNumber(n)} dòng.`,
		history: 'Các lần nhập gần đây',
		pasted: 'Bảng được dán',
		entry: (name: string, lines: number) => `${name}: ${formatNumber(lines)} dòng`,
		undo: 'Hoàn tác cả lần nhập',
		undone: 'Đã hoàn tác',
		undoneNow: (removed: number, left: number) =>
			`Đã bỏ ${formatNumber(removed)} dòng.${left > 0 ? ` ${formatNumber(left)} dòng đã được dùng hoặc sửa nên giữ nguyên.` : ''}`
	},
	en: {
		room: 'Import from Excel',
		units: {
			title: 'Import units',
			lead: 'Four columns in this order: code, name, type, code of the superior (empty: the province). Codes that exist stay as they are, so a file with more lines can be sent again.',
			undoQuestion: 'Removes the units this import made. Units with people, classes, roles or edits stay.'
		},
		activities: {
			title: 'Import activities that were held',
			lead: 'One line a class that has ended. Needed: class, mode, first day, periods, document; other columns as in the exported register. Who was there comes as a list onto each class.',
			undoQuestion: 'Removes the classes this import recorded. Classes with people, evidence or edits stay.'
		},
		open: 'Import from Excel',
		file: 'Excel or CSV file',
		paste: 'Or paste a table from Excel',
		pasteHint: 'Select the cells in Excel, copy, and paste them here.',
		validFrom: 'Valid from',
		template: 'Template',
		check: 'Check',
		checked: (good: number, unchanged: number, bad: number) =>
			`Checked: ${formatNumber(good, 'en')} new lines, ${formatNumber(unchanged, 'en')} known, ${formatNumber(bad, 'en')} with errors. Nothing is written yet.`,
		preview: 'To be imported',
		rest: (n: number) => `and ${formatNumber(n, 'en')} more`,
		confirm: (n: number) => `Import ${formatNumber(n, 'en')} lines`,
		again: 'Another file',
		nothing: 'There is no new line to import.',
		problems: 'Lines with errors',
		line: (n: number, text: string) => `Line ${n}: ${text}.`,
		downloadErrors: 'Download the lines with errors',
		errorSheet: 'Errors',
		errorHeading: 'Error',
		lineHeading: 'Line',
		done: (n: number) => `${formatNumber(n, 'en')} lines were imported.`,
		history: 'Latest imports',
		pasted: 'Pasted table',
		entry: (name: string, lines: number) => `${name}: ${formatNumber(lines, 'en')} lines`,
		undo: 'Take the import back',
		undone: 'Taken back',
		undoneNow: (removed: number, left: number) =>
			`${formatNumber(removed, 'en')} lines were removed.${left > 0 ? ` ${formatNumber(left, 'en')} were used or changed since and stay.` : ''}`
	}
});
