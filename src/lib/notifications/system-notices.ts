import { defineNotice } from './notice.ts';

/** Messages of the messaging itself, and about accounts. */
export const systemNotices = {
	/** To the owner of an account that an administrator looked at the product as. */
	'privacy.viewed_as': defineNotice({
		group: 'account',
		params: { by: 'text', at: 'instant', reason: 'text' },
		sample: { by: 'Quản trị tỉnh', at: '2026-11-25T08:00:00+07:00', reason: 'Hỗ trợ: không thấy lớp đang mở' },
		vi: {
			title: 'Quản trị đã xem hệ thống với tư cách Ông/Bà',
			body: 'Người xem: {by}\nLúc: {at}\nLý do: {reason}\nQuản trị chỉ xem, không thay đổi được nội dung, không xem được thông báo và trang tài khoản của Ông/Bà.'
		},
		en: {
			title: 'An administrator looked at the system as you',
			body: 'Who: {by}\nAt: {at}\nWhy: {reason}\nAdministrators only look: they can change nothing, and see neither your messages nor your account pages.'
		}
	}),
	/** To the admin who asked for it, through every way that is configured. */
	'system.test': defineNotice({
		group: 'account',
		params: { sentAt: 'instant' },
		sample: { sentAt: '2026-11-25T08:00:00+07:00' },
		vi: {
			title: 'Thông báo thử',
			body: 'Thông báo này được gửi lúc {sentAt} để kiểm tra việc gửi thư và tin nhắn. Không cần làm gì thêm.'
		},
		en: {
			title: 'Test message',
			body: 'This message was sent at {sentAt} to check that mail and text messages go out. Nothing else needs to be done.'
		}
	})
};
