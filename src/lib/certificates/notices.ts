import { defineNotice } from '../notifications/notice.ts';

/** Messages about certificates. */
export const certificateNotices = {
	/** To the holder; the button opens the certificate. */
	'certificate.issued': defineNotice({
		group: 'learning',
		params: { className: 'text' },
		sample: { className: 'Kỹ năng số trong công tác PBGDPL, đợt 2' },
		vi: {
			title: 'Giấy chứng nhận đã được cấp',
			body: 'Giấy chứng nhận hoàn thành lớp “{className}” đã được cấp. Ông/Bà có thể xem, lưu về máy hoặc in.',
			action: 'Xem giấy chứng nhận'
		},
		en: {
			title: 'A certificate has been issued',
			body: 'Your certificate of the class “{className}” has been issued. You can look at it, save it or print it.',
			action: 'Open the certificate'
		}
	}),
	'certificate.revoked': defineNotice({
		group: 'learning',
		params: { className: 'text', reason: 'text' },
		sample: { className: 'Kỹ năng số trong công tác PBGDPL, đợt 2', reason: 'Sai họ tên' },
		vi: {
			title: 'Giấy chứng nhận đã bị thu hồi',
			body: 'Giấy chứng nhận hoàn thành lớp “{className}” không còn hiệu lực. Lý do: {reason}.',
			action: 'Xem chi tiết'
		},
		en: {
			title: 'A certificate has been revoked',
			body: 'Your certificate of the class “{className}” is no longer valid. Reason: {reason}.',
			action: 'Open'
		}
	})
};
