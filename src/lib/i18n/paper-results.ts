import { defineMessages } from './index.ts';

/** Texts of "Nhập kết quả bài làm trên giấy". */
export const paperResultMessages = defineMessages({
	vi: {
		open: 'Nhập kết quả bài làm',
		title: 'Nhập kết quả bài làm trên giấy',
		lead: (codes: string) => `Mã đề của bộ đề này: ${codes}`,
		step: {
			template: 'Tải biểu nhập (Excel)',
			templateHint:
				'Biểu có sẵn danh sách người học chưa làm bài. Ghi mã đề và câu trả lời của từng người; người vắng để trống.',
			file: 'Biểu đã ghi kết quả',
			fileHint: 'Tệp .xlsx; hệ thống kiểm tra trước, chưa nhập vào.',
			check: 'Kiểm tra tệp'
		},
		ready: (count: string, absent: string) => `Có thể nhập ${count} bài làm; ${absent} dòng để trống.`,
		nothing: 'Tệp chưa có bài làm nào.',
		bad: (count: string) => `Có ${count} lỗi. Sửa trong tệp rồi kiểm tra lại; chưa có bài làm nào được nhập.`,
		line: 'Dòng',
		name: 'Họ và tên',
		problem: 'Lỗi',
		enter: (count: string) => `Nhập ${count} bài làm`,
		enterHint:
			'Bài làm được chấm ngay, tính vào kết quả và hoàn thành lớp; không nhập lại được lần hai cho cùng một người.',
		satOn: 'Ngày làm bài trên giấy',
		satOnHint: 'Kết quả và hoàn thành được tính từ ngày này.',
		done: (count: string) => `Đã nhập và chấm ${count} bài làm trên giấy.`,
		problems: {
			unknown_person: 'Không có người học này trong lớp; giữ nguyên cột "Mã tra cứu" của biểu.',
			own_result: 'Không tự nhập kết quả của chính mình; người khác nhập.',
			listed_twice: 'Người học này có hai dòng trong tệp.',
			already_begun: 'Người học này đã có lượt làm bài.',
			no_code: 'Chưa ghi mã đề.',
			unknown_code: 'Mã đề không thuộc bộ đề này.',
			unreadable: 'Câu trả lời không hợp lệ.'
		},
		atQuestion: (number: string, problem: string) => `Câu ${number}: ${problem}`,
		template: {
			title: 'Kết quả bài làm trên giấy',
			key: 'Mã tra cứu (giữ nguyên)',
			name: 'Họ và tên',
			unit: 'Đơn vị',
			code: 'Mã đề',
			question: (number: string) => `Câu ${number}`,
			notes: [
				'Câu chọn một phương án: ghi một chữ cái (B). Câu chọn nhiều phương án: ghi liền các chữ cái (AC).',
				'Câu đúng sai: ghi A (Đúng) hoặc B (Sai). Câu ghép: ghi 1-C, 2-A. Câu sắp xếp: ghi đủ các chữ cái theo thứ tự (B, C, A).',
				'Câu điền vào chỗ trống: ghi lần lượt, cách nhau bằng dấu chấm phẩy. Câu viết: ghi nguyên văn; câu tự luận vào hàng chờ chấm.',
				'Câu bỏ trống để trống. Người vắng để trống cả dòng.'
			]
		}
	},
	en: {
		open: 'Enter results',
		title: 'Enter results of a paper sitting',
		lead: (codes: string) => `Variants of this printed paper: ${codes}`,
		step: {
			template: 'Download the form (Excel)',
			templateHint:
				'It lists the learners without an attempt. Write the variant and the answers; leave absent people blank.',
			file: 'The filled-in form',
			fileHint: 'An .xlsx file; it is checked first and nothing is entered.',
			check: 'Check the file'
		},
		ready: (count: string, absent: string) => `${count} papers can be entered; ${absent} lines are blank.`,
		nothing: 'The file holds no results.',
		bad: (count: string) => `${count} errors. Mend them in the file and check again; nothing was entered.`,
		line: 'Line',
		name: 'Name',
		problem: 'Error',
		enter: (count: string) => `Enter ${count} papers`,
		enterHint: 'They are marked at once and count for results and completion; nobody can be entered twice.',
		satOn: 'Day of the sitting on paper',
		satOnHint: 'Results and completions count from this day.',
		done: (count: string) => `${count} papers were entered and marked.`,
		problems: {
			unknown_person: 'No such learner in the class; leave the first column as it is.',
			own_result: 'Nobody enters a result of their own; somebody else must.',
			listed_twice: 'This learner has two lines in the file.',
			already_begun: 'This learner has an attempt already.',
			no_code: 'The variant is missing.',
			unknown_code: 'This printed paper has no such variant.',
			unreadable: 'The answer cannot be read.'
		},
		atQuestion: (number: string, problem: string) => `Question ${number}: ${problem}`,
		template: { title: '', key: '', name: '', unit: '', code: '', question: (number: string) => number, notes: [] }
	}
});
