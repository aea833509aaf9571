import { defineMessages } from './index.ts';

/** Texts of questions being answered and of results, as learners see them. */
export const quizMessages = defineMessages({
	vi: {
		item: {
			chooseSeveral: 'Có thể chọn nhiều phương án.',
			right: 'Đáp án đúng',
			wrong: 'Chưa đúng',
			true: 'Đúng',
			false: 'Sai',
			choose: 'Chọn…',
			rightIs: (words: string) => `Đáp án: ${words}`,
			rightPlace: (place: string) => `Vị trí đúng: ${place}`,
			moveUp: (words: string) => `Chuyển lên: ${words}`,
			moveDown: (words: string) => `Chuyển xuống: ${words}`,
			movedTo: (words: string, place: string) => `«${words}» đang ở vị trí ${place}.`,
			place: (words: string) => `Vị trí của: ${words}`,
			keepOrder: 'Giữ nguyên thứ tự này làm câu trả lời',
			gap: (number: string | number) => `Chỗ trống ${number}`,
			words: (count: string) => `${count} từ`,
			minWords: (count: string) => `ít nhất ${count} từ`,
			maxWords: (count: string) => `nhiều nhất ${count} từ`,
			rubric: 'Tiêu chí chấm',
			points: (points: string) => `${points} điểm`,
			addFile: 'Thêm tệp hoặc ảnh chụp',
			mostFiles: (count: string) => `nhiều nhất ${count} tệp`,
			kinds: { image: 'Ảnh', document: 'PDF, Word, PowerPoint, Excel', audio: 'Âm thanh', video: 'Video' },
			note: 'Ghi chú kèm theo',
			remove: 'Bỏ',
			removeFile: (name: string) => `Bỏ tệp ${name}`,
			noFiles: 'Không có tệp nào.'
		}
	},
	en: {
		item: {
			chooseSeveral: 'More than one may be chosen.',
			right: 'Right answer',
			wrong: 'Not right',
			true: 'True',
			false: 'False',
			choose: 'Choose…',
			rightIs: (words: string) => `Answer: ${words}`,
			rightPlace: (place: string) => `Right place: ${place}`,
			moveUp: (words: string) => `Move up: ${words}`,
			moveDown: (words: string) => `Move down: ${words}`,
			movedTo: (words: string, place: string) => `“${words}” is now number ${place}.`,
			place: (words: string) => `Place of: ${words}`,
			keepOrder: 'Keep this order as the answer',
			gap: (number: string | number) => `Gap ${number}`,
			words: (count: string) => `${count} words`,
			minWords: (count: string) => `at least ${count} words`,
			maxWords: (count: string) => `at most ${count} words`,
			rubric: 'Marked by',
			points: (points: string) => `${points} points`,
			addFile: 'Add a file or photograph',
			mostFiles: (count: string) => `at most ${count} files`,
			kinds: { image: 'Pictures', document: 'PDF, Word, PowerPoint, Excel', audio: 'Sound', video: 'Video' },
			note: 'Note',
			remove: 'Remove',
			removeFile: (name: string) => `Remove file ${name}`,
			noFiles: 'No files.'
		}
	}
});
