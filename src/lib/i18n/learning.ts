import { defineMessages } from './index.ts';

/** Texts of the learner's pages. */
export const learningMessages = defineMessages({
	vi: {
		home: {
			title: 'Trang chủ',
			greeting: (name: string) => (name ? `Ông/Bà ${name}` : 'Trang chủ'),
			saved: (clock: string, day: string) => `Đã lưu lúc ${clock}, ngày ${day}.`,
			continue: 'Học tiếp',
			start: 'Vào học',
			nothing: 'Ông/Bà không có bài học nào đang chờ.',
			nothingHint: 'Khi được triệu tập vào lớp trực tuyến, bài học sẽ hiện ở đây.',
			allDone: 'Ông/Bà đã hoàn thành các lớp đang mở.',
			classes: 'Lớp tập huấn của tôi',
			due: (day: string) => `Hạn hoàn thành: ${day}`,
			opens: (day: string) => `Mở từ ngày ${day}`,
			minutes: (minutes: string) => `${minutes} phút`,
			size: (usual: string, audio: string) => `${usual}; chỉ nghe tiếng ${audio}`,
			tasks: 'Công việc thường dùng'
		},
		tasks: {
			record: { title: 'Ghi nhận lớp đã tổ chức', hint: 'Điểm danh, đính kèm ảnh danh sách ký' },
			open: { title: 'Mở lớp trực tuyến', hint: 'Chọn khóa học, triệu tập người học' },
			roster: { title: 'Danh sách đối tượng', hint: 'Thêm, sửa hoặc nhập từ Excel' },
			slips: { title: 'Tài khoản', hint: 'In phiếu kích hoạt, đặt lại mật khẩu' },
			teach: { title: 'Soạn khóa học', hint: 'Tải bài giảng, gửi duyệt' },
			review: { title: 'Duyệt khóa học', hint: 'Xem trước, phê duyệt hoặc trả lại' },
			targets: { title: 'Chỉ tiêu Đề án 766', hint: 'Tỷ lệ được tập huấn, tỷ lệ trực tuyến' },
			audit: { title: 'Nhật ký hệ thống', hint: 'Ai đã thay đổi gì, khi nào' }
		},
		search: {
			title: 'Tìm trong bài giảng',
			lead: 'Tìm lời nói trong các bài giảng của lớp Ông/Bà tham gia; gõ có dấu hoặc không dấu đều được.',
			label: 'Từ cần tìm',
			nothing: (asked: string) => `Không tìm thấy «${asked}» trong lời giảng.`
		},
		coverage: {
			title: 'Mức độ xem bài giảng',
			lead: 'Số người đã xem từng đoạn, tính trên mọi lớp dùng bài này; không nêu tên.',
			counts: (begun: string, completed: string) => `${begun} người đã bắt đầu, ${completed} người đã hoàn thành`,
			stretch: 'Đoạn',
			learners: 'Số người đã xem',
			empty: 'Chưa có ai xem bài giảng này.'
		},
		my: {
			title: 'Hồ sơ học tập của tôi',
			lead: 'Các lớp tập huấn Ông/Bà đã tham gia, cả trực tuyến và trực tiếp.',
			caption: 'Các lớp đã tham gia',
			className: 'Lớp tập huấn',
			organiser: 'Đơn vị chủ trì',
			mode: 'Hình thức',
			time: 'Thời gian',
			periods: 'Số tiết',
			result: 'Kết quả',
			completedOn: (day: string) => `Đã hoàn thành ngày ${day}`,
			yearTotal: (year: string, periods: string) => `Năm ${year}: ${periods} tiết đã hoàn thành`,
			notCompleted: 'Chưa hoàn thành',
			empty: 'Chưa có lớp tập huấn nào.'
		},
		status: {
			notBegun: 'Chưa học',
			begun: 'Đang học',
			done: 'Đã hoàn thành',
			locked: 'Mở sau khi hoàn thành bài trước',
			notYet: 'Sắp mở',
			closed: 'Đã kết thúc'
		},
		class: {
			progress: (done: string, required: string) => `Đã hoàn thành ${done}/${required} bài bắt buộc`,
			outline: 'Nội dung lớp',
			module: (number: string) => `Học phần ${number}`,
			optional: 'Không bắt buộc',
			closed: 'Lớp đã kết thúc. Ông/Bà có thể xem lại bài học; kết quả không thay đổi nữa.',
			notYet: (day: string) => `Lớp mở từ ngày ${day}.`,
			completed: (day: string) => `Ông/Bà đã hoàn thành lớp này ngày ${day}.`,
			organiser: (name: string) => `Đơn vị chủ trì: ${name}`,
			rule: (percent: string) => `Bài giảng được tính hoàn thành khi đã xem ít nhất ${percent} thời lượng.`
		},
		lesson: {
			noSkipping: 'Bài này cần xem lần lượt, không tua quá phần đã xem; xem xong thì tua tự do.',
			watched: (percent: string) => `Đã xem ${percent}`,
			needed: (percent: string) => `Cần xem ít nhất ${percent}`,
			standing: 'Kết quả xem bài giảng',
			saved: (clock: string) => `Đã lưu lúc ${clock}.`,
			download: (name: string) => `Tải xuống ${name}`,
			done: 'Đã hoàn thành bài này',
			courseDone: 'Ông/Bà đã hoàn thành tất cả bài học của lớp.',
			markRead: 'Đã đọc xong',
			markOpened: 'Đã xem xong',
			previous: 'Bài trước',
			next: 'Bài tiếp theo',
			backToClass: 'Về trang lớp',
			attachments: 'Tài liệu kèm theo',
			notReady: 'Bài giảng đang được xử lý, đề nghị quay lại sau ít phút.',
			openLink: 'Mở đường dẫn',
			outline: 'Danh sách bài học',
			takenOver: 'Bài giảng đang được xem trên thiết bị khác. Bấm «Xem ở đây» để tiếp tục trên thiết bị này.',
			watchHere: 'Xem ở đây'
		},
		kinds: {
			lecture: 'Bài giảng',
			document: 'Tài liệu',
			link: 'Đường dẫn',
			scorm: 'Bài tương tác (SCORM)',
			quiz: 'Bài kiểm tra'
		}
	},
	en: {
		home: {
			title: 'Home',
			greeting: (name: string) => name || 'Home',
			saved: (clock: string, day: string) => `Saved at ${clock} on ${day}.`,
			continue: 'Continue',
			start: 'Start',
			nothing: 'No lesson is waiting for you.',
			nothingHint: 'When you are summoned to an online class, its lessons appear here.',
			allDone: 'You have completed all open classes.',
			classes: 'My classes',
			due: (day: string) => `Due: ${day}`,
			opens: (day: string) => `Opens on ${day}`,
			minutes: (minutes: string) => `${minutes} min`,
			size: (usual: string, audio: string) => `${usual}; audio only ${audio}`,
			tasks: 'Common tasks'
		},
		tasks: {
			record: { title: 'Record a class already held', hint: 'Attendance, photo of the signed list' },
			open: { title: 'Open an online class', hint: 'Choose a course, summon learners' },
			roster: { title: 'Roster', hint: 'Add, edit or import from Excel' },
			slips: { title: 'Accounts', hint: 'Print activation slips, reset passwords' },
			teach: { title: 'Write courses', hint: 'Upload lectures, send for approval' },
			review: { title: 'Review courses', hint: 'Preview, approve or return' },
			targets: { title: 'Targets of Đề án 766', hint: 'Trained share, online share' },
			audit: { title: 'Audit log', hint: 'Who changed what, when' }
		},
		search: {
			title: 'Search in lectures',
			lead: 'Finds what is said in the lectures of your classes, typed with or without marks.',
			label: 'Words to find',
			nothing: (asked: string) => `“${asked}” was not found in what is said.`
		},
		coverage: {
			title: 'How the lecture is watched',
			lead: 'How many people watched each stretch, over all classes that use this lesson; without names.',
			counts: (begun: string, completed: string) => `${begun} began, ${completed} completed`,
			stretch: 'Stretch',
			learners: 'Learners',
			empty: 'Nobody has watched this lecture yet.'
		},
		my: {
			title: 'My learning record',
			lead: 'Classes you have taken part in, online and in person.',
			caption: 'Classes taken part in',
			className: 'Class',
			organiser: 'Organising unit',
			mode: 'Mode',
			time: 'Dates',
			periods: 'Periods',
			result: 'Result',
			completedOn: (day: string) => `Completed on ${day}`,
			yearTotal: (year: string, periods: string) => `${year}: ${periods} teaching periods completed`,
			notCompleted: 'Not completed',
			empty: 'No classes yet.'
		},
		status: {
			notBegun: 'Not begun',
			begun: 'In progress',
			done: 'Completed',
			locked: 'Opens after the previous lesson',
			notYet: 'Opens soon',
			closed: 'Ended'
		},
		class: {
			progress: (done: string, required: string) => `${done}/${required} required lessons completed`,
			outline: 'Contents',
			module: (number: string) => `Module ${number}`,
			optional: 'Optional',
			closed: 'This class has ended. You can look at its lessons again; results no longer change.',
			notYet: (day: string) => `The class opens on ${day}.`,
			completed: (day: string) => `You completed this class on ${day}.`,
			organiser: (name: string) => `Organising unit: ${name}`,
			rule: (percent: string) => `A lecture is complete when at least ${percent} of it was watched.`
		},
		lesson: {
			noSkipping: 'It is watched in order, not moving beyond what was watched; once complete you may move freely.',
			watched: (percent: string) => `${percent} watched`,
			needed: (percent: string) => `At least ${percent} needed`,
			standing: 'Watching',
			saved: (clock: string) => `Saved at ${clock}.`,
			download: (name: string) => `Download ${name}`,
			done: 'Lesson completed',
			courseDone: 'You have completed all lessons of this class.',
			markRead: 'I have read it',
			markOpened: 'I have seen it',
			previous: 'Previous lesson',
			next: 'Next lesson',
			backToClass: 'Back to the class',
			attachments: 'Attachments',
			notReady: 'The lecture is still being processed. Please come back in a few minutes.',
			openLink: 'Open link',
			outline: 'Lessons',
			takenOver: 'This lecture is being watched on another device. Press “Watch here” to go on with this one.',
			watchHere: 'Watch here'
		},
		kinds: { lecture: 'Lecture', document: 'Document', link: 'Link', scorm: 'Interactive lesson (SCORM)', quiz: 'Quiz' }
	}
});
