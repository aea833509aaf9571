import { defineNotice } from '../notifications/notice.ts';

/** Messages about learning. */
export const learningNotices = {
	/** To a person whose answer a marker sent back to be changed. */
	'learning.answer_returned': defineNotice({
		group: 'learning',
		params: { className: 'text', dueOn: 'day' },
		sample: { className: 'Nhập môn chuyển đổi số trong công tác PBGDPL', dueOn: '2026-12-05' },
		vi: {
			title: 'Bài thu hoạch được trả lại để chỉnh sửa',
			body: 'Lớp: {className}\nĐề nghị chỉnh sửa theo nhận xét và nộp lại trước hết ngày {dueOn}.',
			action: 'Xem nhận xét và nộp lại'
		},
		en: {
			title: 'Your answer was sent back to be changed',
			body: 'Class: {className}\nPlease change it as the comment says and hand it in again by {dueOn}.',
			action: 'Read the comment and hand in again'
		}
	}),
	/** To a person whose quiz was marked anew since a key was wrong. */
	'learning.quiz_regraded': defineNotice({
		group: 'learning',
		params: { className: 'text', before: 'text', after: 'text' },
		sample: { className: 'Nhập môn chuyển đổi số trong công tác PBGDPL', before: '60%', after: '70%' },
		vi: {
			title: 'Kết quả bài kiểm tra được chấm lại',
			body: 'Lớp: {className}\nĐáp án của một câu hỏi đã được sửa. Kết quả của Ông/Bà: {before}, nay là {after}.',
			action: 'Xem bài kiểm tra'
		},
		en: {
			title: 'Your quiz was marked anew',
			body: 'Class: {className}\nThe key of a question was mended. Your result was {before} and is now {after}.',
			action: 'Open the quiz'
		}
	})
};
