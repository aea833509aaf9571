import { defineMessages } from './index.ts';

/** Texts of the page "Đề thi trên giấy". What stands on the sheets is Vietnamese in both languages. */
export const printedPaperMessages = defineMessages({
	vi: {
		open: 'In đề thi trên giấy',
		title: 'Đề thi trên giấy',
		lead: (paper: string) => `Mỗi lần tạo lấy một bộ câu hỏi từ đề, sắp xếp thành các mã đề. Đề: ${paper}`,
		make: {
			title: 'Tạo bộ đề in',
			count: 'Số mã đề',
			countHint: 'Từ 1 đến 8. Các mã đề có cùng câu hỏi.',
			shufflesQuestions: 'Đảo thứ tự câu hỏi',
			shufflesOptions: 'Đảo thứ tự phương án',
			optionsHint: 'Câu có phương án phụ thuộc thứ tự (ví dụ "Cả A và B") được giữ nguyên.',
			submit: 'Tạo bộ đề',
			done: 'Đã tạo bộ đề in.'
		},
		madeAt: (time: string) => `Bộ đề tạo lúc ${time}`,
		questions: (count: string) => `${count} câu`,
		code: 'Mã đề',
		exam: 'Đề thi',
		sheet: 'Phiếu trả lời',
		key: 'Đáp án các mã đề',
		keyHint: 'Mỗi lần tải đáp án được ghi vào nhật ký hệ thống.',
		fileOf: (what: string, code: string, format: string) => `${what} mã đề ${code}, tệp ${format}`,
		fileOfAll: (what: string, format: string) => `${what}, tệp ${format}`,
		unprintable: 'Các câu sau có hình ảnh, âm thanh hoặc video không in được; đề in ghi chú tại chỗ:',
		unprintableIn: (number: string, code: string) => `Câu ${number} (mã đề ${code})`,
		none: 'Chưa có bộ đề in nào.'
	},
	en: {
		open: 'Print the quiz on paper',
		title: 'Quiz on paper',
		lead: (paper: string) => `Each time one set of questions is drawn and laid out in variants. Paper: ${paper}`,
		make: {
			title: 'Make a printed paper',
			count: 'Variants',
			countHint: 'From 1 to 8. All variants ask the same questions.',
			shufflesQuestions: 'Shuffle questions',
			shufflesOptions: 'Shuffle options',
			optionsHint: 'Options that refer to each other keep their order.',
			submit: 'Make',
			done: 'The printed paper is made.'
		},
		madeAt: (time: string) => `Made at ${time}`,
		questions: (count: string) => `${count} questions`,
		code: 'Variant',
		exam: 'Questions',
		sheet: 'Answer sheet',
		key: 'Keys of all variants',
		keyHint: 'Each download of the keys goes into the log.',
		fileOf: (what: string, code: string, format: string) => `${what} of variant ${code}, ${format} file`,
		fileOfAll: (what: string, format: string) => `${what}, ${format} file`,
		unprintable:
			'These questions show pictures, sound or video that cannot be printed; the sheet says so in their place:',
		unprintableIn: (number: string, code: string) => `Question ${number} (variant ${code})`,
		none: 'No printed paper yet.'
	}
});

/** What stands on the sheets. */
export const printedSheetTexts = {
	exam: 'ĐỀ KIỂM TRA',
	sheet: 'PHIẾU TRẢ LỜI',
	key: 'ĐÁP ÁN',
	className: (name: string) => `Lớp: ${name}`,
	time: (minutes: string) => `Thời gian làm bài: ${minutes} phút`,
	code: (code: string) => `Mã đề: ${code}`,
	footer: (code: string) => `Mã đề ${code} - Trang `,
	keyFooter: 'Đáp án - Trang ',
	name: 'Họ và tên:',
	born: 'Ngày sinh:',
	unit: 'Đơn vị:',
	question: (number: string) => `Câu ${number}.`,
	several: '(Chọn một hoặc nhiều phương án)',
	isTrue: 'Đúng',
	isFalse: 'Sai',
	matching: 'Ghép mỗi mục ở phần số với một mục ở phần chữ:',
	ordering: 'Sắp xếp các mục sau theo thứ tự đúng:',
	answerUnit: (unit: string) => `(Đơn vị: ${unit})`,
	onSheet: '(Viết câu trả lời vào phiếu trả lời)',
	media: '[Hình ảnh, âm thanh hoặc video không in được]',
	end: '--- HẾT ---',
	examiners: ['Điểm', 'Người chấm thứ nhất', 'Người chấm thứ hai'],
	tick: 'Phần chọn phương án: đánh dấu X vào ô của phương án đúng. Muốn đổi thì khoanh tròn ô cũ và đánh dấu ô mới.',
	write: 'Phần viết câu trả lời:',
	number: 'Câu',
	byHand: 'Chấm tay'
};
