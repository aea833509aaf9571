import { defineNotice } from '../notifications/notice.ts';

/** Messages about requests of the data subject. */
export const privacyNotices = {
	/** To the admins of the person's unit. */
	'privacy.requested': defineNotice({
		group: 'work',
		params: { dueOn: 'day' },
		sample: { dueOn: '2026-11-30' },
		vi: {
			title: 'Có đề nghị về dữ liệu cá nhân cần trả lời',
			body: 'Một người thuộc đơn vị gửi đề nghị về dữ liệu cá nhân của mình. Hạn trả lời: ngày {dueOn}.',
			action: 'Xem đề nghị'
		},
		en: {
			title: 'A request on personal data is to be answered',
			body: 'A person of your unit has sent a request on their own data. To be answered by {dueOn}.',
			action: 'Open the request'
		}
	}),
	/** To the person who asked. */
	'privacy.answered': defineNotice({
		group: 'account',
		params: { sentOn: 'day' },
		sample: { sentOn: '2026-11-26' },
		vi: {
			title: 'Đề nghị về dữ liệu cá nhân đã được trả lời',
			body: 'Đề nghị gửi ngày {sentOn} đã được trả lời.',
			action: 'Xem trả lời'
		},
		en: {
			title: 'Your request on personal data has been answered',
			body: 'The request of {sentOn} has been answered.',
			action: 'Read the answer'
		}
	})
};
