import { defineMessages } from './index.ts';

/** Words of reminders that go out by rule. */
export const remindersMessages = defineMessages({
	vi: {
		title: 'Đôn đốc tự động',
		lead: 'Nhắc việc gửi lúc 7 giờ 30 theo quy tắc dưới đây; mỗi người nhận một việc nhiều nhất một lần trong ngày.',
		kinds: {
			class_due: 'Người học chưa hoàn thành lớp tự học trực tuyến',
			site_list: 'Đơn vị chưa gửi danh sách tham dự',
			report_due: 'Đơn vị chưa gửi báo cáo, sắp đến hạn',
			report_overdue: 'Đơn vị chưa gửi báo cáo, quá hạn'
		},
		isOn: 'Gửi nhắc việc',
		days: 'Số ngày',
		daysBefore: 'Số ngày trước hạn',
		daysAfter: 'Số ngày sau hạn',
		daysHint: 'Ví dụ: 7, 1. Tối đa 6 lần, trong 60 ngày.',
		planned: 'Sẽ gửi trong 14 ngày tới',
		plannedLead: 'Theo tình hình hiện nay; người, đơn vị đã thực hiện xong thì không bị nhắc nữa.',
		plannedNone: 'Trong 14 ngày tới không có nhắc việc nào.',
		what: 'Lớp, kỳ báo cáo',
		day: 'Ngày gửi',
		kind: 'Loại nhắc việc',
		dueOn: 'Hạn',
		waiting: 'Số người, đơn vị',
		log: 'Đã gửi trong 30 ngày qua',
		logNone: 'Chưa gửi nhắc việc nào.',
		told: 'Số thông báo',
		templates: {
			'training.due_reminder': 'Nhắc hoàn thành lớp',
			'training.site_reminder': 'Đôn đốc gửi danh sách',
			'reporting.reminder': 'Đôn đốc gửi báo cáo'
		}
	},
	en: {
		title: 'Reminders by rule',
		lead: 'Sent at 7:30 by the rules below; nobody is told of one matter more than once a day.',
		kinds: {
			class_due: 'Learners who have not completed a self-paced class',
			site_list: 'Units whose list of attendees is awaited',
			report_due: 'Units whose report is due soon',
			report_overdue: 'Units whose report is overdue'
		},
		isOn: 'Send reminders',
		days: 'Days',
		daysBefore: 'Days before the due day',
		daysAfter: 'Days after the due day',
		daysHint: 'For example: 7, 1. Six times at most, within 60 days.',
		planned: 'To be sent in the next 14 days',
		plannedLead: 'As things stand; who does their part until then is not reminded.',
		plannedNone: 'There is nothing to remind of in the next 14 days.',
		what: 'Class, period',
		day: 'Day',
		kind: 'Reminder',
		dueOn: 'Due',
		waiting: 'People, units',
		log: 'Sent in the last 30 days',
		logNone: 'No reminder has been sent.',
		told: 'Messages',
		templates: {
			'training.due_reminder': 'Class to be completed',
			'training.site_reminder': 'List awaited',
			'reporting.reminder': 'Report awaited'
		}
	}
});
