import { defineNotice } from '../notifications/notice.ts';

const ACTIVITY = { className: 'text', organiser: 'text', startsOn: 'day', dueOn: 'day' } as const;
const SAMPLE = {
	className: 'Tập huấn trực tuyến: Sử dụng AI có trách nhiệm',
	organiser: 'Sở Tư pháp',
	startsOn: '2026-12-17',
	dueOn: '2026-12-17'
};

const CLAIM = { className: 'text', host: 'text' } as const;
const CLAIM_SAMPLE = { className: 'Bồi dưỡng kỹ năng số cho báo cáo viên', host: 'Bộ Tư pháp' };

/** Messages about classes. */
export const trainingNotices = {
	/** To a person who was put on an online class; the button opens it. */
	'training.summoned': defineNotice({
		group: 'learning',
		params: { className: 'text', organiser: 'text', startsOn: 'day', dueOn: 'day' },
		sample: {
			className: 'Kỹ năng số trong công tác PBGDPL, đợt 2',
			organiser: 'Sở Tư pháp',
			startsOn: '2026-11-02',
			dueOn: '2026-12-15'
		},
		vi: {
			title: 'Ông/Bà được cử tham gia lớp tập huấn',
			body: 'Lớp: {className}\nĐơn vị chủ trì: {organiser}\nThời gian: từ ngày {startsOn} đến ngày {dueOn}.',
			action: 'Vào lớp'
		},
		en: {
			title: 'You have been nominated for a training class',
			body: 'Class: {className}\nHeld by: {organiser}\nTime: from {startsOn} to {dueOn}.',
			action: 'Open the class'
		}
	}),
	/** To a person who has not completed an online class that ends soon; the button opens it. */
	'training.due_reminder': defineNotice({
		group: 'learning',
		params: { className: 'text', dueOn: 'day' },
		sample: { className: 'Kỹ năng số trong công tác PBGDPL, đợt 2', dueOn: '2026-12-15' },
		vi: {
			title: 'Lớp tập huấn sắp hết hạn',
			body: 'Lớp “{className}” kết thúc ngày {dueOn}. Đề nghị Ông/Bà hoàn thành các bài học trước ngày này.',
			action: 'Học tiếp'
		},
		en: {
			title: 'A training class ends soon',
			body: 'The class “{className}” ends on {dueOn}. Please complete its lessons by then.',
			action: 'Go on learning'
		}
	}),
	/** To the admins of a unit whose list is wanted. */
	'training.site_invited': defineNotice({
		group: 'work',
		params: ACTIVITY,
		sample: SAMPLE,
		vi: {
			title: 'Đơn vị được mời tham gia hoạt động tập huấn',
			body: 'Hoạt động: {className}\nĐơn vị chủ trì: {organiser}\nThời gian: từ ngày {startsOn} đến ngày {dueOn}.',
			action: 'Lập danh sách'
		},
		en: {
			title: 'Your unit is invited to a training activity',
			body: 'Activity: {className}\nHeld by: {organiser}\nTime: from {startsOn} to {dueOn}.',
			action: 'Make the list'
		}
	}),
	'training.site_reminder': defineNotice({
		group: 'work',
		params: ACTIVITY,
		sample: SAMPLE,
		vi: {
			title: 'Đơn vị chưa gửi danh sách của hoạt động tập huấn',
			body: 'Hoạt động: {className}\nĐơn vị chủ trì: {organiser}\nThời gian: từ ngày {startsOn} đến ngày {dueOn}.',
			action: 'Lập danh sách'
		},
		en: {
			title: 'The list of your unit is awaited',
			body: 'Activity: {className}\nHeld by: {organiser}\nTime: from {startsOn} to {dueOn}.',
			action: 'Make the list'
		}
	}),
	/** To the admins of a unit: a list names people as the unit's own whom its roster does not know. */
	'training.candidates_waiting': defineNotice({
		group: 'work',
		params: ACTIVITY,
		sample: SAMPLE,
		vi: {
			title: 'Có người chờ đơn vị xác nhận',
			body: 'Danh sách của hoạt động dưới đây ghi tên người thuộc đơn vị nhưng chưa có trong danh sách người của đơn vị.\nHoạt động: {className}\nĐơn vị chủ trì: {organiser}\nThời gian: từ ngày {startsOn} đến ngày {dueOn}.',
			action: 'Xác nhận'
		},
		en: {
			title: 'People wait for the word of your unit',
			body: 'The list of this activity names people as your unit’s own whom its roster does not know.\nActivity: {className}\nHeld by: {organiser}\nTime: from {startsOn} to {dueOn}.',
			action: 'Confirm'
		}
	}),
	/** To the admins of a unit: one of its people claims training held elsewhere. */
	'training.claim_waiting': defineNotice({
		group: 'work',
		params: CLAIM,
		sample: CLAIM_SAMPLE,
		vi: {
			title: 'Có lượt khai tập huấn nơi khác chờ duyệt',
			body: 'Lớp: {className}\nCơ quan tổ chức: {host}',
			action: 'Xem và duyệt'
		},
		en: {
			title: 'A claim of training elsewhere waits',
			body: 'Class: {className}\nHeld by: {host}',
			action: 'Look and decide'
		}
	}),
	'training.claim_approved': defineNotice({
		group: 'learning',
		params: CLAIM,
		sample: CLAIM_SAMPLE,
		vi: {
			title: 'Lượt khai tập huấn nơi khác đã được duyệt',
			body: 'Lớp: {className}\nCơ quan tổ chức: {host}',
			action: 'Xem'
		},
		en: {
			title: 'Your claim of training elsewhere was approved',
			body: 'Class: {className}\nHeld by: {host}',
			action: 'Open'
		}
	}),
	'training.claim_refused': defineNotice({
		group: 'learning',
		params: CLAIM,
		sample: CLAIM_SAMPLE,
		vi: {
			title: 'Lượt khai tập huấn nơi khác không được duyệt',
			body: 'Lớp: {className}\nCơ quan tổ chức: {host}\nĐề nghị xem lý do trong trang khai.',
			action: 'Xem lý do'
		},
		en: {
			title: 'Your claim of training elsewhere was refused',
			body: 'Class: {className}\nHeld by: {host}\nThe page of claims tells the reason.',
			action: 'See the reason'
		}
	}),
	/** To the admins of a unit: somebody says that a record or a line of a list is their own. */
	'training.history_waiting': defineNotice({
		group: 'work',
		params: {},
		sample: {},
		vi: {
			title: 'Có người nhận quá trình tập huấn',
			body: 'Một người đã đăng nhập và cho biết hồ sơ của đơn vị chính là của mình.\nĐơn vị xác nhận thì quá trình tập huấn được nối vào hồ sơ của người đó.',
			action: 'Xem và xác nhận'
		},
		en: {
			title: 'Somebody claims a training history',
			body: 'A person who signed in says that a record of your unit is their own.\nOnce the unit confirms it, its classes join that person’s history.',
			action: 'Look and decide'
		}
	}),
	'training.history_confirmed': defineNotice({
		group: 'learning',
		params: {},
		sample: {},
		vi: {
			title: 'Quá trình tập huấn đã được nối vào hồ sơ',
			body: 'Đơn vị đã xác nhận. Các lớp đã học nay có trong quá trình tập huấn của Ông/Bà.',
			action: 'Xem quá trình tập huấn'
		},
		en: {
			title: 'A training history was joined to yours',
			body: 'The unit has confirmed it. The classes are now in your training history.',
			action: 'Open the history'
		}
	}),
	'training.history_refused': defineNotice({
		group: 'learning',
		params: {},
		sample: {},
		vi: {
			title: 'Đơn vị không xác nhận quá trình tập huấn đã nhận',
			body: 'Đơn vị cho biết hồ sơ đó không phải của Ông/Bà. Lý do có trong trang nhận quá trình tập huấn.',
			action: 'Xem lý do'
		},
		en: {
			title: 'A training history was not confirmed',
			body: 'The unit says that the record is not yours. The page of claims tells the reason.',
			action: 'See the reason'
		}
	}),
	/** To the admins of a unit, on 1 September. */
	'training.roster_review': defineNotice({
		group: 'work',
		params: { unit: 'text', people: 'text', year: 'text' },
		sample: { unit: 'UBND xã Suối Ngọc', people: '28', year: '2026' },
		vi: {
			title: 'Rà soát đội ngũ báo cáo viên, tuyên truyền viên tháng 9',
			body: 'Đề nghị {unit} rà soát danh sách {people} báo cáo viên, tuyên truyền viên pháp luật năm {year}: bổ sung người mới, ghi người miễn nhiệm, cho thôi và chuyển công tác.',
			action: 'Mở danh sách'
		},
		en: {
			title: 'September review of rapporteurs and propagandists',
			body: '{unit}: please go through the {people} rapporteurs and propagandists of {year}: add those who are new, note those who left.',
			action: 'Open the list'
		}
	}),
	'training.site_returned': defineNotice({
		group: 'work',
		params: ACTIVITY,
		sample: SAMPLE,
		vi: {
			title: 'Danh sách của đơn vị được trả lại',
			body: 'Hoạt động: {className}\nĐơn vị chủ trì: {organiser}\nThời gian: từ ngày {startsOn} đến ngày {dueOn}.',
			action: 'Lập danh sách'
		},
		en: {
			title: 'The list of your unit was returned',
			body: 'Activity: {className}\nHeld by: {organiser}\nTime: from {startsOn} to {dueOn}.',
			action: 'Make the list'
		}
	})
};
