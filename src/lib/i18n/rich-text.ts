import { defineMessages } from './index.ts';

/** Words of the editor of formatted texts. */
export const richTextMessages = defineMessages({
	vi: {
		toolbar: 'Định dạng nội dung',
		bold: 'Đậm',
		italic: 'Nghiêng',
		underline: 'Gạch chân',
		heading: 'Tiêu đề',
		bullets: 'Danh sách',
		numbers: 'Danh sách số',
		quote: 'Trích dẫn',
		link: 'Liên kết',
		linkPrompt: 'Địa chỉ liên kết (để trống để bỏ)',
		undo: 'Hoàn tác',
		redo: 'Làm lại thao tác'
	},
	en: {
		toolbar: 'Formatting',
		bold: 'Bold',
		italic: 'Italic',
		underline: 'Underline',
		heading: 'Heading',
		bullets: 'List',
		numbers: 'Numbered list',
		quote: 'Quotation',
		link: 'Link',
		linkPrompt: 'Address of the link (empty to remove)',
		undo: 'Undo',
		redo: 'Redo'
	}
});
