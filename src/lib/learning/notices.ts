import { defineNotice } from '../notifications/notice.ts';

/** Messages about learning. */
export const learningNotices = {
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
