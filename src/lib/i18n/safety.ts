import { defineMessages } from './index.ts';

/** Texts of account safety: the second step of signing in, confirmation, security settings. */
export const safetyMessages = defineMessages({
	vi: {
		code: {
			title: 'Xác thực bước hai',
			lead: 'Mật khẩu đúng. Đề nghị nhập mã của ứng dụng xác thực trên điện thoại.',
			code: 'Mã xác thực',
			hint: 'Gồm 6 chữ số, đổi mỗi 30 giây. Không có điện thoại: nhập một mã khôi phục.',
			submit: 'Tiếp tục',
			lost: 'Mất điện thoại và không còn mã khôi phục: đề nghị liên hệ quản trị cấp tỉnh để gỡ xác thực hai bước.',
			again: 'Đăng nhập lại từ đầu'
		},
		confirm: {
			title: 'Xác nhận lại trước khi thực hiện',
			lead: 'Thao tác này quan trọng và phiên đăng nhập đã mở một thời gian, nên hệ thống cần biết chắc người đang thao tác là chủ tài khoản.',
			password: 'Mật khẩu',
			hint: 'Hoặc mã của ứng dụng xác thực, nếu đã bật xác thực hai bước. Sau khi xác nhận, đề nghị thực hiện lại thao tác.',
			submit: 'Xác nhận'
		},
		twoStep: {
			title: 'Xác thực hai bước',
			lead: 'Sau mật khẩu, hệ thống hỏi thêm mã trên điện thoại. Người biết mật khẩu mà không có điện thoại thì không vào được.',
			overdue: 'Vai trò của Ông/Bà phải dùng xác thực hai bước. Đề nghị thiết lập để tiếp tục sử dụng hệ thống.',
			dueUntil: (day: string) => `Vai trò của Ông/Bà phải dùng xác thực hai bước từ ngày ${day}.`,
			why: 'Cần một điện thoại có ứng dụng xác thực như Google Authenticator, Microsoft Authenticator, FreeOTP hoặc Aegis. Ứng dụng không cần mạng khi tạo mã.',
			begin: 'Thiết lập',
			setUpTitle: 'Thiết lập trong ba bước',
			step1: 'Mở ứng dụng xác thực trên điện thoại, chọn thêm tài khoản.',
			step2: 'Quét mã vuông này bằng ứng dụng.',
			qr: 'Mã QR cho ứng dụng xác thực',
			typeKey: 'Không quét được thì nhập khóa:',
			step3: 'Nhập mã 6 chữ số mà ứng dụng vừa tạo.',
			code: 'Mã xác thực',
			turnOn: 'Bật xác thực hai bước',
			on: 'Đang bật',
			since: (day: string) => `từ ngày ${day}`,
			codesLeft: (count: number) => `Còn ${count} mã khôi phục chưa dùng.`,
			renew: 'Tạo mã khôi phục mới',
			renewQuestion: 'Tạo mười mã khôi phục mới? Các mã cũ hết hiệu lực.',
			turnOff: 'Tắt',
			turnOffQuestion: 'Tắt xác thực hai bước? Dùng khi đổi điện thoại. Vai trò bắt buộc sẽ phải thiết lập lại ngay.',
			codesTitle: 'Mã khôi phục',
			codesOnce: 'Các mã này chỉ hiện một lần.',
			codesWhy: 'Mỗi mã thay điện thoại được một lần. Đề nghị in và cất ở nơi an toàn, không để cùng điện thoại.',
			print: 'In',
			copy: 'Sao chép',
			kept: 'Đã cất mã'
		},
		viewing: {
			title: 'Xem với tư cách người này',
			lead: 'Để hỗ trợ: thấy đúng những gì người này thấy trong 30 phút, không thay đổi được gì. Lý do được ghi vào nhật ký và người này nhận được thông báo.',
			reason: 'Lý do',
			begin: 'Bắt đầu xem'
		},
		account: {
			twoStepOn: 'Đang bật',
			twoStepOff: 'Chưa bật',
			twoStepManage: 'Xác thực hai bước',
			reminder: 'Nên bật xác thực hai bước',
			reminderText: (day: string) => `Vai trò của Ông/Bà phải dùng xác thực hai bước từ ngày ${day}.`,
			reminderDemo:
				'Vai trò của Ông/Bà có quyền với dữ liệu của nhiều người; xác thực hai bước giữ an toàn cho tài khoản.',
			setUp: 'Thiết lập',
			remove: 'Gỡ xác thực hai bước',
			removeQuestion: (name: string) =>
				`Gỡ xác thực hai bước của ${name}? Chỉ thực hiện khi đã xác minh đúng người (gặp trực tiếp hoặc gọi điện).`,
			removed: 'Đã gỡ xác thực hai bước.'
		},
		security: {
			title: 'An toàn đăng nhập',
			lead: 'Ai phải đăng nhập bằng hai bước. Thay đổi có hiệu lực ngay và được ghi vào nhật ký.',
			twoStepTitle: 'Xác thực hai bước',
			mode: 'Áp dụng',
			modes: {
				require: 'Bắt buộc, sau số ngày chuẩn bị',
				remind: 'Nhắc, không bắt buộc',
				off: 'Không nhắc'
			},
			rolesLabel: 'Vai trò phải dùng',
			standing: (on: number, all: number) => `${on}/${all} tài khoản đã bật`,
			graceDays: 'Số ngày chuẩn bị',
			graceHint: 'Tính từ lần đăng nhập đầu tiên với vai trò đó; 0 là bắt buộc ngay.',
			save: 'Lưu',
			saved: 'Đã lưu.'
		}
	},
	en: {
		code: {
			title: 'Second step',
			lead: 'The password is right. Please enter the code of the authenticator application on your telephone.',
			code: 'Code',
			hint: '6 digits that change every 30 seconds. Without the telephone, enter a recovery code.',
			submit: 'Continue',
			lost: 'If the telephone and the recovery codes are lost, ask the provincial administrator to remove the second step.',
			again: 'Sign in from the beginning'
		},
		confirm: {
			title: 'Please confirm that it is you',
			lead: 'This matters and the session has been open for a while, so the system has to be sure who is acting.',
			password: 'Password',
			hint: 'Or a code of the authenticator application where the second step is on. After confirming, please do it again.',
			submit: 'Confirm'
		},
		twoStep: {
			title: 'Two-step sign-in',
			lead: 'After the password the system asks for a code on your telephone. Who knows the password but has no telephone stays out.',
			overdue: 'Your role requires the second step. Please set it up to go on.',
			dueUntil: (day: string) => `Your role requires the second step from ${day} on.`,
			why: 'You need a telephone with an authenticator application such as Google Authenticator, Microsoft Authenticator, FreeOTP or Aegis. It makes codes without a network.',
			begin: 'Set it up',
			setUpTitle: 'Three steps',
			step1: 'Open the authenticator application and choose to add an account.',
			step2: 'Scan this square code with it.',
			qr: 'QR code for the authenticator application',
			typeKey: 'If it cannot be scanned, type the key:',
			step3: 'Enter the 6 digits that the application shows.',
			code: 'Code',
			turnOn: 'Turn on',
			on: 'On',
			since: (day: string) => `since ${day}`,
			codesLeft: (count: number) => `${count} recovery codes are left.`,
			renew: 'Make new recovery codes',
			renewQuestion: 'Make ten new recovery codes? The present ones stop working.',
			turnOff: 'Turn off',
			turnOffQuestion:
				'Turn the second step off? Do so before changing telephones. Roles that require it set it up again at once.',
			codesTitle: 'Recovery codes',
			codesOnce: 'These codes are shown once.',
			codesWhy:
				'Each stands in for the telephone once. Print them and keep them in a safe place, not with the telephone.',
			print: 'Print',
			copy: 'Copy',
			kept: 'I have kept them'
		},
		viewing: {
			title: 'Look at the system as this person',
			lead: 'To help: for 30 minutes you see what this person sees, and can change nothing. The reason is written down and the person is told.',
			reason: 'Reason',
			begin: 'Begin'
		},
		account: {
			twoStepOn: 'On',
			twoStepOff: 'Off',
			twoStepManage: 'Two-step sign-in',
			reminder: 'Two-step sign-in is advised',
			reminderText: (day: string) => `Your role requires the second step from ${day} on.`,
			reminderDemo: 'Your role reaches the data of many people; a second step keeps the account safe.',
			setUp: 'Set it up',
			remove: 'Remove the second step',
			removeQuestion: (name: string) =>
				`Remove the second step of ${name}? Only after making sure who asks (in person or by telephone).`,
			removed: 'The second step has been removed.'
		},
		security: {
			title: 'Sign-in safety',
			lead: 'Who must sign in with two steps. Changes hold at once and are recorded in the audit log.',
			twoStepTitle: 'Two-step sign-in',
			mode: 'Applies',
			modes: {
				require: 'Required, after days of grace',
				remind: 'Reminded, not required',
				off: 'Not reminded'
			},
			rolesLabel: 'Roles that must use it',
			standing: (on: number, all: number) => `${on} of ${all} accounts use it`,
			graceDays: 'Days of grace',
			graceHint: 'From the first sign-in with such a role; 0 requires it at once.',
			save: 'Save',
			saved: 'Saved.'
		}
	}
});
