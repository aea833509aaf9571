import { defineNotice } from './notice.ts';

/** Messages of the messaging itself. */
export const systemNotices = {
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
