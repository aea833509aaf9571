import { defineMessages } from './index.ts';

/** Texts of the builder of a paper (đề kiểm tra), as trainers see them. */
export const paperMessages = defineMessages({
	vi: {
		card: {
			title: 'Đề kiểm tra',
			empty: 'Đề chưa có câu hỏi.',
			size: (questions: string, marks: string) => `${questions} câu, ${marks} điểm`,
			sample: 'Đây là một lượt rút thử, có đáp án; mỗi học viên nhận câu rút riêng.',
			open: 'Soạn đề và quy định làm bài'
		},
		page: {
			title: 'Đề kiểm tra',
			lead: 'Câu cố định ai cũng gặp; câu rút ngẫu nhiên được rút riêng cho từng lượt làm bài.',
			locked: 'Phiên bản này đang chờ duyệt hoặc đã ban hành nên không sửa được đề.',
			size: (questions: string, marks: string) => `Mỗi lượt ${questions} câu, tổng ${marks} điểm.`,
			saved: 'Đã lưu.'
		},
		parts: {
			title: 'Nội dung đề',
			empty: 'Đề chưa có câu hỏi. Đề nghị thêm câu rút ngẫu nhiên hoặc câu cố định.',
			section: 'Đề mục',
			fixed: 'Câu cố định',
			random: (count: string, topic: string) => `Rút ${count} câu: ${topic}`,
			anyDifficulty: 'mọi độ khó',
			available: (count: string) => `ngân hàng có ${count} câu`,
			short: (count: string) => `Ngân hàng chỉ có ${count} câu, không đủ để rút.`,
			marksEach: (marks: string) => `${marks} điểm mỗi câu`,
			up: (what: string) => `Chuyển lên: ${what}`,
			down: (what: string) => `Chuyển xuống: ${what}`,
			remove: (what: string) => `Bỏ khỏi đề: ${what}`,
			marks: 'Điểm',
			count: 'Số câu',
			change: 'Lưu số câu, điểm',
			edit: (what: string) => `Sửa số câu, điểm: ${what}`
		},
		random: {
			title: 'Thêm câu rút ngẫu nhiên',
			topic: 'Chủ đề',
			topicCount: (name: string, count: string) => `${name} (${count} câu)`,
			difficulty: 'Độ khó',
			any: 'Mọi độ khó',
			count: 'Số câu rút',
			marks: 'Điểm mỗi câu',
			add: 'Thêm vào đề',
			noPools: 'Ngân hàng chưa có câu hỏi đang dùng. Đề nghị thẩm định và đưa câu hỏi vào sử dụng trước.'
		},
		fixed: {
			title: 'Thêm câu cố định',
			search: 'Tìm trong ngân hàng câu hỏi',
			find: 'Tìm',
			choose: 'Chọn câu hỏi',
			marks: 'Điểm mỗi câu',
			add: 'Thêm câu đã chọn',
			none: 'Không tìm thấy câu hỏi nào dùng được cho đề này.'
		},
		section: { title: 'Thêm đề mục', name: 'Tên đề mục', add: 'Thêm đề mục' },
		settings: {
			title: 'Quy định làm bài',
			layout: 'Cách trình bày',
			layouts: { one: 'Mỗi trang một câu', all: 'Tất cả trên một trang' },
			isSequential: 'Trả lời lần lượt, không quay lại câu trước',
			isSequentialHint: 'Chỉ áp dụng khi mỗi trang một câu.',
			shufflesQuestions: 'Xáo trộn thứ tự câu hỏi',
			shufflesOptions: 'Xáo trộn phương án trả lời',
			opensDay: 'Mở từ ngày',
			opensClock: 'Giờ mở',
			closesDay: 'Đóng ngày',
			closesClock: 'Giờ đóng',
			clockHint: 'Ví dụ: 08:30',
			timeLimitMin: 'Thời gian làm bài (phút)',
			timeLimitHint: 'Để trống nếu không giới hạn. Hết giờ hệ thống tự nộp.',
			attemptLimit: 'Số lượt làm bài',
			attemptLimitHint: 'Để trống nếu không giới hạn.',
			delayMin: 'Chờ giữa hai lượt (phút)',
			passPercent: 'Mức đạt (%)',
			gradeOf: 'Điểm được tính',
			password: 'Mật khẩu vào thi',
			passwordHint: 'Để trống nếu không cần. Cán bộ coi thi đọc tại phòng.',
			keepsSteps: 'Lưu diễn biến trả lời, đối chiếu bài làm giống nhau trong đơn vị',
			keepsStepsHint:
				'Dữ liệu nhạy cảm: chỉ bật khi bài kiểm tra thật cần. Người học được báo trước khi làm bài; dữ liệu tự xóa khi hết thời hạn lưu.',
			review: 'Người học được xem lại gì',
			moments: {
				right_after: 'Ngay sau khi nộp (15 phút)',
				while_open: 'Khi bài kiểm tra còn mở',
				after_close: 'Sau khi đóng, hoặc khi hết lượt nếu không có hạn đóng'
			},
			seen: { answer: 'Câu trả lời của mình', marks: 'Điểm', key: 'Đáp án', explanation: 'Giải thích' },
			save: 'Lưu quy định'
		},
		difficulties: { easy: 'Dễ', medium: 'Trung bình', hard: 'Khó' }
	},
	en: {
		card: {
			title: 'Paper',
			empty: 'The paper has no questions yet.',
			size: (questions: string, marks: string) => `${questions} questions, ${marks} marks`,
			sample: 'One draw with its key; each learner gets questions of their own.',
			open: 'Write the paper and its rules'
		},
		page: {
			title: 'Paper',
			lead: 'Everybody meets the fixed questions; random ones are drawn for each attempt.',
			locked: 'This version is in review or published; the paper cannot be changed.',
			size: (questions: string, marks: string) => `${questions} questions an attempt, ${marks} marks.`,
			saved: 'Saved.'
		},
		parts: {
			title: 'Contents',
			empty: 'No questions yet. Add random or fixed ones.',
			section: 'Heading',
			fixed: 'Fixed question',
			random: (count: string, topic: string) => `Draw ${count}: ${topic}`,
			anyDifficulty: 'any difficulty',
			available: (count: string) => `the bank has ${count}`,
			short: (count: string) => `The bank has only ${count}: too few.`,
			marksEach: (marks: string) => `${marks} marks each`,
			up: (what: string) => `Move up: ${what}`,
			down: (what: string) => `Move down: ${what}`,
			remove: (what: string) => `Remove: ${what}`,
			marks: 'Marks',
			count: 'Questions',
			change: 'Save',
			edit: (what: string) => `Change number and marks: ${what}`
		},
		random: {
			title: 'Add random questions',
			topic: 'Topic',
			topicCount: (name: string, count: string) => `${name} (${count})`,
			difficulty: 'Difficulty',
			any: 'Any difficulty',
			count: 'Questions drawn',
			marks: 'Marks each',
			add: 'Add',
			noPools: 'No question of the bank is in use. Review questions and take them into use first.'
		},
		fixed: {
			title: 'Add fixed questions',
			search: 'Search the question bank',
			find: 'Find',
			choose: 'Choose questions',
			marks: 'Marks each',
			add: 'Add the chosen ones',
			none: 'No question was found that this paper can hold.'
		},
		section: { title: 'Add a heading', name: 'Heading', add: 'Add heading' },
		settings: {
			title: 'Rules',
			layout: 'Layout',
			layouts: { one: 'One question a page', all: 'All on one page' },
			isSequential: 'In order, without a way back',
			isSequentialHint: 'Only with one question a page.',
			shufflesQuestions: 'Shuffle questions',
			shufflesOptions: 'Shuffle options',
			opensDay: 'Opens on',
			opensClock: 'Opening time',
			closesDay: 'Closes on',
			closesClock: 'Closing time',
			clockHint: 'Example: 08:30',
			timeLimitMin: 'Time limit (minutes)',
			timeLimitHint: 'Empty for none. When time is over the system hands in.',
			attemptLimit: 'Attempts',
			attemptLimitHint: 'Empty for no limit.',
			delayMin: 'Pause between attempts (minutes)',
			passPercent: 'Needed to pass (%)',
			gradeOf: 'Grade',
			password: 'Quiz password',
			passwordHint: 'Empty for none. Read out in the room.',
			keepsSteps: 'Keep the course of answering, compare wrong answers within a unit',
			keepsStepsHint:
				'Sensitive: only where the quiz really needs it. Learners are told before they begin; it is deleted after the time it may be kept.',
			review: 'What learners see afterwards',
			moments: {
				right_after: 'Right after handing in (15 minutes)',
				while_open: 'While the quiz is open',
				after_close: 'After closing, or without one when no attempt is left'
			},
			seen: { answer: 'Own answer', marks: 'Marks', key: 'Key', explanation: 'Explanation' },
			save: 'Save rules'
		},
		difficulties: { easy: 'Easy', medium: 'Medium', hard: 'Hard' }
	}
});
