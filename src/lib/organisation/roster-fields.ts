import { matchKey } from '../text/fold.ts';

/** What a column of a roster file can mean (the columns of the roster, and ways that lists split or join them). */
export const ROSTER_FIELDS = [
	'fullName',
	'familyName',
	'givenName',
	'birth',
	'birthMale',
	'birthFemale',
	'gender',
	'personalNumber',
	'phone',
	'email',
	'unit',
	'position',
	'category',
	'level',
	'decisionNo',
	'decisionDate',
	'decision',
	'legalFields',
	'qualification',
	'experienceYears',
	'validFrom',
	'validTo',
	'endReason',
	'ignore'
] as const;
export type RosterField = (typeof ROSTER_FIELDS)[number];

/** Headings seen in offices' lists, by field. The first of each stands in the template file. */
const HEADINGS: Readonly<Record<Exclude<RosterField, 'ignore'>, readonly string[]>> = {
	fullName: [
		'Họ và tên',
		'Họ tên',
		'Họ, tên',
		'Họ và tên người được công nhận',
		'Họ tên đầy đủ',
		'Tên cán bộ',
		'Full name'
	],
	familyName: ['Họ và tên đệm', 'Họ đệm', 'Họ lót', 'Họ và chữ lót', 'Họ và đệm', 'Họ'],
	givenName: ['Tên'],
	birth: [
		'Ngày sinh',
		'Ngày tháng năm sinh',
		'Ngày, tháng, năm sinh',
		'Năm sinh',
		'Sinh năm',
		'Ngày/tháng/năm sinh',
		'NTNS'
	],
	birthMale: ['Năm sinh Nam', 'Ngày sinh Nam', 'Ngày tháng năm sinh Nam', 'Ngày, tháng, năm sinh Nam', 'Nam'],
	birthFemale: ['Năm sinh Nữ', 'Ngày sinh Nữ', 'Ngày tháng năm sinh Nữ', 'Ngày, tháng, năm sinh Nữ', 'Nữ'],
	gender: ['Giới tính', 'Nam/Nữ', 'Phái', 'GT'],
	personalNumber: [
		'Số định danh cá nhân',
		'Số định danh',
		'CCCD',
		'Số CCCD',
		'Căn cước công dân',
		'Số căn cước công dân',
		'Số căn cước',
		'Số thẻ căn cước',
		'Số CMND/CCCD',
		'CMND/CCCD',
		'Mã định danh'
	],
	phone: [
		'Điện thoại',
		'Số điện thoại',
		'SĐT',
		'Số ĐT',
		'ĐT',
		'Điện thoại di động',
		'Di động',
		'Số điện thoại liên hệ',
		'ĐTDĐ'
	],
	email: ['Thư điện tử', 'Email', 'E-mail', 'Địa chỉ email', 'Hộp thư điện tử', 'Địa chỉ thư điện tử', 'Thư công vụ'],
	unit: [
		'Mã đơn vị',
		'Đơn vị',
		'Tên đơn vị',
		'Đơn vị công tác',
		'Cơ quan, đơn vị',
		'Cơ quan, đơn vị công tác',
		'Cơ quan công tác',
		'Nơi công tác',
		'Cơ quan',
		'Phòng, ban',
		'Xã, phường'
	],
	position: ['Chức vụ', 'Chức vụ, chức danh', 'Chức danh', 'Chức vụ/chức danh', 'Chức vụ công tác', 'Vị trí công tác'],
	category: ['Nhóm đối tượng', 'Đối tượng', 'Loại đối tượng', 'Nhóm', 'Phân loại'],
	level: ['Cấp', 'Cấp công nhận', 'Cấp báo cáo viên'],
	decisionNo: ['Số QĐ công nhận', 'Số quyết định', 'Số quyết định công nhận', 'Số QĐ', 'Quyết định công nhận Số'],
	decisionDate: [
		'Ngày QĐ',
		'Ngày quyết định',
		'Ngày ban hành quyết định',
		'Ngày công nhận',
		'Quyết định công nhận Ngày'
	],
	decision: [
		'Số, ngày quyết định công nhận',
		'Số, ngày QĐ công nhận',
		'Số, ngày tháng năm quyết định công nhận',
		'Quyết định công nhận',
		'Số, ngày quyết định'
	],
	legalFields: [
		'Lĩnh vực pháp luật',
		'Lĩnh vực',
		'Lĩnh vực chuyên sâu',
		'Lĩnh vực pháp luật chuyên sâu',
		'Lĩnh vực PBGDPL'
	],
	qualification: [
		'Trình độ chuyên môn',
		'Trình độ',
		'Trình độ đào tạo',
		'Chuyên môn',
		'Trình độ chuyên môn, nghiệp vụ'
	],
	experienceYears: ['Năm kinh nghiệm', 'Số năm kinh nghiệm', 'Số năm công tác', 'Thời gian công tác pháp luật'],
	validFrom: ['Ngày bắt đầu', 'Từ ngày', 'Bắt đầu từ', 'Ngày tham gia', 'Thời điểm bắt đầu'],
	validTo: ['Ngày kết thúc', 'Đến ngày', 'Ngày thôi', 'Thời điểm kết thúc'],
	endReason: ['Lý do', 'Lý do kết thúc', 'Lý do thôi', 'Lý do miễn nhiệm']
};

/** Headings that carry nothing for the roster; known, so that they count when a heading row is looked for. */
const IGNORED = [
	'STT',
	'TT',
	'Số thứ tự',
	'Ghi chú',
	'Ký tên',
	'Ký nhận',
	'Dòng',
	'Lỗi',
	'Dân tộc',
	'Tôn giáo',
	'Quê quán'
];

const FIELD_OF: ReadonlyMap<string, RosterField> = new Map([
	...Object.entries(HEADINGS).flatMap(([field, headings]) =>
		headings.map((heading) => [matchKey(heading), field as RosterField] as const)
	),
	...IGNORED.map((heading) => [matchKey(heading), 'ignore'] as const)
]);

/** The field a heading is known for; marks, case, spacing, punctuation and a trailing `(*)` do not matter. */
export function fieldOfHeading(heading: string): RosterField | undefined {
	return FIELD_OF.get(matchKey(heading)) ?? FIELD_OF.get(matchKey(heading.replace(/\([^)]*\)/g, ' ')));
}

/** Columns of the template, in its order; the marked ones must be filled. */
export const TEMPLATE_COLUMNS: readonly Readonly<{ field: RosterField; heading: string; isRequired: boolean }>[] = (
	[
		'fullName',
		'birth',
		'gender',
		'personalNumber',
		'phone',
		'email',
		'unit',
		'position',
		'category',
		'level',
		'decisionNo',
		'decisionDate',
		'legalFields',
		'qualification',
		'experienceYears',
		'validFrom',
		'validTo',
		'endReason'
	] as const
).map((field) => ({
	field,
	heading: HEADINGS[field][0] ?? field,
	isRequired: ['fullName', 'unit', 'category', 'validFrom'].includes(field)
}));
