import { defineMessages } from './index.ts';

/** Texts around a SCORM package while it is being learned. */
export const scormPlayerMessages = defineMessages({
	vi: {
		start: 'Vào học',
		continue: 'Học tiếp',
		again: 'Học lượt mới',
		review: 'Xem lại',
		preview: 'Mở gói SCORM',
		opening: 'Đang mở bài học',
		newTab: 'Bài tương tác cần bật JavaScript và chạy tốt nhất trên trình duyệt mới.',
		lead: 'Bài tương tác tự ghi kết quả trong khi học. Khi học xong, bấm «Lưu và đóng».',
		attempts: (used: string, limit: string) => `Đã dùng ${used}/${limit} lượt.`,
		attemptsFree: (used: string) => `Đã học ${used} lượt.`,
		grade: (percent: string) => `Điểm do nội dung tự báo cáo: ${percent}`,
		locked: 'Ông/Bà đã dùng hết số lượt học của bài này.',
		notReady: 'Gói SCORM của bài này chưa sẵn sàng, đề nghị quay lại sau.',
		noHost:
			'Hệ thống chưa có tên miền riêng cho nội dung SCORM nên chưa mở được bài này. Đề nghị báo bộ phận quản trị kỹ thuật.',
		needsPass: 'Phải đạt yêu cầu của bài mới được tính hoàn thành.',
		openRenewed: 'Mở bản mới',
		renewal: {
			goes_on: 'Bài này đã có bản mới. Lượt đang học vẫn theo bản cũ cho đến hết; dữ liệu đã lưu không đổi.',
			carried: 'Bài này đã có bản mới. Kết quả Ông/Bà đã đạt được giữ nguyên khi mở bản mới.'
		},
		close: 'Lưu và đóng',
		fullscreen: 'Toàn màn hình',
		contents: 'Mục lục',
		previous: 'Mục trước',
		next: 'Mục tiếp theo',
		lockedItem: 'chưa mở được',
		finished: 'Nội dung đã kết thúc phiên học. Bấm «Lưu và đóng» để về trang bài học.',
		ended: 'Đã đi hết đường học của gói. Có thể chọn mục trong mục lục, hoặc bấm «Lưu và đóng».',
		closed: 'Đã lưu và đóng bài học.',
		closedUnsaved:
			'Chưa gửi được phần học cuối vì mất kết nối. Phần này được giữ trên máy và sẽ gửi khi mở lại bài trên trình duyệt này.',
		timeUp: 'Đã hết thời gian làm bài.',
		leftLost: 'Một phần kết quả của lần học bị ngắt trước đây không lưu được vì sau đó đã học ở nơi khác.',
		preview_mode: 'Chế độ xem thử: kết quả không được lưu.',
		review_mode: 'Chế độ xem lại: kết quả không thay đổi.',
		saving: {
			saved: 'Đã lưu',
			saving: 'Đang lưu…',
			unsaved: 'Chưa lưu được – mất kết nối, đang gửi lại',
			elsewhere: 'Bài này đã được mở ở cửa sổ hoặc thiết bị khác. Phần học ở đây không được lưu nữa.',
			over: 'Phiên học đã hết hạn. Đề nghị tải lại trang để học tiếp.'
		},
		standing: {
			unknown: 'Chưa học',
			incomplete: 'Đang học',
			completed: 'Đã học xong',
			passed: 'Đạt',
			failed: 'Chưa đạt'
		},
		failed: 'Chưa mở được bài học. Đề nghị tải lại trang.'
	},
	en: {
		start: 'Start',
		continue: 'Continue',
		again: 'Begin a new attempt',
		review: 'Look again',
		preview: 'Open the package',
		opening: 'Opening the lesson',
		newTab: 'Interactive lessons need JavaScript and a recent browser.',
		lead: 'The lesson saves your results while you learn. When you are done, press “Save and close”.',
		attempts: (used: string, limit: string) => `${used} of ${limit} attempts used.`,
		attemptsFree: (used: string) => `${used} attempts so far.`,
		grade: (percent: string) => `Score as reported by the content: ${percent}`,
		locked: 'You have used all attempts at this lesson.',
		notReady: 'The package of this lesson is not ready yet. Please come back later.',
		noHost:
			'There is no separate host for SCORM content yet, so this lesson cannot be opened. Please tell the operator.',
		needsPass: 'The lesson counts as completed only with a pass.',
		openRenewed: 'Open the new content',
		renewal: {
			goes_on:
				'This lesson has new content. Your attempt goes on with the earlier one to its end; what was saved stays.',
			carried: 'This lesson has new content. What you have reached stays when you open it.'
		},
		close: 'Save and close',
		fullscreen: 'Full screen',
		contents: 'Contents',
		previous: 'Previous item',
		next: 'Next item',
		lockedItem: 'not open yet',
		finished: 'The content has ended its session. Press “Save and close” to return to the lesson.',
		ended: 'The way through the package has ended. Choose an item, or press “Save and close”.',
		closed: 'Saved and closed.',
		closedUnsaved:
			'The last part could not be sent. It is kept on this computer and will be sent when you open the lesson again in this browser.',
		timeUp: 'The time is up.',
		leftLost: 'Part of an interrupted session could not be saved, because you went on elsewhere since.',
		preview_mode: 'Preview: results are not kept.',
		review_mode: 'Review: results do not change.',
		saving: {
			saved: 'Saved',
			saving: 'Saving…',
			unsaved: 'Not saved – no connection, trying again',
			elsewhere: 'This lesson was opened in another window or device. What you do here is not saved any more.',
			over: 'The session has ended. Please reload the page to go on.'
		},
		standing: {
			unknown: 'Not begun',
			incomplete: 'In progress',
			completed: 'Completed',
			passed: 'Passed',
			failed: 'Not passed'
		},
		failed: 'The lesson could not be opened. Please reload the page.'
	}
});
