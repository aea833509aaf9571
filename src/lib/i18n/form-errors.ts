import type { Locale } from './index.ts';

/** Values for the `{name}` places of a sentence. */
export type ErrorParams = Readonly<Record<string, string | number>>;

export type Sentence = readonly [vi: string, en: string];

export const UNKNOWN: Sentence = [
	'Hệ thống đang bận, đề nghị thử lại sau ít phút.',
	'The system is busy. Please try again in a few minutes.'
];

/** What may be wrong with one field of any form (`form.*`): few and wanted at once, so that every page carries them. */
export const FORM_SENTENCES: Readonly<Record<string, Sentence>> = {
	'form.required': ['Trường này là bắt buộc.', 'This field is required.'],
	'form.invalid': ['Giá trị không hợp lệ.', 'This value is not valid.'],
	'form.issues': ['Một số trường chưa đúng, đề nghị kiểm tra lại.', 'Some fields need to be checked.'],
	'form.phone': [
		'Số điện thoại không hợp lệ (ví dụ: 0912345678).',
		'This phone number is not valid (example: 0912345678).'
	],
	'form.personal_number': [
		'Số định danh cá nhân phải gồm đúng 12 chữ số.',
		'A personal identification number has exactly 12 digits.'
	],
	'form.date': [
		'Ngày không hợp lệ, nhập theo dạng ngày/tháng/năm.',
		'This date is not valid; enter it as day/month/year.'
	],
	'form.clock': ['Giờ không hợp lệ, nhập theo dạng 08:30.', 'This time is not valid; enter it as 08:30.'],
	'form.clock_order': ['Giờ kết thúc phải sau giờ bắt đầu.', 'The end must be after the beginning.'],
	'form.date_order': [
		'Ngày kết thúc không được trước ngày bắt đầu.',
		'The end date must not be before the start date.'
	],
	'form.date_future': ['Ngày không được sau hôm nay.', 'The date must not be later than today.'],
	'form.email': ['Địa chỉ thư điện tử không hợp lệ.', 'This e-mail address is not valid.'],
	'form.url': ['Đường dẫn không hợp lệ.', 'This link is not valid.'],
	'form.too_short': ['Nội dung quá ngắn.', 'This text is too short.'],
	'form.password_too_short': ['Mật khẩu phải có ít nhất 8 ký tự.', 'The password must have at least 8 characters.'],
	'form.username': [
		'Tên đăng nhập gồm 3 đến 40 chữ cái không dấu, chữ số, dấu chấm, gạch dưới hoặc gạch ngang.',
		'A user name has 3 to 40 letters without marks, digits, dots, underscores or hyphens.'
	],
	'form.too_long': ['Nội dung quá dài.', 'This text is too long.'],
	'form.number': ['Đề nghị nhập một số.', 'Please enter a number.'],
	'form.whole_number': ['Đề nghị nhập một số nguyên.', 'Please enter a whole number.'],
	'form.too_small': ['Số nhỏ hơn mức cho phép.', 'This number is too small.'],
	'form.too_large': ['Số lớn hơn mức cho phép.', 'This number is too large.'],
	'form.choice': ['Đề nghị chọn một mục trong danh sách.', 'Please choose one of the options.'],
	'form.too_many': ['Quá nhiều mục.', 'Too many entries.'],
	'form.choose_one': ['Đề nghị chọn ít nhất một mục.', 'Please choose at least one.'],
	'form.file_required': ['Đề nghị chọn một tệp.', 'Please choose a file.'],
	'form.file_type': ['Loại tệp này không được chấp nhận.', 'This type of file is not accepted.'],
	'form.bad_picture': [
		'Tệp ảnh bị hỏng hoặc quá lớn, không đọc được.',
		'The image is damaged or too large to be read.'
	],
	'form.file_too_large': [
		'Tệp vượt quá dung lượng cho phép ({limit}).',
		'The file is larger than the limit ({limit}).'
	],
	'form.stale': [
		'Người khác vừa sửa nội dung này. Đề nghị tải lại trang rồi sửa lại.',
		'Someone else has just changed this. Please reload the page and edit again.'
	]
};

/** Characters of a value that a sentence shows. */
const SHOWN = 120;

/** A sentence in one language with its `{name}` places filled. */
export function fillIn(sentence: Sentence, locale: Locale, params: ErrorParams): string {
	return sentence[locale === 'vi' ? 0 : 1].replace(/\{(\w+)\}/g, (place, name: string) =>
		readable(String(params[name] ?? place))
	);
}

/** Values come from files too, damaged ones among them: no control characters, and not without end. */
function readable(value: string): string {
	const plain = value.replace(/\p{C}+/gu, '·');
	return plain.length > SHOWN ? `${plain.slice(0, SHOWN)}…` : plain;
}
