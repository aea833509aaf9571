/** One slide: what stands on it and what the voice says meanwhile. */
type Slide = Readonly<{ heading: string; lines: readonly string[]; spoken: string }>;

/** One short lecture of the sample course KC01, "Nhập môn chuyển đổi số trong công tác PBGDPL". */
export type SampleLecture = Readonly<{ key: string; title: string; slides: readonly Slide[] }>;

const slide = (heading: string, lines: readonly string[], spoken: string): Slide => ({ heading, lines, spoken });

/**
 * Texts of the twelve lectures in the order of the course. Slides, voice, captions and the one-page outlines all come
 * from here; make-media.ts turns them into the files beside it. Samples for demonstration, to be reviewed by a lawyer
 * before they teach anybody.
 */
export const KC01_LECTURES: readonly SampleLecture[] = [
	{
		key: 'b01',
		title: 'Bài 1. Đề án 766: mục tiêu, giai đoạn',
		slides: [
			slide(
				'Đề án chuyển đổi số trong công tác PBGDPL',
				['Quyết định số 766/QĐ-TTg ngày 15/4/2025', 'Giai đoạn 2025 - 2030'],
				'Kính chào quý đại biểu. Bài học này giới thiệu Đề án chuyển đổi số trong công tác phổ biến, giáo dục pháp luật giai đoạn hai nghìn không trăm hai mươi lăm đến hai nghìn không trăm ba mươi.'
			),
			slide(
				'Hai giai đoạn thực hiện',
				['2025 - 2027: xây dựng nền tảng', '2028 - 2030: tăng cường công nghệ mới'],
				'Đề án được thực hiện theo hai giai đoạn. Giai đoạn thứ nhất tập trung xây dựng nền tảng, kết nối dữ liệu. Giai đoạn thứ hai tăng cường ứng dụng công nghệ mới, trong đó có trí tuệ nhân tạo.'
			),
			slide(
				'Chỉ tiêu về tập huấn đến hết năm 2027',
				['Trên 80% người thuộc đối tượng được tập huấn', 'Trên 75% hoạt động tập huấn trực tuyến'],
				'Đến hết giai đoạn thứ nhất, kế hoạch của tỉnh đề ra trên tám mươi phần trăm người thuộc đối tượng được tập huấn, trong đó trên bảy mươi lăm phần trăm hoạt động tập huấn được thực hiện bằng hình thức trực tuyến.'
			)
		]
	},
	{
		key: 'b02',
		title: 'Bài 2. Đọc đúng chỉ tiêu: người và hoạt động',
		slides: [
			slide(
				'Hai chỉ tiêu, hai đơn vị đếm',
				['Chỉ tiêu thứ nhất đếm người', 'Chỉ tiêu thứ hai đếm hoạt động'],
				'Hai chỉ tiêu về tập huấn có hai đơn vị đếm khác nhau. Chỉ tiêu thứ nhất đếm số người. Chỉ tiêu thứ hai đếm số hoạt động, không đếm số lượt người học.'
			),
			slide(
				'“Trên” nghĩa là lớn hơn',
				['30/40 hoạt động = 75,00%', 'Bằng đúng 75% là chưa đạt'],
				'Từ trên trong kế hoạch nghĩa là phải lớn hơn. Nếu trong kỳ có bốn mươi hoạt động và ba mươi hoạt động trực tuyến thì tỷ lệ bằng đúng bảy mươi lăm phần trăm, như vậy là chưa đạt.'
			),
			slide(
				'Một người học nhiều lớp',
				['3 lớp: 1 người, 3 lượt', 'Toàn tỉnh: lấy tổng, không lấy trung bình'],
				'Một người hoàn thành ba lớp được tính là một người và ba lượt. Tỷ lệ toàn tỉnh được tính từ tổng số người, không phải là trung bình cộng tỷ lệ của các đơn vị.'
			)
		]
	},
	{
		key: 'b03',
		title: 'Bài 3. Trách nhiệm người đứng đầu, đầu mối',
		slides: [
			slide(
				'Người đứng đầu cơ quan, đơn vị',
				['Chỉ đạo, triển khai', 'Bảo đảm điều kiện thực hiện'],
				'Trách nhiệm chỉ đạo, triển khai chuyển đổi số trong công tác phổ biến, giáo dục pháp luật thuộc về người đứng đầu các cơ quan, tổ chức, địa phương.'
			),
			slide(
				'Cán bộ đầu mối',
				['Cập nhật danh sách đối tượng', 'Mở lớp, ghi nhận kết quả, lưu minh chứng'],
				'Cán bộ đầu mối cập nhật danh sách đối tượng, mở lớp hoặc ghi nhận lớp đã tổ chức, lưu minh chứng và theo dõi tiến độ của đơn vị.'
			),
			slide(
				'Sở Tư pháp',
				['Hướng dẫn, đôn đốc, kiểm tra', 'Tổng hợp, báo cáo hằng năm'],
				'Sở Tư pháp hướng dẫn, đôn đốc, kiểm tra và tổng hợp kết quả. Hằng năm các đơn vị gửi báo cáo kết quả về Sở Tư pháp.'
			)
		]
	},
	{
		key: 'b04',
		title: 'Bài 4. Cổng Pháp luật quốc gia, cơ sở dữ liệu, pháp điển, Công báo',
		slides: [
			slide(
				'Bốn nguồn chính thức',
				['Cổng Pháp luật quốc gia', 'Cơ sở dữ liệu quốc gia về pháp luật', 'Bộ pháp điển · Công báo điện tử'],
				'Khi tra cứu pháp luật, trước hết hãy tìm ở nguồn chính thức: Cổng Pháp luật quốc gia, cơ sở dữ liệu quốc gia về pháp luật, Bộ pháp điển và Công báo điện tử.'
			),
			slide(
				'Cổng Pháp luật quốc gia',
				['phapluat.gov.vn', 'Tra cứu, hỏi đáp, phản ánh'],
				'Địa chỉ của Cổng Pháp luật quốc gia là pháp luật chấm gov chấm vi en. Tại đây có thể tra cứu văn bản và gửi phản ánh, kiến nghị.'
			),
			slide(
				'Khi kết quả khác nhau',
				['Đối chiếu bản Công báo', 'Ghi lại nguồn và ngày tra cứu'],
				'Khi các nguồn cho kết quả khác nhau, cần đối chiếu với bản đăng Công báo và ghi lại nguồn, ngày tra cứu để người khác kiểm tra được.'
			)
		]
	},
	{
		key: 'b05',
		title: 'Bài 5. Kiểm tra hiệu lực văn bản',
		slides: [
			slide(
				'Ba câu hỏi về hiệu lực',
				['Có hiệu lực từ ngày nào', 'Còn hay hết hiệu lực', 'Có bị sửa đổi, bổ sung không'],
				'Trước khi phổ biến một quy định, hãy trả lời ba câu hỏi. Văn bản có hiệu lực từ ngày nào. Văn bản còn hay đã hết hiệu lực. Văn bản có bị sửa đổi, bổ sung hay không.'
			),
			slide(
				'Hết hiệu lực một phần',
				['Xem từng điều, khoản', 'Dùng văn bản hợp nhất để đọc, không để trích thay'],
				'Nhiều văn bản chỉ hết hiệu lực một phần. Vì vậy phải xem đến từng điều, khoản. Văn bản hợp nhất giúp đọc thuận tiện hơn.'
			),
			slide(
				'Sau khi đăng',
				['Đặt lịch rà soát', 'Đính chính công khai khi có thay đổi'],
				'Sau khi đăng bài, cần đặt lịch rà soát. Khi quy định thay đổi thì sửa hoặc gỡ bài, đồng thời đính chính công khai.'
			)
		]
	},
	{
		key: 'b06',
		title: 'Bài 6. Trích dẫn quy định pháp luật',
		slides: [
			slide(
				'Một trích dẫn đầy đủ',
				['Tên loại, số ký hiệu, ngày', 'Cơ quan ban hành', 'Điểm, khoản, điều'],
				'Một trích dẫn đầy đủ gồm tên loại văn bản, số ký hiệu, ngày ban hành, cơ quan ban hành và điểm, khoản, điều được viện dẫn.'
			),
			slide(
				'Thêm tình trạng hiệu lực',
				['Còn hiệu lực, hết hiệu lực', 'Đường dẫn đến nguồn chính thức'],
				'Trên môi trường số, nên ghi thêm tình trạng hiệu lực và đường dẫn đến nguồn chính thức để người đọc tự kiểm chứng.'
			),
			slide(
				'Giữ nguyên văn',
				['Trong ngoặc kép: đúng từng chữ', 'Diễn giải: nói rõ là diễn giải'],
				'Phần đặt trong ngoặc kép phải đúng từng chữ. Phần diễn giải cho dễ hiểu phải nói rõ là diễn giải, không thay cho quy định.'
			)
		]
	},
	{
		key: 'b07',
		title: 'Bài 7. Trang, chuyên mục PBGDPL',
		slides: [
			slide(
				'Chuyên mục trên trang của đơn vị',
				['Dễ thấy, dễ tìm', 'Có người phụ trách'],
				'Chuyên mục phổ biến, giáo dục pháp luật trên trang thông tin điện tử cần dễ thấy, dễ tìm và có người phụ trách rõ ràng.'
			),
			slide(
				'Cập nhật đều',
				['Văn bản mới liên quan địa phương', 'Tình huống, hỏi đáp, tờ gấp'],
				'Nội dung cần cập nhật đều, ưu tiên văn bản mới liên quan đến địa phương, tình huống thường gặp, hỏi đáp và tờ gấp.'
			),
			slide(
				'Mọi người đều đọc được',
				['Chữ đủ lớn, tương phản đủ', 'Video có phụ đề và bản chữ'],
				'Bài đăng cần để mọi người đều đọc được. Chữ đủ lớn, tương phản đủ, video có phụ đề và bản chữ kèm theo.'
			)
		]
	},
	{
		key: 'b08',
		title: 'Bài 8. Mạng xã hội',
		slides: [
			slide(
				'Tài khoản chính thức',
				['Tên, ảnh đại diện của cơ quan', 'Xác thực hai lớp', 'Ít nhất hai người quản trị'],
				'Trang mạng xã hội của cơ quan cần mang tên và hình ảnh chính thức, bật xác thực hai lớp và có ít nhất hai người quản trị.'
			),
			slide(
				'Trả lời bình luận',
				['Đúng mực, có nguồn', 'Không tranh luận, không hứa thay cơ quan khác'],
				'Khi trả lời bình luận, cần đúng mực và dẫn nguồn. Không tranh luận và không hứa thay cho cơ quan khác.'
			),
			slide(
				'Không đưa danh sách cá nhân',
				['Không số định danh, không ảnh thẻ', 'Gửi riêng kết quả từng người'],
				'Tuyệt đối không đưa danh sách kèm số định danh hay ảnh thẻ căn cước vào nhóm chung. Kết quả học tập được gửi riêng cho từng người.'
			)
		]
	},
	{
		key: 'b09',
		title: 'Bài 9. Chọn kênh theo đối tượng',
		slides: [
			slide(
				'Bắt đầu từ người nghe',
				['Họ cần gì', 'Họ dùng kênh nào', 'Họ có lúc nào rảnh'],
				'Chọn kênh bắt đầu từ người nghe. Họ cần biết điều gì, họ thường dùng kênh nào và họ có thời gian vào lúc nào.'
			),
			slide(
				'Ghép kênh',
				['Mạng xã hội và loa truyền thanh', 'Tờ gấp và mã QR', 'Họp thôn và video ngắn'],
				'Mỗi kênh có điểm mạnh riêng. Có thể ghép mạng xã hội với loa truyền thanh cơ sở, tờ gấp với mã quy a, họp thôn với video ngắn.'
			),
			slide(
				'Không bỏ ai lại phía sau',
				['Người cao tuổi, người khuyết tật', 'Đồng bào dân tộc thiểu số', 'Nơi mạng yếu'],
				'Hãy chú ý người cao tuổi, người khuyết tật, đồng bào dân tộc thiểu số và những nơi mạng yếu, để không ai bị bỏ lại phía sau.'
			)
		]
	},
	{
		key: 'b10',
		title: 'Bài 10. Lập kế hoạch lớp tập huấn',
		slides: [
			slide(
				'Một lớp là một hoạt động',
				['Có văn bản', 'Có danh sách và ngày cụ thể'],
				'Một lớp tập huấn là một hoạt động, có văn bản, có danh sách người dự và ngày tổ chức cụ thể. Nhiều buổi của cùng một lớp vẫn là một hoạt động.'
			),
			slide(
				'Chọn hình thức',
				['Tự học trực tuyến · trực tuyến trực tiếp', 'Trực tiếp · kết hợp'],
				'Có bốn hình thức: tự học trực tuyến, trực tuyến trực tiếp, trực tiếp và kết hợp. Cách tính mặc định không coi hoạt động kết hợp là trực tuyến.'
			),
			slide(
				'Triệu tập đúng người',
				['Lọc người chưa được tập huấn', 'Gửi thời gian, đường dẫn, đầu mối hỗ trợ'],
				'Khi triệu tập, nên ưu tiên người chưa được tập huấn. Thông báo cần có thời gian, đường dẫn và đầu mối hỗ trợ.'
			)
		]
	},
	{
		key: 'b11',
		title: 'Bài 11. Điểm danh, minh chứng',
		slides: [
			slide(
				'Có mặt khác với hoàn thành',
				['Được triệu tập', 'Tham dự', 'Hoàn thành'],
				'Được triệu tập, tham dự và hoàn thành là ba mức khác nhau. Chỉ người hoàn thành mới được tính là đã được tập huấn.'
			),
			slide(
				'Điểm danh',
				['Bỏ chọn người vắng', 'Thêm người đến mà không có trong danh sách'],
				'Khi ghi nhận lớp đã tổ chức, hãy bỏ chọn người vắng và thêm người đến dự mà chưa có trong danh sách.'
			),
			slide(
				'Minh chứng',
				['Quyết định hoặc kế hoạch', 'Danh sách có chữ ký', 'Ảnh lớp học'],
				'Minh chứng gồm quyết định hoặc kế hoạch, danh sách có chữ ký và ảnh lớp học. Chụp ảnh danh sách rõ nét, đủ bốn góc.'
			)
		]
	},
	{
		key: 'b12',
		title: 'Bài 12. Chốt số liệu',
		slides: [
			slide(
				'Ngày chốt số liệu',
				['Danh sách và kết quả đến hết ngày chốt', 'Người đã nghỉ không còn trong mẫu số'],
				'Số liệu được tính đến hết ngày chốt. Người đã thôi giữ vai trò trước ngày chốt không còn trong danh sách tính tỷ lệ.'
			),
			slide(
				'Kiểm tra trước khi gửi',
				['Lớp trùng tên, trùng ngày', 'Lớp thiếu văn bản', 'Người trùng trong danh sách'],
				'Trước khi gửi, hãy kiểm tra lớp trùng tên và trùng ngày, lớp thiếu văn bản, và người bị trùng trong danh sách.'
			),
			slide(
				'Mở danh sách từ con số',
				['Mỗi con số có một danh sách', 'Mỗi dòng có minh chứng'],
				'Trong hệ thống này, mỗi con số đều mở ra một danh sách và mỗi dòng đều dẫn đến minh chứng. Xin cảm ơn quý đại biểu đã theo dõi.'
			)
		]
	}
];
