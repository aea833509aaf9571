import { defineMessages } from './index.ts';

/** Texts of the frame around every page. The `menu` keys are what the root layout's menu entries name. */
export const shellMessages = defineMessages({
	vi: {
		skip: 'Chuyển đến nội dung chính',
		menuTitle: 'Danh mục',
		mainMenu: 'Danh mục chính',
		menu: {
			home: 'Trang chủ',
			classes: 'Lớp tập huấn',
			courses: 'Khóa học',
			certificates: 'Giấy chứng nhận',
			surveys: 'Hài lòng của học viên',
			people: 'Danh sách đối tượng',
			dataRequests: 'Đề nghị về dữ liệu cá nhân',
			personalData: 'Dữ liệu cá nhân',
			units: 'Cơ quan, đơn vị',
			targets: 'Chỉ tiêu Đề án 766',
			reports: 'Báo cáo',
			my: 'Hồ sơ học tập của tôi',
			teaching: 'Biên soạn khóa học',
			questions: 'Ngân hàng câu hỏi',
			reviews: 'Duyệt khóa học',
			accounts: 'Tài khoản',
			security: 'An toàn đăng nhập',
			audit: 'Nhật ký hệ thống',
			settings: 'Quản trị hệ thống'
		},
		groups: {
			learn: 'Học tập',
			teach: 'Biên soạn',
			classes: 'Tổ chức tập huấn',
			roster: 'Đội ngũ, đơn vị',
			figures: 'Chỉ tiêu, báo cáo',
			admin: 'Quản trị'
		},
		textSize: 'Cỡ chữ',
		textSmall: 'Cỡ chữ nhỏ',
		textNormal: 'Cỡ chữ vừa',
		textLarge: 'Cỡ chữ lớn',
		otherLanguage: 'English',
		signIn: 'Đăng nhập',
		signOut: 'Đăng xuất',
		account: 'Tài khoản',
		messages: 'Thông báo',
		unread: (count: string) => `${count} thông báo chưa đọc`,
		demo: 'Dữ liệu minh họa',
		demoNote: 'Tên người, cơ quan và số liệu trên trang này không có thật.',
		owner: 'Cơ quan chủ quản',
		responsible: 'Chịu trách nhiệm',
		address: 'Địa chỉ',
		phone: 'Điện thoại',
		email: 'Thư điện tử',
		errorTitle: 'Không thực hiện được',
		reference: (code: string) => `Mã tham chiếu: ${code}. Khi cần hỗ trợ, đề nghị gửi kèm mã này.`,
		backHome: 'Về trang chủ',
		reload: 'Tải lại trang'
	},
	en: {
		skip: 'Skip to the main content',
		menuTitle: 'Menu',
		mainMenu: 'Main menu',
		menu: {
			home: 'Home',
			classes: 'Training classes',
			courses: 'Courses',
			certificates: 'Certificates',
			surveys: 'Trainees’ satisfaction',
			people: 'Target roster',
			dataRequests: 'Requests on personal data',
			personalData: 'Personal data',
			units: 'Agencies and units',
			targets: 'Targets of Project 766',
			reports: 'Reports',
			my: 'My learning record',
			teaching: 'Course authoring',
			questions: 'Question bank',
			reviews: 'Course approval',
			accounts: 'Accounts',
			security: 'Sign-in safety',
			audit: 'Audit log',
			settings: 'Administration'
		},
		groups: {
			learn: 'Learning',
			teach: 'Authoring',
			classes: 'Training activities',
			roster: 'Staff and units',
			figures: 'Targets and reports',
			admin: 'Administration'
		},
		textSize: 'Text size',
		textSmall: 'Small text',
		textNormal: 'Medium text',
		textLarge: 'Large text',
		otherLanguage: 'Tiếng Việt',
		signIn: 'Sign in',
		signOut: 'Sign out',
		account: 'Account',
		messages: 'Messages',
		unread: (count: string) => `${count} unread messages`,
		demo: 'Sample data',
		demoNote: 'The people, agencies and figures on this site are not real.',
		owner: 'Governing body',
		responsible: 'Responsible',
		address: 'Address',
		phone: 'Telephone',
		email: 'E-mail',
		errorTitle: 'This could not be done',
		reference: (code: string) => `Reference: ${code}. Please quote it when you ask for help.`,
		backHome: 'Back to the home page',
		reload: 'Reload the page'
	}
});

/** Names of the main menu's entries. */
export type MenuKey = keyof typeof shellMessages.vi.menu;

/** Names of the groups that entries stand in. */
export type MenuGroupKey = keyof typeof shellMessages.vi.groups;
