import { defineMessages } from './index.ts';

/** Texts of the comparison of a new SCORM package with the one that classes learn with. */
export const scormRevisionMessages = defineMessages({
	vi: {
		open: 'Gói mới ảnh hưởng đến ai',
		compare: 'So sánh gói',
		title: 'Gói mới và người đang học',
		lead: 'So sánh gói mới với gói các lớp đang dùng, trước khi đổi cho bất kỳ ai.',
		none: 'Các lớp đang mở đều dùng gói mới nhất của bài này. Không có gì phải đổi.',
		nothingReady: 'Bài này chưa có gói nào nhập xong.',
		heading: (before: string, after: string) => `Gói lần ${before} → gói lần ${after}`,
		counts: {
			same: (count: string) => `${count} mục giữ nguyên`,
			changed: (count: string) => `${count} mục đổi nội dung`,
			new: (count: string) => `${count} mục mới`,
			gone: (count: string) => `${count} mục không còn`
		},
		items: 'Các mục của hai gói',
		item: 'Mục',
		change: 'Thay đổi',
		kept: 'Dữ liệu của người học',
		kinds: { same: 'Giữ nguyên', changed: 'Đổi nội dung', new: 'Mục mới', gone: 'Không còn' },
		keeps: {
			same: 'Trạng thái, điểm, mục tiêu, chỗ đang học và dữ liệu của mục đều được mang sang.',
			changed: 'Trạng thái, điểm, mục tiêu được mang sang; chỗ đang học và dữ liệu riêng của nội dung cũ thì không.',
			new: 'Chưa có dữ liệu.',
			gone: 'Vẫn lưu ở lượt học cũ, tra cứu được.'
		},
		formerTitle: (title: string) => `Tên cũ: ${title}`,
		formerIdentifier: (identifier: string) => `Mã cũ: ${identifier}; nội dung giống hệt`,
		classes: 'Lớp đang mở dùng gói cũ',
		noClasses: 'Chưa có lớp đang mở nào học bài này với gói cũ.',
		className: 'Lớp',
		organiser: 'Đơn vị tổ chức',
		people: 'Số người',
		effect: 'Khi đổi gói',
		effects: {
			notBegun: (count: string) => `${count} người chưa mở bài: học gói mới`,
			goesOn: (count: string) => `${count} người đang học dở: học tiếp gói cũ đến hết lượt, không mất gì`,
			carried: (count: string) => `${count} người đã hoàn thành: giữ kết quả, lần mở sau xem gói mới với kết quả đã có`,
			fresh: (count: string) => `${count} người mở lại sẽ bắt đầu lượt mới trên gói mới, theo thiết lập của bài`,
			stays: (count: string) => `${count} người đã hết lượt: giữ kết quả, xem lại gói cũ`
		},
		nobody: 'Chưa có ai trong lớp',
		never: 'Bài đã hoàn thành vẫn là hoàn thành. Lượt học cũ không bị xóa.',
		notLive:
			'Chưa đổi gì: các lớp đang mở vẫn dùng gói cũ. Khi phiên bản này được phê duyệt, lớp mở mới dùng gói mới; tác giả quay lại trang này để đổi cho lớp đang mở nếu cần.',
		adopt: 'Dùng gói mới cho các lớp đang mở',
		question: (classes: string, people: string) =>
			`Đổi gói cho ${classes} lớp (${people} người)? Lượt đang học không bị ảnh hưởng. Việc này được ghi nhật ký.`,
		done: (classes: string) => `Đã đổi gói cho ${classes} lớp đang mở.`,
		renewed: 'Có gói SCORM khác với gói các lớp đang dùng:'
	},
	en: {
		open: 'Whom the new package affects',
		compare: 'Compare packages',
		title: 'The new package and its learners',
		lead: 'The new package beside the one that classes learn with, before anybody gets it.',
		none: 'All open classes use the newest package of this lesson. There is nothing to change.',
		nothingReady: 'No package of this lesson has been imported yet.',
		heading: (before: string, after: string) => `File ${before} → file ${after}`,
		counts: {
			same: (count: string) => `${count} the same`,
			changed: (count: string) => `${count} with other content`,
			new: (count: string) => `${count} new`,
			gone: (count: string) => `${count} gone`
		},
		items: 'Items of both packages',
		item: 'Item',
		change: 'Change',
		kept: 'What learners have',
		kinds: { same: 'The same', changed: 'Other content', new: 'New', gone: 'Gone' },
		keeps: {
			same: 'Status, score, objectives, place and the content’s own data come along.',
			changed: 'Status, score and objectives come along; the place and the earlier content’s own data do not.',
			new: 'Nothing yet.',
			gone: 'Stays with the earlier attempt and can be looked up.'
		},
		formerTitle: (title: string) => `Called before: ${title}`,
		formerIdentifier: (identifier: string) => `Identifier before: ${identifier}; exactly the same content`,
		classes: 'Open classes with the earlier package',
		noClasses: 'No open class learns this lesson with the earlier package.',
		className: 'Class',
		organiser: 'Organiser',
		people: 'People',
		effect: 'With the change',
		effects: {
			notBegun: (count: string) => `${count} have not opened it: learn the new package`,
			goesOn: (count: string) => `${count} on their way: go on with the earlier package to the end, nothing is lost`,
			carried: (count: string) => `${count} completed: keep their results and open the new package with them`,
			fresh: (count: string) => `${count} begin a fresh attempt at the new package, as the lesson’s settings say`,
			stays: (count: string) => `${count} have no attempt left: keep their results and look at the earlier package`
		},
		nobody: 'Nobody in the class yet',
		never: 'What was completed stays completed. Earlier attempts are not deleted.',
		notLive:
			'Nothing has changed yet: open classes use the earlier package. Once this version is approved new classes use the new one; the author comes back here to give it to open classes where that is wanted.',
		adopt: 'Give open classes the new package',
		question: (classes: string, people: string) =>
			`Give the new package to ${classes} classes (${people} people)? Attempts under way are not touched. This is written to the audit log.`,
		done: (classes: string) => `${classes} open classes have the new package.`,
		renewed: 'A SCORM package differs from the one that classes use:'
	}
});
