import { defineNotice } from './notice.ts';

/** Messages about announcements. What an announcement is about is said after signing in only. */
export const announcementNotices = {
	'announcement.sent': defineNotice({
		group: 'announcement',
		params: { sender: 'text', subject: 'text' },
		sample: { sender: 'Sở Tư pháp', subject: 'Kế hoạch kiểm tra công tác PBGDPL năm 2026' },
		vi: { title: 'Văn bản, thông báo mới của {sender}', body: '{subject}', action: 'Đọc nội dung' },
		en: { title: 'New document or announcement of {sender}', body: '{subject}', action: 'Read it' }
	}),
	/** To recipients who have not opened it, or not confirmed it where that is asked. */
	'announcement.reminder': defineNotice({
		group: 'announcement',
		params: { sender: 'text', subject: 'text' },
		sample: { sender: 'Sở Tư pháp', subject: 'Kế hoạch kiểm tra công tác PBGDPL năm 2026' },
		vi: { title: 'Đề nghị đọc văn bản, thông báo của {sender}', body: '{subject}', action: 'Đọc nội dung' },
		en: { title: 'Please read the announcement of {sender}', body: '{subject}', action: 'Read it' }
	})
};
