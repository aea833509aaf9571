import { defineMessages } from './index.ts';

/** Texts about personal data: the own data, requests and their answers, keeping times, the list of processing. */
export const privacyMessages = defineMessages({
	vi: {
		kinds: {
			access: 'Cung cấp, giải thích dữ liệu',
			correct: 'Chỉnh sửa dữ liệu',
			erase: 'Xóa dữ liệu',
			restrict: 'Hạn chế, phản đối xử lý'
		},
		states: { open: 'Chờ trả lời', done: 'Đã thực hiện', refused: 'Không thực hiện được' },
		own: {
			title: 'Dữ liệu cá nhân của tôi',
			lead: 'Theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15.',
			heldTitle: 'Dữ liệu hệ thống đang lưu',
			fullName: 'Họ và tên',
			birth: 'Ngày sinh',
			personalNumber: 'Số định danh cá nhân',
			phone: 'Số điện thoại',
			email: 'Thư điện tử',
			loginName: 'Tên đăng nhập',
			unit: 'Cơ quan, đơn vị, chức vụ',
			groups: 'Nhóm đối tượng',
			training: 'Việc học, giấy chứng nhận',
			trainingLink: 'Hồ sơ học tập của tôi',
			none: 'Chưa có',
			surveys: 'Phiếu đánh giá lớp không ghi tên nên không gắn với dữ liệu của Ông/Bà.',
			export: 'Tải toàn bộ dữ liệu (JSON)',
			notice: 'Thông báo về xử lý dữ liệu',
			requestTitle: 'Gửi đề nghị',
			requestLead: 'Đề nghị được gửi đến quản trị của cơ quan, đơn vị và được trả lời trong 02 ngày làm việc.',
			kind: 'Loại đề nghị',
			text: 'Nội dung',
			textHint: 'Ghi rõ dữ liệu nào cần xem, sửa, xóa hoặc hạn chế và vì sao.',
			send: 'Gửi đề nghị',
			sent: 'Đã gửi đề nghị.',
			listTitle: 'Đề nghị đã gửi',
			empty: 'Chưa gửi đề nghị nào.',
			noPerson: 'Tài khoản này không gắn với người nào trong danh sách đối tượng.'
		},
		requests: {
			title: 'Đề nghị về dữ liệu cá nhân',
			lead: 'Đề nghị của người thuộc phạm vi quản lý, phải trả lời trong 02 ngày làm việc.',
			person: 'Người đề nghị',
			unit: 'Cơ quan, đơn vị',
			kind: 'Loại đề nghị',
			received: 'Nhận lúc',
			due: 'Hạn trả lời',
			state: 'Trạng thái',
			overdue: 'Quá hạn',
			empty: 'Không có đề nghị nào.',
			text: 'Nội dung đề nghị',
			record: 'Mở hồ sơ người đề nghị',
			answerTitle: 'Trả lời',
			outcome: 'Kết quả',
			outcomes: { done: 'Đã thực hiện', refused: 'Không thực hiện được, nêu lý do' },
			answer: 'Nội dung trả lời',
			answerHint: 'Người đề nghị đọc được nội dung này.',
			removes: 'Xóa số điện thoại, thư điện tử, ngày sinh, số định danh cá nhân khỏi hồ sơ',
			removesHint: 'Không hoàn tác được. Kết quả tập huấn vẫn được lưu theo chế độ báo cáo.',
			submit: 'Gửi trả lời',
			answeredAt: (time: string) => `Trả lời lúc ${time}`
		},
		admin: {
			title: 'Dữ liệu cá nhân',
			lead: 'Thời hạn lưu, việc trả lời đề nghị và danh mục hoạt động xử lý dữ liệu cá nhân.',
			requestsTitle: 'Đề nghị của chủ thể dữ liệu',
			open: 'Đang chờ',
			overdue: 'Quá hạn',
			answered: 'Đã trả lời',
			late: 'Trả lời muộn',
			retentionTitle: 'Thời hạn lưu',
			retentionLead: 'Mỗi đêm hệ thống xóa những gì quá thời hạn.',
			auditMonths: 'Nhật ký hệ thống (tháng)',
			auditHint: 'Từ 12 đến 120 tháng; cơ sở dữ liệu không cho xóa mục dưới 12 tháng.',
			messageMonths: 'Thông báo đã đọc (tháng)',
			messageHint: 'Từ 3 đến 120 tháng. Văn bản, thông báo có xác nhận được giữ làm bằng chứng đã gửi.',
			deliveryMonths: 'Nhật ký gửi thư, tin nhắn (tháng)',
			deliveryHint: 'Từ 1 đến 60 tháng.',
			answerStepMonths: 'Diễn biến trả lời bài kiểm tra (tháng)',
			answerStepHint: 'Từ 1 đến 24 tháng; chỉ có ở bài kiểm tra bật lưu diễn biến.',
			save: 'Lưu',
			saved: 'Đã lưu thời hạn.',
			listTitle: 'Danh mục hoạt động xử lý dữ liệu cá nhân',
			listLead: 'Bản dự thảo để cơ quan chủ quản rà soát, bổ sung vào hồ sơ đánh giá tác động.',
			columns: {
				purpose: 'Mục đích',
				data: 'Dữ liệu',
				subjects: 'Chủ thể',
				basis: 'Căn cứ',
				access: 'Người được xem',
				kept: 'Thời hạn lưu'
			},
			months: (count: number) => `${count} tháng`,
			permanent: 'Theo thời hạn lưu trữ hồ sơ của cơ quan',
			until: 'Đến khi tài khoản bị xóa',
			sessions: '30 ngày',
			processing: {
				roster: {
					purpose: 'Quản lý danh sách đối tượng tập huấn',
					data: 'Họ tên, giới tính, năm sinh, đơn vị, chức vụ, trình độ, quyết định công nhận; số định danh (mã hóa)',
					subjects: 'Cán bộ tham mưu, báo cáo viên, tuyên truyền viên pháp luật',
					basis: 'Luật PBGDPL; Quyết định 766/QĐ-TTg; kế hoạch của tỉnh',
					access: 'Đầu mối, lãnh đạo đơn vị và cấp trên trực tiếp'
				},
				training: {
					purpose: 'Tổ chức tập huấn, cấp giấy chứng nhận, tính chỉ tiêu',
					data: 'Lớp tham gia, tiến độ học, kết quả, giấy chứng nhận',
					subjects: 'Học viên',
					basis: 'Luật PBGDPL; Quyết định 766/QĐ-TTg',
					access: 'Học viên; đầu mối, lãnh đạo đơn vị; giảng viên của lớp'
				},
				account: {
					purpose: 'Đăng nhập, bảo vệ tài khoản',
					data: 'Tên đăng nhập, số điện thoại, thư điện tử, mật khẩu (băm), khóa xác thực hai bước (mã hóa)',
					subjects: 'Người dùng',
					basis: 'Luật An ninh mạng',
					access: 'Chủ tài khoản; đầu mối đơn vị (không xem mật khẩu)'
				},
				session: {
					purpose: 'Phiên đăng nhập',
					data: 'Thời điểm, loại trình duyệt',
					subjects: 'Người dùng',
					basis: 'Luật An ninh mạng',
					access: 'Chủ tài khoản'
				},
				audit: {
					purpose: 'Nhật ký hệ thống',
					data: 'Thao tác, thời điểm, địa chỉ mạng, mã tài khoản',
					subjects: 'Người dùng',
					basis: 'Luật An ninh mạng',
					access: 'Quản trị cấp tỉnh; quản trị kỹ thuật không xem tên và địa chỉ mạng'
				},
				messages: {
					purpose: 'Thông báo trong hệ thống',
					data: 'Nội dung thông báo, thời điểm đọc',
					subjects: 'Người dùng',
					basis: 'Thực hiện nhiệm vụ tập huấn',
					access: 'Người nhận; đơn vị gửi xem việc đã nhận'
				},
				deliveries: {
					purpose: 'Gửi thư điện tử, tin nhắn',
					data: 'Thời điểm gửi, kết quả; địa chỉ chỉ đọc khi gửi',
					subjects: 'Người dùng',
					basis: 'Lựa chọn của người nhận',
					access: 'Quản trị cấp tỉnh, quản trị kỹ thuật'
				},
				answers: {
					purpose: 'Xem xét việc làm bài kiểm tra (chỉ ở bài bật lưu diễn biến)',
					data: 'Thời điểm và nội dung từng lần trả lời; các cặp bài có câu sai giống nhau trong đơn vị',
					subjects: 'Người làm bài kiểm tra',
					basis: 'Thông báo trước khi làm bài; quy định của bài kiểm tra',
					access: 'Cán bộ coi thi trong phạm vi đơn vị; mỗi lần xem được ghi nhật ký'
				}
			}
		}
	},
	en: {
		kinds: {
			access: 'Provide or explain data',
			correct: 'Correct data',
			erase: 'Erase data',
			restrict: 'Restrict or object to processing'
		},
		states: { open: 'Awaiting an answer', done: 'Done', refused: 'Not possible' },
		own: {
			title: 'My personal data',
			lead: 'Under the Law on Personal Data Protection No. 91/2025/QH15.',
			heldTitle: 'Data held by the system',
			fullName: 'Full name',
			birth: 'Birth date',
			personalNumber: 'Personal identification number',
			phone: 'Telephone',
			email: 'E-mail',
			loginName: 'Login name',
			unit: 'Unit and position',
			groups: 'Groups',
			training: 'Learning and certificates',
			trainingLink: 'My learning record',
			none: 'None',
			surveys: 'Class surveys bear no name and are not tied to your data.',
			export: 'Download everything (JSON)',
			notice: 'Notice on data processing',
			requestTitle: 'Send a request',
			requestLead: 'Requests go to the administrators of your unit and are answered within 2 working days.',
			kind: 'Kind of request',
			text: 'Content',
			textHint: 'Say which data are to be seen, corrected, erased or restricted, and why.',
			send: 'Send the request',
			sent: 'The request has been sent.',
			listTitle: 'Requests sent',
			empty: 'No requests have been sent.',
			noPerson: 'This account does not belong to a person of the roster.'
		},
		requests: {
			title: 'Requests on personal data',
			lead: 'Requests of people you manage, to be answered within 2 working days.',
			person: 'Person',
			unit: 'Unit',
			kind: 'Kind of request',
			received: 'Received at',
			due: 'Answer by',
			state: 'State',
			overdue: 'Overdue',
			empty: 'There are no requests.',
			text: 'Request',
			record: 'Open the person’s record',
			answerTitle: 'Answer',
			outcome: 'Outcome',
			outcomes: { done: 'Done', refused: 'Not possible, with the reason' },
			answer: 'Answer',
			answerHint: 'The person reads this.',
			removes: 'Remove telephone, e-mail, birth date and personal number from the record',
			removesHint: 'This cannot be undone. Training results stay, as reporting rules ask.',
			submit: 'Send the answer',
			answeredAt: (time: string) => `Answered at ${time}`
		},
		admin: {
			title: 'Personal data',
			lead: 'Keeping times, answers to requests, and the list of processing of personal data.',
			requestsTitle: 'Requests of data subjects',
			open: 'Waiting',
			overdue: 'Overdue',
			answered: 'Answered',
			late: 'Answered late',
			retentionTitle: 'Keeping times',
			retentionLead: 'Each night the system removes what is past its time.',
			auditMonths: 'Audit log (months)',
			auditHint: '12 to 120 months; the database refuses to remove entries younger than 12 months.',
			messageMonths: 'Messages that were read (months)',
			messageHint: '3 to 120 months. Announcements stay as the proof that they were sent.',
			deliveryMonths: 'Log of mails and text messages (months)',
			deliveryHint: '1 to 60 months.',
			answerStepMonths: 'Course of answering in quizzes (months)',
			answerStepHint: '1 to 24 months; only of quizzes that keep it.',
			save: 'Save',
			saved: 'The keeping times have been saved.',
			listTitle: 'List of processing of personal data',
			listLead: 'A draft for the governing body to review and add to its impact assessment.',
			columns: {
				purpose: 'Purpose',
				data: 'Data',
				subjects: 'Subjects',
				basis: 'Basis',
				access: 'Who sees it',
				kept: 'Kept'
			},
			months: (count: number) => `${count} months`,
			permanent: 'As the agency’s archiving rules ask',
			until: 'Until the account is removed',
			sessions: '30 days',
			processing: {
				roster: {
					purpose: 'Roster of those to be trained',
					data: 'Name, sex, year of birth, unit, position, qualification, recognition; personal number (encrypted)',
					subjects: 'Advising officials, rapporteurs, propagandists',
					basis: 'Law on PBGDPL; Decision 766/QĐ-TTg; plans of the province',
					access: 'Focal points and heads of the unit and of its superior'
				},
				training: {
					purpose: 'Training, certificates, targets',
					data: 'Classes, progress, results, certificates',
					subjects: 'Learners',
					basis: 'Law on PBGDPL; Decision 766/QĐ-TTg',
					access: 'The learner; focal points and heads; lecturers of the class'
				},
				account: {
					purpose: 'Signing in, safety of accounts',
					data: 'Login name, telephone, e-mail, password (hashed), two-step key (encrypted)',
					subjects: 'Users',
					basis: 'Law on Cybersecurity',
					access: 'The owner; focal points (never the password)'
				},
				session: {
					purpose: 'Sessions',
					data: 'Time, kind of browser',
					subjects: 'Users',
					basis: 'Law on Cybersecurity',
					access: 'The owner'
				},
				audit: {
					purpose: 'Audit log',
					data: 'Action, time, network address, id of the account',
					subjects: 'Users',
					basis: 'Law on Cybersecurity',
					access: 'Administrators of the province; technical ones see neither names nor addresses'
				},
				messages: {
					purpose: 'Messages inside the system',
					data: 'Content, time of reading',
					subjects: 'Users',
					basis: 'Carrying out the training',
					access: 'The recipient; senders see receipts'
				},
				deliveries: {
					purpose: 'Mails and text messages',
					data: 'Time and outcome; addresses are read only when sending',
					subjects: 'Users',
					basis: 'The recipient’s choice',
					access: 'Administrators of the province, technical administrators'
				},
				answers: {
					purpose: 'Looking into how a quiz was sat (only quizzes that keep it)',
					data: 'Time and content of each answer; pairs of a unit with identical wrong answers',
					subjects: 'Those who sit the quiz',
					basis: 'Notice before the quiz; its rules',
					access: 'Examiners within their units; each look is logged'
				}
			}
		}
	}
});
