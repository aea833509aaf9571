import { defineMessages } from './index.ts';

/** Words of lists brought onto a class, and of people who wait for their unit's word. */
export const listsMessages = defineMessages({
	vi: {
		open: 'Nhập danh sách',
		title: { nominate: 'Nhập danh sách cử tham gia', attend: 'Nhập danh sách tham dự' },
		lead: 'Người khớp chính xác được ghi ngay; trường hợp chưa chắc chắn chờ Ông/Bà chọn; người chưa có trong danh sách chờ đơn vị của họ xác nhận.',
		file: 'Tệp danh sách',
		fileHint: 'Excel (.xlsx), bảng trong Word (.docx), CSV hoặc văn bản. Chọn tệp hoặc kéo thả vào ô này.',
		text: 'Hoặc dán danh sách',
		textHint: 'Sao chép từ Excel, Word, Zalo rồi dán vào đây. Có dòng tiêu đề hoặc mỗi dòng một người.',
		textSample: 'Nguyễn Văn An, 1975, UBND xã Yên Lâm',
		bring: 'Đọc và ghi danh sách',
		earlier: 'Các lần nhập trước',
		pasted: 'Danh sách dán vào',
		counts: (placed: string, uncertain: string, candidates: string) =>
			`${placed} người đã ghi, ${uncertain} chờ chọn, ${candidates} chờ đơn vị xác nhận`,
		undoneTag: 'Đã hoàn tác',
		page: {
			title: 'Kết quả nhập danh sách',
			back: 'Về trang lớp',
			backSite: 'Về danh sách của điểm cầu',
			states: {
				placed: 'Đã ghi',
				already: 'Đã có từ trước',
				elsewhere: 'Có trong danh sách đơn vị khác',
				uncertain: 'Chờ chọn',
				candidate: 'Chờ đơn vị xác nhận',
				skipped: 'Bỏ qua',
				repeated: 'Trùng người ở dòng khác',
				unreadable: 'Không đọc được',
				unit_unknown: 'Không tìm thấy đơn vị'
			},
			by: {
				personal_number: 'khớp số định danh',
				phone: 'khớp điện thoại và họ tên',
				name_and_birth: 'khớp họ tên, ngày hoặc năm sinh và đơn vị',
				name_and_unit: 'khớp họ tên trong đơn vị',
				choice: 'do người nhập chọn'
			},
			problems: {
				name_missing: 'thiếu họ và tên',
				name_unreadable: 'họ tên có chữ số',
				birth_unreadable: 'ngày sinh không đọc được',
				personal_number_invalid: 'số định danh không đủ 12 chữ số',
				unit_gives_aggregates: 'đơn vị chỉ cung cấp số liệu tổng hợp'
			} as Readonly<Record<string, string>>,
			questions: (n: string) => `${n} dòng chờ chọn`,
			questionsLead: 'So sánh dòng trong danh sách với người đã có trong hệ thống rồi chọn.',
			inList: (row: string) => `Dòng ${row} trong danh sách`,
			isNew: 'Người khác, chưa có trong danh sách của đơn vị',
			isNewHint: 'Đơn vị xác nhận rồi mới được ghi',
			skip: 'Bỏ qua dòng này',
			later: 'Để chọn sau',
			samePhone: 'cùng số điện thoại',
			sameBirth: 'cùng năm sinh',
			otherBirth: 'khác năm sinh',
			born: (birth: string) => `sinh ${birth}`,
			save: 'Ghi các lựa chọn',
			saved: 'Đã ghi các lựa chọn.',
			lines: 'Các dòng còn lại',
			row: 'Dòng',
			name: 'Trong danh sách',
			result: 'Kết quả',
			shownFirst: (n: string) => `Hiển thị ${n} dòng đầu.`,
			undo: 'Hoàn tác lần nhập này',
			undoQuestion:
				'Bỏ khỏi lớp những người được ghi bởi danh sách này và rút các đề nghị chờ xác nhận? Người đã có từ trước giữ nguyên như cũ.',
			reason: 'Lý do',
			undone: (n: string, left: string) =>
				left === '0'
					? `Đã hoàn tác, ${n} người trở về như trước.`
					: `Đã hoàn tác ${n} người; ${left} người đã được sửa sau đó nên giữ nguyên.`,
			undoneBefore: (time: string, reason: string) => `Danh sách đã được hoàn tác lúc ${time}. Lý do: ${reason}`
		},
		candidates: {
			title: 'Người chờ xác nhận',
			lead: 'Danh sách lớp ghi những người này thuộc đơn vị. Xác nhận thì người đó được ghi vào lớp; chưa xác nhận thì chưa tính.',
			open: (n: string) => `Người chờ xác nhận (${n})`,
			none: 'Không có người nào chờ xác nhận.',
			total: (n: string) => `${n} người chờ xác nhận`,
			person: 'Người trong danh sách',
			class: 'Lớp, hoạt động',
			whom: 'Xác nhận là',
			whomOf: (name: string) => `Xác nhận ${name} là`,
			addNew: 'Người mới của đơn vị',
			tick: (name: string) => `Chọn ${name}`,
			category: 'Nhóm đối tượng của người thêm mới',
			noCategory: 'Chưa thuộc nhóm nào',
			categoryHint: 'Chỉ người thuộc nhóm đối tượng mới tính vào mẫu số của chỉ tiêu.',
			confirm: 'Xác nhận người được chọn',
			refuse: 'Không phải người của đơn vị',
			reason: 'Lý do (khi không xác nhận)',
			confirmed: (n: string) => `Đã xác nhận ${n} người.`,
			refused: 'Đã ghi nhận là không phải người của đơn vị.',
			stages: { nominate: 'được cử tham gia', attend: 'đã tham dự' }
		}
	},
	en: {
		open: 'Bring a list',
		title: { nominate: 'Bring a list of nominees', attend: 'Bring a list of attendees' },
		lead: 'Exact matches are entered at once; doubtful ones wait for your choice; people not on a roster wait for their unit’s word.',
		file: 'File with the list',
		fileHint: 'Excel (.xlsx), a table in Word (.docx), CSV or text. Choose a file or drop it here.',
		text: 'Or paste the list',
		textHint: 'Copied from Excel, Word or Zalo. With a heading row, or one person a line.',
		textSample: 'Nguyễn Văn An, 1975, UBND xã Yên Lâm',
		bring: 'Read and enter the list',
		earlier: 'Earlier lists',
		pasted: 'Pasted list',
		counts: (placed: string, uncertain: string, candidates: string) =>
			`${placed} entered, ${uncertain} to choose, ${candidates} waiting for their unit`,
		undoneTag: 'Undone',
		page: {
			title: 'What became of the list',
			back: 'Back to the class',
			backSite: 'Back to the site’s list',
			states: {
				placed: 'Entered',
				already: 'There before',
				elsewhere: 'On another unit’s list',
				uncertain: 'To choose',
				candidate: 'Waiting for the unit',
				skipped: 'Left out',
				repeated: 'Named on another line',
				unreadable: 'Not readable',
				unit_unknown: 'Unit not found'
			},
			by: {
				personal_number: 'by personal number',
				phone: 'by telephone and name',
				name_and_birth: 'by name, birth and unit',
				name_and_unit: 'by name within the unit',
				choice: 'chosen by hand'
			},
			problems: {
				name_missing: 'no name',
				name_unreadable: 'digits in the name',
				birth_unreadable: 'birth not readable',
				personal_number_invalid: 'the personal number has not 12 digits',
				unit_gives_aggregates: 'the unit gives numbers only'
			} as Readonly<Record<string, string>>,
			questions: (n: string) => `${n} lines to choose`,
			questionsLead: 'Compare the line of the list with the people known, then choose.',
			inList: (row: string) => `Line ${row} of the list`,
			isNew: 'Somebody else, not on the roster yet',
			isNewHint: 'Entered once the unit confirms',
			skip: 'Leave this line out',
			later: 'Choose later',
			samePhone: 'same telephone',
			sameBirth: 'same birth year',
			otherBirth: 'other birth year',
			born: (birth: string) => `born ${birth}`,
			save: 'Enter the choices',
			saved: 'The choices were entered.',
			lines: 'The other lines',
			row: 'Line',
			name: 'In the list',
			result: 'Result',
			shownFirst: (n: string) => `The first ${n} lines are shown.`,
			undo: 'Undo this list',
			undoQuestion:
				'Take the people this list entered off the class and withdraw those waiting? Whoever was there before stays as before.',
			reason: 'Reason',
			undone: (n: string, left: string) =>
				left === '0' ? `Undone; ${n} people are as before.` : `${n} undone; ${left} were changed since and stay.`,
			undoneBefore: (time: string, reason: string) => `The list was undone at ${time}. Reason: ${reason}`
		},
		candidates: {
			title: 'People waiting for confirmation',
			lead: 'Lists of classes name these people as your unit’s own. They count once you confirm.',
			open: (n: string) => `Waiting for confirmation (${n})`,
			none: 'Nobody waits for confirmation.',
			total: (n: string) => `${n} people waiting`,
			person: 'Person on the list',
			class: 'Class, activity',
			whom: 'Is',
			whomOf: (name: string) => `${name} is`,
			addNew: 'Somebody new',
			tick: (name: string) => `Choose ${name}`,
			category: 'Group of people who are new',
			noCategory: 'In no group yet',
			categoryHint: 'Only people in a group count in the denominator of the target.',
			confirm: 'Confirm those chosen',
			refuse: 'Not of our unit',
			reason: 'Reason (when not confirmed)',
			confirmed: (n: string) => `${n} people were confirmed.`,
			refused: 'Noted as not of the unit.',
			stages: { nominate: 'nominated', attend: 'attended' }
		}
	}
});
