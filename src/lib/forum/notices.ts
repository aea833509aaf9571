import { defineNotice } from '../notifications/notice.ts';

/** Messages about questions and the forum. */
export const forumNotices = {
	/** To whoever began the thread. */
	'forum.replied': defineNotice({
		group: 'community',
		params: { title: 'text' },
		sample: { title: 'Cách ghi nguồn khi dùng hình minh họa' },
		vi: {
			title: 'Câu hỏi, chủ đề của Ông/Bà có trả lời',
			body: 'Nội dung: {title}',
			action: 'Xem trả lời'
		},
		en: { title: 'Your question or topic has a reply', body: 'About: {title}', action: 'Read the reply' }
	})
};
