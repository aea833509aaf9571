import type { Locale } from './index.ts';

/** Values for the `{name}` places of a sentence. */
export type ErrorParams = Readonly<Record<string, string | number>>;

type Sentence = readonly [vi: string, en: string];

const UNKNOWN: Sentence = [
	'Hệ thống đang bận, đề nghị thử lại sau ít phút.',
	'The system is busy. Please try again in a few minutes.'
];

/**
 * One sentence per code, for issues of a form field (`form.*`), for rules that said no (`module.reason` of a DomainError)
 * and for error pages (`page.*`). Each module keeps its codes together; `{name}` places are filled from the params.
 */
const SENTENCES: Readonly<Record<string, Sentence>> = {
	// Form fields
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
	'form.date_order': [
		'Ngày kết thúc không được trước ngày bắt đầu.',
		'The end date must not be before the start date.'
	],
	'form.date_future': ['Ngày không được sau hôm nay.', 'The date must not be later than today.'],
	'form.email': ['Địa chỉ thư điện tử không hợp lệ.', 'This e-mail address is not valid.'],
	'form.url': ['Đường dẫn không hợp lệ.', 'This link is not valid.'],
	'form.too_short': ['Nội dung quá ngắn.', 'This text is too short.'],
	'form.too_long': ['Nội dung quá dài.', 'This text is too long.'],
	'form.number': ['Đề nghị nhập một số.', 'Please enter a number.'],
	'form.whole_number': ['Đề nghị nhập một số nguyên.', 'Please enter a whole number.'],
	'form.too_small': ['Số nhỏ hơn mức cho phép.', 'This number is too small.'],
	'form.too_large': ['Số lớn hơn mức cho phép.', 'This number is too large.'],
	'form.choice': ['Đề nghị chọn một mục trong danh sách.', 'Please choose one of the options.'],
	'form.choose_one': ['Đề nghị chọn ít nhất một mục.', 'Please choose at least one.'],
	'form.file_required': ['Đề nghị chọn một tệp.', 'Please choose a file.'],
	'form.file_type': ['Loại tệp này không được chấp nhận.', 'This type of file is not accepted.'],
	'form.file_too_large': [
		'Tệp vượt quá dung lượng cho phép ({limit}).',
		'The file is larger than the limit ({limit}).'
	],
	'form.stale': [
		'Người khác vừa sửa nội dung này. Đề nghị tải lại trang rồi sửa lại.',
		'Someone else has just changed this. Please reload the page and edit again.'
	],

	// Whole pages
	'page.not_found': ['Không tìm thấy trang này.', 'This page could not be found.'],
	'page.forbidden': [
		'Ông/Bà không có quyền thực hiện chức năng này.',
		'You do not have permission to do this.'
	],
	'page.internal': UNKNOWN,
	'page.offline': [
		'Mất kết nối mạng. Đề nghị kiểm tra đường truyền rồi thử lại.',
		'There is no network connection. Please check it and try again.'
	],

	// identity
	'identity.sign_in_required': ['Đề nghị đăng nhập để tiếp tục.', 'Please sign in to continue.'],
	'identity.session_expired': [
		'Phiên làm việc đã hết hạn. Đề nghị đăng nhập lại.',
		'Your session has ended. Please sign in again.'
	],
	'identity.not_permitted': [
		'Ông/Bà không có quyền thực hiện chức năng này.',
		'You do not have permission to do this.'
	],
	'identity.wrong_credentials': [
		'Tên đăng nhập hoặc mật khẩu không đúng.',
		'The user name or the password is not correct.'
	],
	'identity.too_many_attempts': [
		'Đăng nhập sai nhiều lần, đề nghị thử lại sau {n} giây.',
		'Too many failed attempts. Please try again in {n} seconds.'
	],

	// learning
	'learning.playback_taken_over': [
		'Bài học đang được mở trên một thiết bị khác. Chọn «Học tiếp tại đây» để tiếp tục trên thiết bị này.',
		'This lesson is open on another device. Choose “Continue here” to go on with this one.'
	]
};

/** The sentence of a code in one language; a code without a sentence of its own gets a general one, never the bare code. */
export function errorText(locale: Locale, code: string, params: ErrorParams = {}): string {
	const sentence = SENTENCES[code] ?? (code.startsWith('form.') ? SENTENCES['form.invalid'] : undefined) ?? UNKNOWN;
	return sentence[locale === 'vi' ? 0 : 1].replace(/\{(\w+)\}/g, (place, name: string) => String(params[name] ?? place));
}
