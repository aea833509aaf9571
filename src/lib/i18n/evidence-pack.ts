import { defineMessages } from './index.ts';

/** Words of the pack that proves a unit's year: the page, and the names and headings inside the ZIP (Vietnamese in both). */
const zip = {
	register: '01-so-dang-ky-hoat-dong.xlsx',
	roster: '02-danh-sach-doi-tuong-va-quyet-dinh.xlsx',
	results: '03-ket-qua-tap-huan.xlsx',
	activities: '10-hoat-dong',
	elsewhere: '20-tap-huan-noi-khac',
	list: 'danh-sach.xlsx',
	attendance: 'diem-danh.xlsx',
	evidence: 'minh-chung',
	index: '00-muc-luc.sha256',
	indexTable: '00-muc-luc.csv',
	indexHeadings: ['TT', 'Tệp', 'Dung lượng (byte)', 'SHA-256'],
	kinds: {
		decision: 'van-ban',
		sign_in_sheet: 'danh-sach-ky',
		photo: 'anh',
		result: 'ket-qua',
		other: 'khac'
	}
} as const;

const sheets = {
	asOf: (day: string) => `Số liệu tại thời điểm lập: ${day}.`,
	roster: {
		title: 'Đối tượng, quyết định',
		headings: [
			'TT',
			'Họ và tên',
			'Năm sinh',
			'Chức vụ, chức danh',
			'Cơ quan, đơn vị công tác',
			'Nhóm đối tượng',
			'Số quyết định công nhận',
			'Ngày quyết định',
			'Từ ngày'
		],
		note: (day: string) => `Người thuộc đơn vị tại ngày ${day}; một người thuộc nhiều nhóm có nhiều dòng.`
	},
	results: {
		title: 'Kết quả tập huấn',
		headings: [
			'TT',
			'Họ và tên',
			'Đơn vị khi dự lớp',
			'Lớp, hoạt động',
			'Đơn vị tổ chức',
			'Hình thức',
			'Ngày hoàn thành',
			'Số tiết',
			'Số giấy chứng nhận'
		],
		note: (year: string) => `Các lượt hoàn thành trong năm ${year}, kể cả lớp do đơn vị khác tổ chức.`
	},
	list: {
		title: 'Danh sách',
		headings: [
			'TT',
			'Họ và tên',
			'Chức vụ, chức danh',
			'Đơn vị',
			'Nhóm đối tượng',
			'Triệu tập',
			'Tham dự',
			'Hoàn thành',
			'Kết quả'
		]
	},
	attendance: {
		title: 'Điểm danh',
		headings: ['TT', 'Họ và tên', 'Đơn vị'],
		total: 'Tổng số phút',
		note: 'Số phút có mặt tại từng phiên; ô trống là không có ghi nhận.'
	}
};

export const evidencePackMessages = defineMessages({
	vi: {
		zip,
		sheets,
		room: 'Bộ minh chứng',
		title: 'Bộ minh chứng của năm',
		lead: 'Một tệp ZIP gồm sổ đăng ký, danh sách và quyết định công nhận, điểm danh, kết quả, văn bản và ảnh của từng lớp, kèm mục lục có mã SHA-256 để đối chiếu.',
		unit: 'Đơn vị (gồm cả đơn vị trực thuộc)',
		year: 'Năm',
		make: 'Tạo bộ minh chứng',
		started: 'Đang tạo, có thể rời trang này.',
		packs: 'Các bộ đã tạo',
		none: 'Chưa tạo bộ nào trong 14 ngày gần đây.',
		waiting: 'Đang chờ',
		progress: (done: string, total: string) => `Đã đóng gói ${done}/${total} hoạt động`,
		failed: 'Không tạo được, đề nghị thử lại.',
		gone: 'Đã xóa khỏi hệ thống',
		download: (size: string) => `Tải về (${size})`,
		files: (n: string) => `${n} tệp`,
		hash: 'SHA-256 của tệp ZIP',
		kept: 'Tệp chứa thông tin cá nhân, được giữ trên hệ thống 14 ngày; mỗi lần tải về được ghi nhật ký.'
	},
	en: {
		zip,
		sheets,
		room: 'Evidence pack',
		title: 'Evidence of a year',
		lead: 'One ZIP with the register, lists and decisions of recognition, attendance, results, documents and photographs of each class, and an index with SHA-256 to compare.',
		unit: 'Unit (with those below it)',
		year: 'Year',
		make: 'Make the pack',
		started: 'It is being made; you may leave this page.',
		packs: 'Packs made',
		none: 'None in the last 14 days.',
		waiting: 'Waiting',
		progress: (done: string, total: string) => `${done} of ${total} activities packed`,
		failed: 'It could not be made; please try again.',
		gone: 'Removed',
		download: (size: string) => `Download (${size})`,
		files: (n: string) => `${n} files`,
		hash: 'SHA-256 of the ZIP',
		kept: 'The file holds personal data and is kept for 14 days; each download is logged.'
	}
});
