import type { RowProblem } from '../organisation/roster-import.ts';
import { formatDay } from './format.ts';
import { defineMessages, type Locale } from './index.ts';

/** Sentences about one row of a roster file; they follow "Dòng 12: ". `{name}` places are filled from the params. */
const rowMessages = defineMessages({
	vi: {
		line: (row: string, sentence: string) => `Dòng ${row}: ${sentence}.`,
		name_missing: 'thiếu họ và tên',
		name_unreadable: 'họ và tên «{text}» có chữ số',
		name_in_capitals: 'họ và tên «{text}» viết hoa toàn bộ, được giữ nguyên',
		birth_unreadable: 'ngày sinh «{text}» không hợp lệ, nhập theo dạng ngày/tháng/năm hoặc chỉ năm',
		day_unreadable: 'ngày «{text}» không hợp lệ, nhập theo dạng ngày/tháng/năm',
		valid_from_missing: 'thiếu ngày bắt đầu',
		valid_from_future: 'ngày bắt đầu {day} sau hôm nay',
		valid_to_before_from: 'ngày kết thúc không sau ngày bắt đầu',
		category_missing: 'thiếu nhóm đối tượng',
		category_unknown: 'không có nhóm đối tượng «{text}»',
		personal_number_invalid: 'số định danh cá nhân phải gồm đúng 12 chữ số',
		personal_number_padded: 'số định danh cá nhân thiếu số 0 ở đầu, đã được bổ sung',
		phone_not_mobile: 'số điện thoại «{text}» không phải số di động hợp lệ, không được nhập',
		email_unreadable: 'thư điện tử «{text}» không hợp lệ, không được nhập',
		gender_unreadable: 'giới tính «{text}» không rõ, không được nhập',
		years_unreadable: 'số năm kinh nghiệm «{text}» không rõ, không được nhập',
		unit_missing: 'thiếu đơn vị',
		unit_not_found: 'không tìm thấy đơn vị «{text}»',
		unit_ambiguous: 'có nhiều đơn vị tên «{text}», đề nghị dùng mã đơn vị',
		unit_gives_aggregates: 'đơn vị «{text}» cung cấp số liệu tổng hợp, không nhập danh sách tên',
		number_of_another: 'số định danh cá nhân đã có trong danh sách với họ tên «{name}»',
		in_other_unit: 'người này đã có trong danh sách của đơn vị khác',
		in_named_unit:
			'người này đã có trong danh sách của đơn vị khác («{unit}»); nếu đã chuyển công tác, thực hiện «Chuyển đơn vị» trước',
		several_same_name: 'trong đơn vị có nhiều người cùng họ tên, đề nghị ghi số định danh cá nhân hoặc ngày sinh',
		lookalike: 'trùng họ tên và năm sinh với một người của «{unit}»; được nhập là người khác',
		mapping_name_missing: 'chưa chọn cột «Họ và tên»',
		mapping_unit_missing: 'chưa chọn cột đơn vị và chưa chọn đơn vị chung cho cả tệp'
	},
	en: {
		line: (row: string, sentence: string) => `Row ${row}: ${sentence}.`,
		name_missing: 'the full name is missing',
		name_unreadable: 'the full name “{text}” holds digits',
		name_in_capitals: 'the full name “{text}” is in capitals and is kept so',
		birth_unreadable: 'the date of birth “{text}” is not valid; use day/month/year or the year alone',
		day_unreadable: 'the date “{text}” is not valid; use day/month/year',
		valid_from_missing: 'the start date is missing',
		valid_from_future: 'the start date {day} is later than today',
		valid_to_before_from: 'the end date is not after the start date',
		category_missing: 'the category is missing',
		category_unknown: 'there is no category “{text}”',
		personal_number_invalid: 'a personal number has exactly 12 digits',
		personal_number_padded: 'the personal number had lost its leading zero, which was put back',
		phone_not_mobile: '“{text}” is no valid mobile number and is left out',
		email_unreadable: '“{text}” is no valid e-mail address and is left out',
		gender_unreadable: 'the gender “{text}” is not known and is left out',
		years_unreadable: 'the years of experience “{text}” are not known and are left out',
		unit_missing: 'the unit is missing',
		unit_not_found: 'the unit “{text}” was not found',
		unit_ambiguous: 'several units are named “{text}”; please use the unit code',
		unit_gives_aggregates: 'the unit “{text}” gives head counts and takes no names',
		number_of_another: 'the personal number belongs to “{name}” on the roster',
		in_other_unit: 'this person is on the roster of another unit',
		in_named_unit: 'this person is on the roster of “{unit}”; transfer them first if they have moved',
		several_same_name:
			'several people of the unit have this name; please give the personal number or the date of birth',
		lookalike: 'the same name and year of birth as someone of “{unit}”; taken in as another person',
		mapping_name_missing: 'no column is chosen for the full name',
		mapping_unit_missing: 'no column is chosen for the unit, and no unit for the whole file'
	}
});

/** "Dòng 12: không tìm thấy đơn vị «UBND xã Yên Thế»." */
export function rowSentence(locale: Locale, problem: RowProblem): string {
	const sentence = problemText(locale, problem);
	if (problem.row === 0) return `${sentence.charAt(0).toLocaleUpperCase('vi')}${sentence.slice(1)}.`;
	return rowMessages[locale].line(String(problem.row), sentence);
}

/** The same without the row's number, for a column of its own. */
export function problemText(locale: Locale, { code, params = {} }: RowProblem): string {
	const texts: Record<string, unknown> = rowMessages[locale];
	const sentence = texts[code];
	if (typeof sentence !== 'string') return code;
	return sentence.replace(/\{(\w+)\}/g, (_, name: string) => shown(params[name]));
}

function shown(value: string | number | undefined): string {
	const text = String(value ?? '');
	return /^\d{4}-\d{2}-\d{2}$/.test(text) ? formatDay(text) : text;
}
