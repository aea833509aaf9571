import { defineMessages } from './index.ts';

/** Texts of the examiner's board. */
export const quizBoardMessages = defineMessages({
	vi: {
		title: 'Theo dõi làm bài',
		quizzes: 'Bài kiểm tra của lớp',
		lead: (paper: string) => `Bảng tự cập nhật 10 giây một lần. Đề: ${paper}`,
		readAt: (clock: string) => `Cập nhật lúc ${clock}.`,
		reload: 'Cập nhật ngay',
		all: 'Tất cả',
		states: { none: 'Chưa vào', open: 'Đang làm', done: 'Đã nộp, chưa đạt', passed: 'Đạt' },
		caption: 'Người học trong lớp',
		name: 'Họ và tên',
		state: 'Tình trạng',
		attempt: 'Lượt',
		answered: 'Đã trả lời',
		answeredOf: (answered: string, all: string) => `${answered}/${all} câu`,
		savedAt: 'Lưu lúc',
		left: 'Còn lại',
		result: 'Kết quả',
		tools: 'Thao tác',
		extra: (minutes: string, attempts: string) => `Đã thêm ${minutes} phút, ${attempts} lượt`,
		noLimit: 'Không giới hạn',
		empty: 'Không có người học nào ở tình trạng này.',
		give: {
			title: 'Thêm thời gian, thêm lượt',
			hint: 'Thời gian thêm có hiệu lực ngay với lượt đang làm. Lý do được lưu vào nhật ký.',
			to: 'Áp dụng cho',
			open: 'Những người đang làm bài',
			everybody: 'Cả lớp',
			unit: 'Đơn vị',
			person: 'Người học',
			minutes: 'Số phút thêm',
			attempts: 'Số lượt thêm',
			reason: 'Lý do',
			reasonHint: 'Ví dụ: mất điện 10 phút tại điểm cầu',
			submit: 'Thêm',
			done: (count: string) => `Đã thêm cho ${count} người.`
		},
		takeIn: {
			label: 'Thu bài',
			question: (name: string) => `Thu bài của ${name} ngay bây giờ? Người học không sửa được nữa.`,
			done: 'Đã thu bài.'
		}
	},
	en: {
		title: 'Quiz board',
		quizzes: 'Quizzes of the class',
		lead: (paper: string) => `Renews itself every 10 seconds. Paper: ${paper}`,
		readAt: (clock: string) => `As of ${clock}.`,
		reload: 'Renew now',
		all: 'All',
		states: { none: 'Not begun', open: 'Sitting', done: 'Handed in, not passed', passed: 'Passed' },
		caption: 'Learners of the class',
		name: 'Name',
		state: 'State',
		attempt: 'Attempt',
		answered: 'Answered',
		answeredOf: (answered: string, all: string) => `${answered}/${all}`,
		savedAt: 'Saved at',
		left: 'Time left',
		result: 'Result',
		tools: 'Actions',
		extra: (minutes: string, attempts: string) => `${minutes} minutes and ${attempts} attempts more`,
		noLimit: 'No limit',
		empty: 'Nobody is in this state.',
		give: {
			title: 'More time, more attempts',
			hint: 'More time holds at once, also for open attempts. The reason goes into the log.',
			to: 'For',
			open: 'All who are sitting the quiz',
			everybody: 'The whole class',
			unit: 'Unit',
			person: 'Learner',
			minutes: 'Minutes more',
			attempts: 'Attempts more',
			reason: 'Reason',
			reasonHint: 'For example: ten minutes without power',
			submit: 'Give',
			done: (count: string) => `Given to ${count} people.`
		},
		takeIn: {
			label: 'Take in',
			question: (name: string) => `Take in the attempt of ${name} now? It cannot be changed afterwards.`,
			done: 'Taken in.'
		}
	}
});
