import { defineMessages } from './index.ts';

/** Texts of the page with the guides; the guides themselves are docs/guides, in Vietnamese. */
export const helpMessages = defineMessages({
	vi: {
		title: 'Hướng dẫn sử dụng',
		lead: 'Chọn việc anh/chị làm trong hệ thống.',
		guides: 'Các hướng dẫn',
		names: {
			'hoc-vien': 'Học viên',
			'giang-vien': 'Giảng viên',
			'nguoi-duyet': 'Người duyệt, lãnh đạo',
			'dau-moi-don-vi': 'Đầu mối đơn vị',
			'quan-tri-tinh': 'Quản trị tỉnh',
			'ky-thuat': 'Quản trị kỹ thuật'
		}
	},
	en: {
		title: 'User guides',
		lead: 'Choose what you do in the system. The guides are in Vietnamese.',
		guides: 'Guides',
		names: {
			'hoc-vien': 'Learner',
			'giang-vien': 'Trainer',
			'nguoi-duyet': 'Approver, leader',
			'dau-moi-don-vi': 'Unit admin',
			'quan-tri-tinh': 'Province admin',
			'ky-thuat': 'Technical admin'
		}
	}
});
