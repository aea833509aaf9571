import type { Locale } from './index.ts';
import { defineMessages } from './index.ts';

/** Texts of SCORM packages: the author's page. */
export const scormMessages = defineMessages({
	vi: {
		package: {
			title: 'Gói SCORM',
			choose: 'Chọn gói SCORM (.zip)',
			limit: (size: string) =>
				`Tối đa ${size}. Nhận SCORM 1.2 và SCORM 2004 (bản 2, 3, 4) do iSpring, Articulate, ActivePresenter… xuất ra.`,
			replace: 'Thay gói khác',
			retry: 'Nhập lại',
			cancel: 'Dừng nhập gói',
			cancelQuestion: 'Dừng nhập gói này? Phần đã nhập sẽ được xóa.',
			reload: 'Tải lại trang để xem tiến độ mới',
			stuck: 'Đã lâu chưa có tiến triển. Có thể nhập lại.',
			older: (revision: string) => `Bài học đang dùng gói lần ${revision} cho đến khi gói mới nhập xong.`,
			importing: 'Đang nhập gói',
			facts: (edition: string, items: string, files: string, size: string) =>
				`SCORM ${edition} · ${items} mục mở được · ${files} tệp · ${size}`,
			contents: 'Mục lục của gói',
			remarks: 'Lưu ý khi nhập gói',
			notOpenable: 'chỉ là đề mục',
			more: (count: string) => `… và ${count} mục khác`,
			revision: (revision: string) => `Gói lần ${revision}`
		},
		states: {
			none: 'Chưa có gói',
			awaiting_upload: 'Chưa tải xong gói',
			queued: 'Đang chờ nhập',
			importing: 'Đang nhập gói',
			ready: 'Sẵn sàng',
			rejected: 'Gói không hợp lệ',
			failed: 'Chưa nhập được',
			cancelled: 'Đã dừng'
		},
		settings: {
			title: 'Cách tính kết quả',
			lead: 'Kết quả trong gói SCORM do chính nội dung tự báo cáo.',
			organization: 'Mục lục sử dụng',
			organizationDefault: 'Mặc định của gói',
			newAttempt: 'Khi mở lại bài',
			newAttempts: {
				never: 'Học tiếp lượt trước',
				after_completion: 'Bắt đầu lượt mới nếu lượt trước đã hoàn thành',
				always: 'Luôn bắt đầu lượt mới'
			},
			attemptLimit: 'Số lượt tối đa',
			attemptLimitHint: 'Để trống nếu không giới hạn.',
			lockAfterLast: 'Khóa bài sau lượt cuối',
			lockAfterLastHint: 'Không mở lại được để xem khi đã dùng hết lượt.',
			itemGrade: 'Điểm của một lượt',
			itemGrades: {
				highest: 'Mục có điểm cao nhất',
				average: 'Trung bình các mục',
				sum: 'Tổng điểm các mục',
				completed: 'Tỷ lệ mục đã hoàn thành'
			},
			attemptGrade: 'Điểm của bài',
			attemptGrades: {
				highest: 'Lượt cao nhất',
				average: 'Trung bình các lượt',
				first: 'Lượt đầu',
				last: 'Lượt cuối'
			},
			needsPass: 'Phải đạt mới hoàn thành bài',
			needsPassHint: 'Chỉ tính hoàn thành khi gói báo «đạt» (passed).',
			failedCompletes: 'Chưa đạt vẫn tính là đã học hết (SCORM 1.2)',
			failedCompletesHint: 'SCORM 1.2 chỉ có một trạng thái; «failed» thường nghĩa là đã làm hết nhưng chưa đạt.',
			openingCompletes: 'Mở ra là hoàn thành',
			openingCompletesHint: 'Dùng cho gói không báo cáo kết quả.',
			keepAfterExit: 'Giữ chỗ đang học sau khi thoát bình thường (SCORM 1.2)',
			keepAfterExitHint: 'Bỏ chọn nếu mỗi lần mở phải bắt đầu từ đầu.',
			save: 'Lưu',
			saved: (clock: string) => `Đã lưu lúc ${clock}.`
		}
	},
	en: {
		package: {
			title: 'SCORM package',
			choose: 'Choose a SCORM package (.zip)',
			limit: (size: string) =>
				`At most ${size}. SCORM 1.2 and SCORM 2004 (2nd to 4th edition) as iSpring, Articulate, ActivePresenter … export them.`,
			replace: 'Replace the package',
			retry: 'Import again',
			cancel: 'Stop the import',
			cancelQuestion: 'Stop importing this package? What was imported is removed.',
			reload: 'Reload the page to see how far it is',
			stuck: 'Nothing has moved for a while. It can be imported again.',
			older: (revision: string) => `The lesson shows file ${revision} until the new one is imported.`,
			importing: 'Importing the package',
			facts: (edition: string, items: string, files: string, size: string) =>
				`SCORM ${edition} · ${items} items to open · ${files} files · ${size}`,
			contents: 'Table of contents',
			remarks: 'Remarks on the import',
			notOpenable: 'heading only',
			more: (count: string) => `… and ${count} more`,
			revision: (revision: string) => `File ${revision}`
		},
		states: {
			none: 'No package yet',
			awaiting_upload: 'Upload not finished',
			queued: 'Waiting to be imported',
			importing: 'Importing',
			ready: 'Ready',
			rejected: 'Package refused',
			failed: 'Import failed',
			cancelled: 'Stopped'
		},
		settings: {
			title: 'How results count',
			lead: 'Results in a SCORM package are reported by its content.',
			organization: 'Table of contents to use',
			organizationDefault: 'The package’s default',
			newAttempt: 'Opening the lesson again',
			newAttempts: {
				never: 'Goes on with the last attempt',
				after_completion: 'Begins a new attempt when the last one is complete',
				always: 'Always begins a new attempt'
			},
			attemptLimit: 'Most attempts',
			attemptLimitHint: 'Leave empty for no limit.',
			lockAfterLast: 'Lock after the last attempt',
			lockAfterLastHint: 'The package cannot be looked at again when no attempt is left.',
			itemGrade: 'Score of an attempt',
			itemGrades: {
				highest: 'Item with the highest score',
				average: 'Average of the items',
				sum: 'Sum of the items',
				completed: 'Share of completed items'
			},
			attemptGrade: 'Score of the lesson',
			attemptGrades: {
				highest: 'Highest attempt',
				average: 'Average of the attempts',
				first: 'First attempt',
				last: 'Last attempt'
			},
			needsPass: 'The lesson needs a pass',
			needsPassHint: 'It is complete only when the package reports “passed”.',
			failedCompletes: '“Failed” counts as gone through (SCORM 1.2)',
			failedCompletesHint: 'SCORM 1.2 has one status only; “failed” mostly means finished, but not passed.',
			openingCompletes: 'Opening completes',
			openingCompletesHint: 'For packages that report nothing.',
			keepAfterExit: 'Keep the place after an ordinary exit (SCORM 1.2)',
			keepAfterExitHint: 'Untick if every opening begins from the start.',
			save: 'Save',
			saved: (clock: string) => `Saved at ${clock}.`
		}
	}
});

type Sentence = readonly [vi: string, en: string];

/** What was not quite right with a package and was let pass; `{name}` places are filled from the remark's values. */
const REMARKS: Readonly<Record<string, Sentence>> = {
	blank_before_declaration: [
		'Tệp imsmanifest.xml có dòng trống ở đầu; hệ thống đã bỏ qua.',
		'imsmanifest.xml begins with a blank line, which was skipped.'
	],
	not_utf8: [
		'Tệp imsmanifest.xml không đúng bảng mã UTF-8; chữ có dấu có thể hiển thị sai.',
		'imsmanifest.xml is not in UTF-8; letters with marks may look wrong.'
	],
	no_namespace: [
		'Tệp imsmanifest.xml không khai báo chuẩn (namespace); đã nhập theo SCORM 1.2.',
		'imsmanifest.xml declares no namespaces; it was read as SCORM 1.2.'
	],
	no_schema_version: [
		'Gói không ghi phiên bản SCORM; hệ thống đã tự xác định.',
		'The package does not say its SCORM version; it was worked out.'
	],
	duplicate_resource: [
		'Có nhiều tài nguyên cùng mã «{identifier}»; dùng tài nguyên đầu tiên.',
		'Several resources are called “{identifier}”; the first one is used.'
	],
	default_organization: [
		'Mục lục mặc định «{wanted}» không có hoặc không mở được; dùng mục lục đầu tiên mở được.',
		'The default organization “{wanted}” is missing or cannot be opened; the first one that can is used.'
	],
	no_organization: [
		'Gói không có mục lục; chỉ mở được trang đầu tiên của gói.',
		'The package has no table of contents; only its first page can be opened.'
	],
	backslash_in_address: [
		'Địa chỉ «{href}» dùng dấu gạch ngược; hệ thống đã đổi thành gạch chéo.',
		'The address “{href}” has backslashes, which were turned.'
	],
	address_differs: [
		'Địa chỉ «{href}» khác tên tệp «{path}» ở chữ hoa, chữ thường; hệ thống mở tệp này.',
		'The address “{href}” differs in case from the file “{path}”, which is opened.'
	],
	item_dangling_reference: [
		'Mục «{title}» trỏ tới tài nguyên không có trong gói nên không mở được.',
		'The item “{title}” refers to a resource that is not there and cannot be opened.'
	],
	item_no_href: ['Mục «{title}» không có địa chỉ để mở.', 'The item “{title}” has no address to open.'],
	item_href_missing: [
		'Mục «{title}» không mở được vì thiếu tệp «{href}».',
		'The item “{title}” cannot be opened: “{href}” is missing.'
	],
	mastery_score: [
		'Điểm đạt (masteryscore) của một mục không phải số từ 0 đến 100 nên bị bỏ qua.',
		'The mastery score of an item is no number from 0 to 100 and was left out.'
	],
	max_time_allowed: [
		'Thời gian tối đa của một mục ghi sai dạng giờ:phút:giây nên bị bỏ qua.',
		'The time limit of an item is not written as hours:minutes:seconds and was left out.'
	],
	launch_data_too_long: [
		'Dữ liệu khởi động (datafromlms) của một mục quá dài nên bị bỏ qua.',
		'The launch data of an item are too long and were left out.'
	],
	wrapper_folder: [
		'Nội dung nằm trong thư mục «{folder}»; hệ thống đã bỏ thư mục bọc ngoài.',
		'The content lies in the folder “{folder}”, which was taken off.'
	],
	manifest_case: [
		'Tên tệp imsmanifest.xml viết hoa; hệ thống vẫn nhận.',
		'The name of imsmanifest.xml is in capitals; it was accepted.'
	],
	control_in_name: [
		'Tên tệp «{path}» có ký tự điều khiển; có thể không mở được từ trang trong gói.',
		'The file name “{path}” holds control characters; pages may not find it.'
	],
	escaped_name: [
		'Tên tệp «{path}» có chuỗi mã hóa; được giữ nguyên như tên thường.',
		'The file name “{path}” holds escapes; it is kept as it is.'
	],
	server_side_file: [
		'Tệp «{path}» là chương trình máy chủ; chỉ được lưu, không bao giờ chạy.',
		'The file “{path}” is a program for servers; it is stored and never run.'
	],
	windows_name: [
		'Tên tệp «{path}» không dùng được trên Windows; hệ thống vẫn phục vụ đúng tên này.',
		'The file name “{path}” does not work on Windows; it is served under this very name.'
	]
};

/** The sentence of a remark. */
export function remarkText(
	locale: Locale,
	{ code, params = {} }: { code: string; params?: Readonly<Record<string, string | number>> }
): string {
	const [vi, en] = REMARKS[code] ?? ['Gói có điểm chưa chuẩn.', 'Something about the package is unusual.'];
	return (locale === 'vi' ? vi : en).replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));
}
