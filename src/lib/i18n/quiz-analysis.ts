import { defineMessages } from './index.ts';

/** Texts of a paper's item analysis. */
export const quizAnalysisMessages = defineMessages({
	vi: {
		title: 'Phân tích câu hỏi',
		open: 'Phân tích câu hỏi',
		lead: 'Tính trên lượt làm đầu tiên của mỗi người đã nộp bài; không hiện tên người học.',
		empty: 'Chưa có lượt làm bài nào được chấm xong.',
		paper: {
			title: 'Cả đề',
			sheets: 'Số bài',
			mean: 'Điểm trung bình',
			sd: 'Độ lệch chuẩn',
			alpha: 'Độ tin cậy (KR-20, alpha)',
			error: 'Sai số đo',
			noAlpha: 'Không tính được: mỗi lượt rút câu khác nhau',
			reliable: 'Đề đo ổn định.',
			unreliable: 'Đề đo chưa ổn định: nên thêm câu hoặc sửa các câu có nhận xét bên dưới.'
		},
		item: {
			answers: (count: string) => `${count} bài`,
			facility: (percent: string) => `Độ dễ: ${percent} số điểm đạt được`,
			discrimination: (value: string) => `Độ phân biệt: ${value}`,
			upperLower: (value: string) => `Chênh lệch nhóm giỏi – nhóm yếu (27%): ${value}`,
			median: (time: string) => `Thời gian làm thường gặp: ${time}`,
			caption: (words: string) => `Các phương án của câu: ${words}`,
			option: 'Phương án',
			all: 'Số người chọn',
			upper: 'Nhóm giỏi',
			lower: 'Nhóm yếu',
			right: 'đáp án',
			openQuestion: 'Mở câu hỏi trong ngân hàng'
		},
		remarks: {
			few: () => 'Còn ít bài (dưới 10), chưa nên kết luận.',
			too_easy: () => 'Câu này quá dễ: hầu như ai cũng làm đúng.',
			too_hard: () => 'Câu này quá khó: ít người làm đúng.',
			negative: () => 'Người làm bài tốt lại hay sai câu này: đề nghị kiểm tra lại đáp án.',
			weak: () => 'Câu này ít phân biệt được người nắm chắc và chưa nắm chắc.',
			unchosen: (letter: string) => `Phương án ${letter} không ai chọn, nên thay phương án khác.`,
			misleading: (letter: string) =>
				`Phương án ${letter} gây nhiễu: người làm bài tốt chọn nhiều hơn người làm bài yếu.`,
			good: () => 'Câu hỏi tốt.'
		},
		regrade: {
			title: 'Chấm lại',
			lead: 'Khi đáp án của câu hỏi đã sửa và được thẩm định, các bài đã nộp có thể được chấm lại theo đáp án mới.',
			empty: 'Không có câu hỏi nào có đáp án mới sau khi người học nộp bài.',
			answers: (answers: string, changes: string) => `${answers} câu trả lời; kết quả của ${changes} người thay đổi.`,
			caption: 'Người có kết quả thay đổi',
			name: 'Họ và tên',
			before: 'Hiện nay',
			after: 'Sau khi chấm lại',
			outcome: 'Kết luận',
			passes: 'Đạt',
			fails: 'Chưa đạt',
			run: 'Chấm lại câu này',
			question:
				'Chấm lại mọi bài đã nộp theo đáp án mới? Điểm cũ được lưu; người có kết quả thay đổi nhận thông báo; bài học đã hoàn thành vẫn giữ nguyên.',
			reason: 'Lý do',
			done: (count: string) => `Đã chấm lại; kết quả của ${count} người thay đổi.`
		}
	},
	en: {
		title: 'Item analysis',
		open: 'Item analysis',
		lead: 'From the first finished attempt of everybody; without names.',
		empty: 'No attempt is marked yet.',
		paper: {
			title: 'The paper',
			sheets: 'Attempts',
			mean: 'Mean',
			sd: 'Standard deviation',
			alpha: 'Reliability (KR-20, alpha)',
			error: 'Standard error',
			noAlpha: 'Cannot be told: each attempt has other questions',
			reliable: 'The paper measures steadily.',
			unreliable: 'The paper does not measure steadily: add questions or mend those remarked on below.'
		},
		item: {
			answers: (count: string) => `${count} attempts`,
			facility: (percent: string) => `Facility: ${percent} of the marks`,
			discrimination: (value: string) => `Discrimination: ${value}`,
			upperLower: (value: string) => `Upper less lower 27%: ${value}`,
			median: (time: string) => `Usual time: ${time}`,
			caption: (words: string) => `Options of: ${words}`,
			option: 'Option',
			all: 'Chosen by',
			upper: 'Upper group',
			lower: 'Lower group',
			right: 'key',
			openQuestion: 'Open in the bank'
		},
		remarks: {
			few: () => 'Too few attempts (under 10) to judge.',
			too_easy: () => 'Too easy: nearly everybody is right.',
			too_hard: () => 'Too hard: few are right.',
			negative: () => 'Those who do well get this one wrong: check the key.',
			weak: () => 'It hardly tells those who know from those who do not.',
			unchosen: (letter: string) => `Nobody chose option ${letter}; think of another.`,
			misleading: (letter: string) => `Option ${letter} misleads: the best chose it more often than the weakest.`,
			good: () => 'A good question.'
		},
		regrade: {
			title: 'Mark anew',
			lead: 'When the key of a question was mended and approved, attempts can be marked anew by it.',
			empty: 'No question has a new key since it was answered.',
			answers: (answers: string, changes: string) => `${answers} answers; the result of ${changes} people changes.`,
			caption: 'People whose result changes',
			name: 'Name',
			before: 'Now',
			after: 'After',
			outcome: 'Outcome',
			passes: 'Passed',
			fails: 'Not passed',
			run: 'Mark this question anew',
			question:
				'Mark all attempts anew by the new key? Old marks are kept; people whose result changes are told; completed lessons stay completed.',
			reason: 'Reason',
			done: (count: string) => `Done; the result of ${count} people changed.`
		}
	}
});
