import { defineNotice } from '../notifications/notice.ts';

const PERIOD = 'Năm 2026';

/** Messages about reports. */
export const reportingNotices = {
	/** To those who look after a unit's report. */
	'reporting.opened': defineNotice({
		group: 'work',
		params: { period: 'text', dueOn: 'day' },
		sample: { period: PERIOD, dueOn: '2026-12-20' },
		vi: {
			title: 'Kỳ báo cáo mới: {period}',
			body: 'Sở Tư pháp đã mở kỳ báo cáo “{period}”. Đề nghị kiểm tra số liệu, bổ sung phần nhập tay và gửi báo cáo trước ngày {dueOn}.',
			action: 'Mở báo cáo'
		},
		en: {
			title: 'New reporting period: {period}',
			body: 'The Department of Justice has opened the period “{period}”. Please check the figures, add what is entered by hand and send the report by {dueOn}.',
			action: 'Open the report'
		}
	}),
	/** To rapporteurs and propagandists who have not reported on the year. */
	'reporting.self_report_due': defineNotice({
		group: 'work',
		params: { year: 'text' },
		sample: { year: '2026' },
		vi: {
			title: 'Đề nghị báo cáo kết quả hoạt động năm {year}',
			body: 'Báo cáo viên, tuyên truyền viên pháp luật báo cáo kết quả hoạt động hằng năm với cơ quan, tổ chức quản lý (Luật Phổ biến, giáo dục pháp luật). Ghi các hoạt động đã thực hiện rồi gửi đơn vị.',
			action: 'Mở báo cáo'
		},
		en: {
			title: 'Please report on your activity in {year}',
			body: 'Rapporteurs and propagandists report on their activity every year to the body that manages them (Law on legal dissemination). Note what you did and send it to your unit.',
			action: 'Open the report'
		}
	}),
	/** To the admins of a unit. */
	'reporting.self_report_sent': defineNotice({
		group: 'work',
		params: { year: 'text' },
		sample: { year: '2026' },
		vi: {
			title: 'Có báo cáo hoạt động năm {year} chờ tiếp nhận',
			body: 'Một báo cáo viên hoặc tuyên truyền viên của đơn vị đã gửi báo cáo kết quả hoạt động năm {year}.',
			action: 'Xem báo cáo'
		},
		en: {
			title: 'A report on {year} waits',
			body: 'A rapporteur or propagandist of your unit has sent a report on the year {year}.',
			action: 'Read it'
		}
	}),
	/** To the person. */
	'reporting.self_report_accepted': defineNotice({
		group: 'work',
		params: { year: 'text' },
		sample: { year: '2026' },
		vi: {
			title: 'Báo cáo hoạt động năm {year} đã được tiếp nhận',
			body: 'Đơn vị đã tiếp nhận báo cáo kết quả hoạt động của Ông/Bà.',
			action: 'Xem báo cáo'
		},
		en: {
			title: 'Your report on {year} was accepted',
			body: 'Your unit has accepted the report on your activity.',
			action: 'Open the report'
		}
	}),
	/** To the person. */
	'reporting.self_report_returned': defineNotice({
		group: 'work',
		params: { year: 'text' },
		sample: { year: '2026' },
		vi: {
			title: 'Đề nghị bổ sung báo cáo hoạt động năm {year}',
			body: 'Đơn vị đề nghị bổ sung, chỉnh sửa báo cáo. Nội dung cần bổ sung có trong báo cáo.',
			action: 'Mở báo cáo'
		},
		en: {
			title: 'Your report on {year} needs something more',
			body: 'Your unit asks you to add to the report. The report says what.',
			action: 'Open the report'
		}
	}),
	'reporting.reminder': defineNotice({
		group: 'work',
		params: { period: 'text', dueOn: 'day' },
		sample: { period: PERIOD, dueOn: '2026-12-20' },
		vi: {
			title: 'Đôn đốc gửi báo cáo: {period}',
			body: 'Đơn vị chưa gửi báo cáo kỳ “{period}” (hạn gửi: {dueOn}). Đề nghị hoàn thành và gửi Sở Tư pháp.',
			action: 'Mở báo cáo'
		},
		en: {
			title: 'Reminder of a report: {period}',
			body: 'Your unit has not sent its report of “{period}” yet (to be sent by {dueOn}).',
			action: 'Open the report'
		}
	}),
	'reporting.accepted': defineNotice({
		group: 'work',
		params: { period: 'text' },
		sample: { period: PERIOD },
		vi: {
			title: 'Báo cáo đã được tiếp nhận: {period}',
			body: 'Sở Tư pháp đã tiếp nhận báo cáo kỳ “{period}” của đơn vị.',
			action: 'Xem báo cáo'
		},
		en: {
			title: 'Report accepted: {period}',
			body: 'The Department of Justice has accepted your report of “{period}”.',
			action: 'Open the report'
		}
	}),
	'reporting.returned': defineNotice({
		group: 'work',
		params: { period: 'text', reason: 'text' },
		sample: { period: PERIOD, reason: 'Thiếu nguồn số liệu Biểu 08' },
		vi: {
			title: 'Báo cáo bị trả lại: {period}',
			body: 'Báo cáo kỳ “{period}” được trả lại để hoàn thiện. Ý kiến: {reason}.',
			action: 'Sửa báo cáo'
		},
		en: {
			title: 'Report returned: {period}',
			body: 'The report of “{period}” was returned to be put right. Comment: {reason}.',
			action: 'Open the report'
		}
	}),
	/** To the head of the unit. */
	'reporting.to_approve': defineNotice({
		group: 'work',
		params: { period: 'text', unit: 'text' },
		sample: { period: PERIOD, unit: 'UBND phường Minh Tâm' },
		vi: {
			title: 'Báo cáo chờ phê duyệt: {period}',
			body: 'Báo cáo kỳ “{period}” của {unit} đã lập xong, đề nghị phê duyệt.',
			action: 'Xem, phê duyệt'
		},
		en: {
			title: 'Report to be approved: {period}',
			body: 'The report of “{period}” of {unit} waits for approval.',
			action: 'Open the report'
		}
	}),
	/** To the admins of the Sở Tư pháp. */
	'reporting.sent': defineNotice({
		group: 'work',
		params: { period: 'text', unit: 'text' },
		sample: { period: PERIOD, unit: 'UBND phường Minh Tâm' },
		vi: {
			title: 'Đơn vị đã gửi báo cáo: {period}',
			body: '{unit} đã gửi báo cáo kỳ “{period}”.',
			action: 'Xem báo cáo'
		},
		en: {
			title: 'A report has come: {period}',
			body: '{unit} has sent its report of “{period}”.',
			action: 'Open the report'
		}
	})
};
