/** A lesson to read. */
type TextLesson = Readonly<{ title: string; minutes: number; lead: string; points: readonly string[] }>;

/** A sample course of texts; no markup in it. */
export type TextCourse = Readonly<{
	code: string;
	title: string;
	summary: string;
	teachingPeriods: number;
	/** Category codes; empty = everybody. */
	audience: readonly string[];
	modules: readonly { title: string; lessons: readonly TextLesson[] }[];
}>;

const lesson = (title: string, minutes: number, lead: string, points: readonly string[]): TextLesson => ({
	title,
	minutes,
	lead,
	points
});

/** Structure of the sample course on making content and using AI with care; waits for approval in the demo. */
export const KC02: TextCourse = {
	code: 'KC02',
	title: 'Biên tập, sản xuất nội dung PBGDPL số và sử dụng AI an toàn',
	summary:
		'Từ điều luật đến thông điệp, sản xuất, phát hành, AI và bài thực hành. Dành cho báo cáo viên, tuyên truyền viên.',
	teachingPeriods: 12,
	audience: ['legal_rapporteur', 'legal_propagandist'],
	modules: [
		{
			title: 'Từ điều luật đến thông điệp',
			lessons: [
				lesson('Chọn tình huống', 20, 'Bắt đầu từ một tình huống người dân thường gặp.', [
					'Một tình huống, một thông điệp',
					'Không dùng tên người thật'
				]),
				lesson('Viết dễ hiểu', 25, 'Câu ngắn, từ quen thuộc, nói rõ ai phải làm gì.', [
					'Thuật ngữ đi kèm giải thích',
					'Đọc thử cho người ngoài ngành'
				]),
				lesson('Kiểm chứng', 25, 'Đối chiếu văn bản gốc còn hiệu lực trước khi đăng.', [
					'Ghi số ký hiệu, điều khoản',
					'Người có trách nhiệm duyệt'
				])
			]
		},
		{
			title: 'Sản xuất',
			lessons: [
				lesson('Tờ gấp số', 30, 'Một trang, ba ý, một mã QR.', ['Chữ đủ lớn', 'Màu đủ tương phản']),
				lesson('Video dưới 3 phút bằng điện thoại', 40, 'Chuẩn bị kịch bản, quay ngang, thu tiếng gần.', [
					'Kịch bản một trang',
					'Phụ đề và bản chữ'
				]),
				lesson('Âm thanh cho truyền thanh cơ sở', 30, 'Bản tin hai phút, nhắc lại ý chính.', ['Đọc chậm', 'Nêu nguồn'])
			]
		},
		{
			title: 'Phát hành',
			lessons: [
				lesson('Lịch đăng và kênh', 20, 'Đăng đúng lúc người xem rảnh.', [
					'Zalo, Facebook của cơ quan',
					'Người trực bình luận'
				]),
				lesson('Đính chính, bản quyền', 25, 'Sai thì sửa hoặc gỡ và đính chính công khai.', [
					'Ghi nhận sự việc',
					'Chỉ dùng hình có quyền sử dụng'
				])
			]
		},
		{
			title: 'Sử dụng AI an toàn',
			lessons: [
				lesson('Đặt câu lệnh, lỗi thường gặp', 30, 'AI chỉ soạn nháp; người kiểm tra và chịu trách nhiệm.', [
					'Nêu rõ văn bản, đối tượng',
					'Cảnh giác số điều luật bịa'
				]),
				lesson(
					'Gắn nhãn, không nhập dữ liệu mật',
					25,
					'Không đưa dữ liệu cá nhân, tài liệu mật vào công cụ công cộng.',
					['Nhãn nội dung do AI tạo', 'Danh sách lớp là dữ liệu cá nhân']
				)
			]
		},
		{
			title: 'Bài thực hành',
			lessons: [
				lesson('Nộp 01 sản phẩm', 60, 'Sản phẩm được chấm theo năm tiêu chí.', [
					'Đúng',
					'Đủ',
					'Dễ hiểu',
					'Tiếp cận được',
					'Có nguồn'
				])
			]
		}
	]
};

/** The sample course on information security and personal data; published in the demo. */
export const KC03: TextCourse = {
	code: 'KC03',
	title: 'An toàn thông tin và bảo vệ dữ liệu cá nhân trong hoạt động PBGDPL trên mạng',
	summary: 'Nguy cơ, thói quen an toàn, dữ liệu cá nhân, xử lý sự cố. Dành cho mọi đối tượng, tự học.',
	teachingPeriods: 8,
	audience: [],
	modules: [
		{
			title: 'Nguy cơ',
			lessons: [
				lesson('Lừa đảo, chiếm tài khoản Zalo', 20, 'Kẻ gian mạo danh cơ quan để lấy mã OTP.', [
					'Không cung cấp mã cho bất kỳ ai',
					'Báo đầu mối qua kênh chính thức'
				]),
				lesson('Đường dẫn giả', 20, 'Xem kỹ tên miền trước khi bấm.', [
					'Trang của cơ quan nhà nước có đuôi gov.vn',
					'Không đăng nhập từ đường dẫn lạ'
				])
			]
		},
		{
			title: 'Thói quen an toàn',
			lessons: [
				lesson('Mật khẩu, xác thực hai lớp', 25, 'Mật khẩu dài, mỗi nơi một mật khẩu, bật xác thực hai lớp.', [
					'Không dùng chung tài khoản',
					'Đổi ngay khi nghi bị lộ'
				]),
				lesson('Cập nhật, máy dùng chung', 20, 'Cập nhật máy, đăng xuất khi rời máy dùng chung.', [
					'Chọn «Máy dùng chung» khi đăng nhập',
					'Không lưu mật khẩu trên máy chung'
				])
			]
		},
		{
			title: 'Dữ liệu cá nhân',
			lessons: [
				lesson('Cơ bản và nhạy cảm', 25, 'Nguồn gốc dân tộc, hình ảnh thẻ căn cước là dữ liệu nhạy cảm.', [
					'Chỉ thu thập điều cần thiết',
					'Nói rõ mục đích'
				]),
				lesson('Danh sách lớp, ảnh, điểm', 25, 'Không gửi danh sách kèm số định danh vào nhóm chung.', [
					'Điểm gửi riêng từng người',
					'Không đánh dấu sẵn ô đồng ý'
				])
			]
		},
		{
			title: 'Xử lý sự cố',
			lessons: [
				lesson('Dừng, giữ vết, báo, khắc phục', 25, 'Bốn bước khi có sự cố.', [
					'Đổi mật khẩu, đăng xuất mọi thiết bị',
					'Báo quản trị',
					'Ghi lại thời điểm, hiện tượng'
				])
			]
		}
	]
};
