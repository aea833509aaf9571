import { defineMessages } from './index.ts';

/** Words of signing in through a provider. */
export const singleSignOnMessages = defineMessages({
	vi: {
		enter: (name: string) => `Đăng nhập bằng ${name}`,
		title: 'Liên kết tài khoản',
		lead: 'Lần đầu đăng nhập bằng hệ thống xác thực: đề nghị xác nhận để liên kết. Từ lần sau không phải làm lại.',
		isYou: 'Hệ thống tìm thấy trong danh sách đối tượng:',
		confirm: 'Đúng là tôi, liên kết và đăng nhập',
		needsPassword: 'Để bảo vệ tài khoản, đề nghị nhập tên đăng nhập và mật khẩu của tài khoản này.',
		byPassword: 'Liên kết bằng tài khoản đã có',
		byPasswordLead: 'Nếu không phải người trên, hoặc đã có tài khoản, đề nghị nhập tên đăng nhập và mật khẩu.',
		link: 'Liên kết và đăng nhập',
		linked: (day: string) => `Đã liên kết với hệ thống xác thực ngày ${day}.`,
		unlink: 'Bỏ liên kết',
		unlinkQuestion: 'Bỏ liên kết? Ông/Bà sẽ đăng nhập bằng tên và mật khẩu.',
		unlinked: 'Đã bỏ liên kết.'
	},
	en: {
		enter: (name: string) => `Sign in with ${name}`,
		title: 'Link your account',
		lead: 'This is the first time you sign in through the provider: please confirm. It is asked once.',
		isYou: 'The roster knows:',
		confirm: 'That is me, link and sign in',
		needsPassword: 'To protect the account, please enter its name and password.',
		byPassword: 'Link an account you have',
		byPasswordLead: 'If that is not you, or you have an account, please enter its name and password.',
		link: 'Link and sign in',
		linked: (day: string) => `Linked to the provider on ${day}.`,
		unlink: 'Unlink',
		unlinkQuestion: 'Unlink? You will sign in with name and password.',
		unlinked: 'Unlinked.'
	}
});
