import { defineMessages } from './index.ts';

/** Texts of sending a large file, whatever it holds. */
export const uploadsMessages = defineMessages({
	vi: {
		drop: 'hoặc kéo tệp vào đây',
		noScript: 'Tải tệp lên cần trình duyệt có bật JavaScript.',
		resume: (name: string, percent: string) => `Chọn lại đúng tệp «${name}» để tải tiếp từ ${percent}.`,
		other: (name: string) => `Tệp vừa chọn không phải «${name}» đang tải dở. Bỏ phần đã tải và tải tệp mới từ đầu?`,
		otherConfirm: 'Tải tệp mới',
		otherCancel: 'Chọn lại tệp',
		uploading: (name: string) => `Đang tải lên «${name}»`,
		waiting: 'Mất kết nối, đang thử lại. Phần đã tải được giữ nguyên.',
		paused: 'Đã tạm dừng',
		done: 'Đã tải xong, đang gửi đi xử lý.',
		sizes: (sent: string, total: string) => `${sent} / ${total}`,
		speed: (speed: string) => `${speed}/giây`,
		left: (time: string) => `còn khoảng ${time}`,
		pause: 'Tạm dừng',
		continue: 'Tải tiếp',
		cancel: 'Hủy tải lên',
		cancelQuestion: 'Hủy tải lên và bỏ phần đã tải?',
		cancelConfirm: 'Hủy và bỏ phần đã tải',
		cancelBack: 'Không hủy',
		leave: 'Tệp đang được tải lên.'
	},
	en: {
		drop: 'or drop it here',
		noScript: 'Uploading a file needs a browser with JavaScript.',
		resume: (name: string, percent: string) => `Choose the same file “${name}” again to go on from ${percent}.`,
		other: (name: string) =>
			`This is not “${name}”, whose upload is unfinished. Discard what was sent and upload the new file?`,
		otherConfirm: 'Upload the new file',
		otherCancel: 'Choose again',
		uploading: (name: string) => `Uploading “${name}”`,
		waiting: 'The connection is lost; trying again. What was sent is kept.',
		paused: 'Paused',
		done: 'Uploaded; handing it over for processing.',
		sizes: (sent: string, total: string) => `${sent} / ${total}`,
		speed: (speed: string) => `${speed}/s`,
		left: (time: string) => `about ${time} left`,
		pause: 'Pause',
		continue: 'Continue',
		cancel: 'Cancel upload',
		cancelQuestion: 'Cancel the upload and discard what was sent?',
		cancelConfirm: 'Cancel and discard',
		cancelBack: 'Keep uploading',
		leave: 'A file is being uploaded.'
	}
});
