import type { Difficulty, QuestionBody } from '#lib/assessment/question.ts';
import { seedId } from '../../platform/seed-values.ts';

/** A sample question. `cites` is `document: article`; without one it rests on rules of practice. */
export type DemoQuestion = Readonly<{
	key: string;
	topic: string;
	difficulty: Difficulty;
	stem: string;
	body: QuestionBody;
	explanation: string;
	cites?: readonly [document: string, article: string];
}>;

/** Documents the sample questions cite. */
export const DEMO_DOCUMENTS = [
	['14/2012/QH13', 'Luật Phổ biến, giáo dục pháp luật năm 2012', 'Quốc hội', '2012-06-20', '2013-01-01'],
	['91/2025/QH15', 'Luật Bảo vệ dữ liệu cá nhân', 'Quốc hội', null, '2026-01-01'],
	['116/2025/QH15', 'Luật An ninh mạng', 'Quốc hội', null, '2026-07-01'],
	['134/2025/QH15', 'Luật Trí tuệ nhân tạo', 'Quốc hội', null, '2026-03-01'],
	['356/2025/NĐ-CP', 'Nghị định quy định chi tiết Luật Bảo vệ dữ liệu cá nhân', 'Chính phủ', null, '2026-01-01'],
	['184/KH-UBND', 'Kế hoạch thực hiện Đề án 766 của UBND tỉnh Bắc Ninh', 'UBND tỉnh Bắc Ninh', '2025-12-27', null]
] as const;

/** An id as the editor would make one, the same in every installation. */
const part = (name: string) => seedId(`part ${name}`).replaceAll('-', '').slice(0, 8);

/** Options as written, the right one marked with `*`. */
function single(key: string, options: readonly string[]): QuestionBody {
	return {
		type: 'single',
		keepsOrder: false,
		options: options.map((words, i) => ({
			id: part(`${key} option ${i}`),
			html: `<p>${words.replace(/^\*/, '')}</p>`,
			credit: words.startsWith('*') ? 100 : 0,
			feedback: ''
		}))
	};
}

const PLAN = 'Chỉ tiêu Đề án 766';
const PEOPLE = 'Báo cáo viên, tuyên truyền viên pháp luật';
const SOURCES = 'Tra cứu, trích dẫn pháp luật';
const CONTENT = 'Biên tập, phát hành nội dung số';
const AI = 'Sử dụng AI có trách nhiệm';
const DATA = 'Bảo vệ dữ liệu cá nhân';
const SAFETY = 'An toàn thông tin';

const PBGDPL = '14/2012/QH13';

type Row = readonly [
	topic: string,
	difficulty: Difficulty,
	stem: string,
	options: readonly string[],
	explanation: string,
	cites?: readonly [string, string]
];

const KC01: readonly Row[] = [
	[
		PEOPLE,
		'easy',
		'Theo Luật PBGDPL năm 2012, báo cáo viên pháp luật là ai?',
		[
			'Mọi người dân am hiểu pháp luật',
			'*Cán bộ, công chức, viên chức, sĩ quan lực lượng vũ trang nhân dân được cơ quan có thẩm quyền công nhận để kiêm nhiệm PBGDPL',
			'Luật sư được mời',
			'Trưởng thôn'
		],
		'Khoản 1 Điều 35 Luật PBGDPL năm 2012.',
		[PBGDPL, 'khoản 1 Điều 35']
	],
	[
		PEOPLE,
		'easy',
		'Ai quyết định công nhận tuyên truyền viên pháp luật?',
		['Giám đốc Sở Tư pháp', '*Chủ tịch UBND cấp xã', 'Chủ tịch UBND tỉnh', 'Trưởng ban công tác Mặt trận'],
		'Khoản 2 Điều 37 Luật PBGDPL năm 2012.',
		[PBGDPL, 'khoản 2 Điều 37']
	],
	[
		PEOPLE,
		'medium',
		'Người có bằng đại học luật cần ít nhất mấy năm công tác trong lĩnh vực pháp luật để đủ tiêu chuẩn báo cáo viên?',
		['01 năm', '*02 năm', '03 năm', '05 năm'],
		'Điểm c khoản 2 Điều 35 Luật PBGDPL năm 2012.',
		[PBGDPL, 'điểm c khoản 2 Điều 35']
	],
	[
		PEOPLE,
		'medium',
		'Người có bằng đại học khác ngành luật cần ít nhất mấy năm công tác liên quan đến pháp luật?',
		['01 năm', '02 năm', '*03 năm', '04 năm'],
		'Điểm c khoản 2 Điều 35 Luật PBGDPL năm 2012.',
		[PBGDPL, 'điểm c khoản 2 Điều 35']
	],
	[
		PLAN,
		'medium',
		'“Trên 75%” trong Kế hoạch 184/KH-UBND tỉnh Bắc Ninh (2025-2027) đo điều gì?',
		[
			'Số người học trực tuyến',
			'*Tỷ lệ hoạt động tập huấn tổ chức bằng hình thức trực tuyến',
			'Mức độ hài lòng',
			'Số giờ học'
		],
		'Kế hoạch tính trên số hoạt động tập huấn, không tính trên số người.',
		['184/KH-UBND', 'mục II.2a']
	],
	[
		PLAN,
		'hard',
		'Trong kỳ có 40 hoạt động đủ điều kiện, 30 trực tuyến. Kết luận nào đúng so với “trên 75%”?',
		['Đạt', '*Chưa đạt vì bằng đúng 75%', 'Không tính được', 'Vượt'],
		'“Trên” là lớn hơn hẳn: 30/40 = 75,00% chưa phải là trên 75%.',
		['184/KH-UBND', 'mục II.2a']
	],
	[
		PLAN,
		'medium',
		'Một người hoàn thành 3 lớp trong kỳ được ghi nhận thế nào?',
		['3 người', '*1 người, 3 lượt', '3 người, 1 lượt', 'Không tính'],
		'Số người tính theo từng người, số lượt tính theo từng lần tham dự.'
	],
	[
		SOURCES,
		'easy',
		'Địa chỉ Cổng Pháp luật quốc gia?',
		['luat.vn', '*phapluat.gov.vn', 'thuvien.gov.vn', '766.gov.vn'],
		'Cổng Pháp luật quốc gia có địa chỉ phapluat.gov.vn.'
	],
	[
		PEOPLE,
		'medium',
		'Hằng năm báo cáo viên pháp luật phải báo cáo hoạt động PBGDPL của mình với ai?',
		['*Cơ quan, tổ chức quản lý trực tiếp', 'Quốc hội', 'Tòa án', 'Không phải báo cáo'],
		'Điểm c khoản 2 Điều 36 Luật PBGDPL năm 2012.',
		[PBGDPL, 'điểm c khoản 2 Điều 36']
	],
	[
		PEOPLE,
		'easy',
		'Ngày Pháp luật Việt Nam là ngày nào?',
		['02/9', '10/10', '*09/11', '10/12'],
		'Ngày 09 tháng 11 hằng năm là Ngày Pháp luật nước Cộng hòa xã hội chủ nghĩa Việt Nam.',
		[PBGDPL, 'Điều 8']
	]
];

const KC02: readonly Row[] = [
	[
		AI,
		'easy',
		'Trước khi đăng nội dung hỏi – đáp pháp luật do AI soạn nháp, bắt buộc phải làm gì?',
		[
			'Đổi phông chữ',
			'*Đối chiếu văn bản gốc còn hiệu lực và được người có trách nhiệm duyệt',
			'Thêm ảnh',
			'Đăng ngay cho kịp thời'
		],
		'AI chỉ soạn nháp; con người kiểm chứng và chịu trách nhiệm.'
	],
	[
		AI,
		'medium',
		'Theo Luật Trí tuệ nhân tạo, video AI mô phỏng giọng nói của người thật khi công bố phải thế nào?',
		['Giữ bí mật', '*Gắn nhãn dễ nhận biết để phân biệt với nội dung thật', 'Dưới 1 phút', 'Có nhạc nền'],
		'Khoản 4 Điều 11 Luật Trí tuệ nhân tạo.',
		['134/2025/QH15', 'khoản 4 Điều 11']
	],
	[
		AI,
		'medium',
		'Hệ thống AI trò chuyện trực tiếp với người dân phải bảo đảm điều gì?',
		['*Người sử dụng nhận biết mình đang tương tác với AI', 'Luôn trả lời', 'Dùng tên công chức thật', 'Không lưu vết'],
		'Điều 11 Luật Trí tuệ nhân tạo.',
		['134/2025/QH15', 'Điều 11']
	],
	[
		AI,
		'easy',
		'Luật Trí tuệ nhân tạo số 134/2025/QH15 có hiệu lực từ ngày nào?',
		['01/01/2025', '01/7/2025', '*01/3/2026', '01/01/2027'],
		'Luật có hiệu lực từ ngày 01/3/2026.',
		['134/2025/QH15', '']
	],
	[
		AI,
		'easy',
		'Có thể đưa danh sách lớp kèm số định danh vào công cụ AI công cộng không?',
		['Có, nếu vội', 'Có, nếu xóa tên', '*Không', 'Tùy phần mềm'],
		'Dữ liệu cá nhân không được đưa vào công cụ công cộng.'
	],
	[
		SOURCES,
		'medium',
		'Trích dẫn quy định pháp luật tối thiểu cần có gì?',
		[
			'Tên bài báo',
			'*Tên, số ký hiệu, ngày, cơ quan ban hành, điều khoản và tình trạng hiệu lực',
			'Ý kiến cá nhân',
			'Chỉ cần năm'
		],
		'Đủ các yếu tố này thì người đọc tra lại được đúng văn bản.'
	],
	[
		CONTENT,
		'easy',
		'Phụ đề và bản chữ kèm video chủ yếu giúp ai?',
		['Người quay phim', '*Người khiếm thính, người xem không bật tiếng và nơi mạng yếu', 'Ban giám khảo', 'Không ai'],
		'Bản chữ giúp cả người không nghe được lẫn nơi không tải nổi video.'
	],
	[
		CONTENT,
		'hard',
		'Phát hiện bài đã đăng viện dẫn văn bản hết hiệu lực, cách xử lý nào đúng?',
		[
			'Lặng lẽ xóa',
			'Chờ phản ánh',
			'*Sửa hoặc gỡ, đính chính công khai, ghi nhận và báo người phụ trách',
			'Khóa bình luận'
		],
		'Sai sót đã công bố phải được sửa công khai và ghi nhận.'
	],
	[
		PEOPLE,
		'medium',
		'“Truyền đạt chính xác nội dung phổ biến, giáo dục pháp luật” là gì?',
		['Khuyến khích', '*Nghĩa vụ của báo cáo viên pháp luật', 'Quyền', 'Tiêu chí thi đua'],
		'Điểm a khoản 2 Điều 36 Luật PBGDPL năm 2012.',
		[PBGDPL, 'điểm a khoản 2 Điều 36']
	]
];

const KC03: readonly Row[] = [
	[
		DATA,
		'easy',
		'Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15 có hiệu lực từ ngày nào?',
		['01/7/2025', '*01/01/2026', '01/7/2026', '01/01/2027'],
		'Luật có hiệu lực từ ngày 01/01/2026.',
		['91/2025/QH15', '']
	],
	[
		DATA,
		'medium',
		'Nghị định nào thay thế Nghị định 13/2023/NĐ-CP?',
		['30/2020/NĐ-CP', '171/2025/NĐ-CP', '*356/2025/NĐ-CP', '278/2025/NĐ-CP'],
		'Nghị định 356/2025/NĐ-CP thay thế từ ngày 01/01/2026.',
		['356/2025/NĐ-CP', '']
	],
	[
		DATA,
		'medium',
		'Hình ảnh thẻ căn cước thuộc loại dữ liệu nào?',
		['Công khai', 'Cơ bản', '*Nhạy cảm', 'Không phải dữ liệu cá nhân'],
		'Theo Nghị định 356/2025/NĐ-CP, đây là dữ liệu cá nhân nhạy cảm.',
		['356/2025/NĐ-CP', '']
	],
	[
		DATA,
		'medium',
		'Thông tin tiết lộ nguồn gốc dân tộc của học viên thuộc loại nào?',
		['Cơ bản', '*Nhạy cảm', 'Thống kê', 'Công khai'],
		'Theo Nghị định 356/2025/NĐ-CP, đây là dữ liệu cá nhân nhạy cảm.',
		['356/2025/NĐ-CP', '']
	],
	[
		DATA,
		'hard',
		'Ô “Tôi đồng ý” đánh dấu sẵn trong phiếu đăng ký có phù hợp không?',
		['Có', '*Không, vì không được thiết lập phương thức mặc định đồng ý', 'Có nếu chữ nhỏ', 'Tùy đơn vị'],
		'Sự đồng ý phải do người đó tự thể hiện.',
		['91/2025/QH15', '']
	],
	[
		DATA,
		'medium',
		'Gửi danh sách lớp vào nhóm Zalo chung, cách nào đúng?',
		[
			'Kèm số định danh',
			'Kèm ảnh căn cước',
			'*Chỉ thông tin cần thiết, không có số định danh, điểm gửi riêng từng người',
			'Công khai toàn bộ'
		],
		'Chỉ chia sẻ đúng phần cần cho mục đích.',
		['91/2025/QH15', '']
	],
	[
		SAFETY,
		'easy',
		'Luật An ninh mạng số 116/2025/QH15 có hiệu lực từ ngày nào?',
		['01/01/2026', '01/3/2026', '*01/7/2026', '01/01/2027'],
		'Luật có hiệu lực từ ngày 01/7/2026.',
		['116/2025/QH15', '']
	],
	[
		SAFETY,
		'easy',
		'Nhận tin nhắn yêu cầu mã OTP “để nhận giấy chứng nhận”, phải làm gì?',
		['Gửi mã', '*Không cung cấp, báo đầu mối qua kênh chính thức', 'Chuyển tiếp nhóm', 'Nhắn lại hỏi'],
		'Không cơ quan nào hỏi mã OTP qua tin nhắn.'
	],
	[
		SAFETY,
		'easy',
		'Nghi mật khẩu bị lộ, việc đầu tiên là gì?',
		['*Đổi mật khẩu, đăng xuất mọi thiết bị và báo quản trị', 'Xóa máy', 'Chờ', 'Đổi ảnh đại diện'],
		'Đổi mật khẩu và đăng xuất mọi thiết bị chặn ngay người đang dùng trộm.'
	]
];

const rows = (course: string, list: readonly Row[]): DemoQuestion[] =>
	list.map(([topic, difficulty, stem, options, explanation, cites], i) => {
		const key = `${course}-${i + 1}`;
		const body = single(key, options);
		return {
			key,
			topic,
			difficulty,
			stem: `<p>${stem}</p>`,
			body,
			explanation: `<p>${explanation}</p>`,
			...(cites && { cites })
		};
	});

/** The keyed questions of the three sample courses, none of them read by a lawyer yet. */
export const KEYED_QUESTIONS: readonly DemoQuestion[] = [
	...rows('KC01', KC01),
	...rows('KC02', KC02),
	...rows('KC03', KC03)
];

const criteria = (key: string, titles: readonly [title: string, description: string][]) =>
	titles.map(([title, description], i) => ({
		...{ id: part(`${key} criterion ${i}`), title, description, maxPoints: 2 },
		levels: []
	}));

/** One of each other type, on rules of practice. */
export const OTHER_TYPES: readonly DemoQuestion[] = [
	{
		key: 'other-multiple',
		topic: DATA,
		difficulty: 'medium',
		stem: '<p>Những thông tin nào không được đưa vào danh sách lớp gửi nhóm Zalo chung?</p>',
		body: {
			type: 'multiple',
			keepsOrder: false,
			rule: 'right_minus_wrong',
			options: [
				['Số định danh cá nhân', 100],
				['Điểm kiểm tra của từng người', 100],
				['Giờ khai mạc lớp', 0],
				['Ảnh thẻ căn cước', 100],
				['Tên lớp', 0]
			].map(([words, credit], i) => ({
				id: part(`other-multiple option ${i}`),
				html: `<p>${words}</p>`,
				credit: Number(credit),
				feedback: ''
			}))
		},
		explanation: '<p>Chỉ chia sẻ thông tin cần thiết; điểm gửi riêng từng người.</p>',
		cites: ['91/2025/QH15', '']
	},
	{
		key: 'other-true-false',
		topic: PLAN,
		difficulty: 'easy',
		stem: '<p>Một lớp tập huấn kết hợp trực tiếp và trực tuyến được tính vào tỷ lệ hoạt động trực tuyến.</p>',
		body: { type: 'true_false', isTrue: false, feedbackTrue: '', feedbackFalse: '' },
		explanation: '<p>Cách tính chặt: lớp kết hợp nằm ở mẫu số, không ở tử số.</p>'
	},
	{
		key: 'other-matching',
		topic: SAFETY,
		difficulty: 'medium',
		stem: '<p>Ghép mỗi luật với ngày có hiệu lực.</p>',
		body: {
			type: 'matching',
			rule: 'each',
			pairs: ['Luật Bảo vệ dữ liệu cá nhân', 'Luật Trí tuệ nhân tạo', 'Luật An ninh mạng'].map((law, i) => ({
				id: part(`other-matching pair ${i}`),
				html: `<p>${law}</p>`,
				matchId: part(`other-matching match ${i}`)
			})),
			matches: ['01/01/2026', '01/3/2026', '01/7/2026', '01/01/2027'].map((text, i) => ({
				id: part(`other-matching match ${i}`),
				text
			}))
		},
		explanation: '<p>Ba luật có hiệu lực lần lượt từ ngày 01/01/2026, 01/3/2026 và 01/7/2026.</p>',
		cites: ['116/2025/QH15', '']
	},
	{
		key: 'other-ordering',
		topic: SAFETY,
		difficulty: 'medium',
		stem: '<p>Sắp xếp các bước xử lý sự cố theo thứ tự.</p>',
		body: {
			type: 'ordering',
			rule: 'neighbours',
			items: ['Dừng', 'Giữ vết', 'Báo', 'Khắc phục'].map((words, i) => ({
				id: part(`other-ordering item ${i}`),
				html: `<p>${words}</p>`
			}))
		},
		explanation: '<p>Dừng, giữ vết, báo, rồi khắc phục.</p>'
	},
	{
		key: 'other-short',
		topic: SOURCES,
		difficulty: 'easy',
		stem: '<p>Gõ địa chỉ Cổng Pháp luật quốc gia.</p>',
		body: {
			type: 'short',
			accepted: ['phapluat.gov.vn', 'https://phapluat.gov.vn*', 'www.phapluat.gov.vn'].map((text) => ({
				text,
				credit: 100,
				feedback: ''
			})),
			ignoresCase: true,
			ignoresAccents: true
		},
		explanation: '<p>phapluat.gov.vn</p>'
	},
	{
		key: 'other-numeric',
		topic: PLAN,
		difficulty: 'hard',
		stem: '<p>Đơn vị A: 10 hoạt động, 10 trực tuyến. Đơn vị B: 90 hoạt động, 10 trực tuyến. Tỷ lệ trực tuyến của cả tỉnh là bao nhiêu?</p>',
		body: {
			type: 'numeric',
			unit: '%',
			accepted: [{ value: 20, tolerance: 0, credit: 100, feedback: '' }]
		},
		explanation: '<p>20/100 = 20%. Không lấy trung bình tỷ lệ của các đơn vị.</p>'
	},
	{
		key: 'other-cloze',
		topic: PEOPLE,
		difficulty: 'easy',
		stem: '<p>Điền vào chỗ trống.</p>',
		body: {
			type: 'cloze',
			text: `<p>Ngày [[${part('other-cloze 1')}]] tháng [[${part('other-cloze 2')}]] hằng năm là [[${part('other-cloze 3')}]] Việt Nam.</p>`,
			gaps: [
				{
					...{ kind: 'numeric', id: part('other-cloze 1'), weight: 1 },
					accepted: [{ value: 9, tolerance: 0, credit: 100, feedback: '' }]
				},
				{
					...{ kind: 'choice', id: part('other-cloze 2'), weight: 1 },
					options: ['11', '10', '12'].map((text, i) => ({
						id: part(`other-cloze 2 ${i}`),
						text,
						credit: i === 0 ? 100 : 0,
						feedback: ''
					}))
				},
				{
					...{ kind: 'short', id: part('other-cloze 3'), weight: 2 },
					accepted: [{ text: 'Ngày Pháp luật', credit: 100, feedback: '' }],
					ignoresCase: true,
					ignoresAccents: true
				}
			]
		},
		explanation: '<p>Điều 8 Luật PBGDPL năm 2012.</p>',
		cites: [PBGDPL, 'Điều 8']
	},
	{
		key: 'other-scenario',
		topic: CONTENT,
		difficulty: 'hard',
		stem: '<p>Trang của xã đăng bài hỏi – đáp về lấn chiếm đất. Hai tuần sau, một người dân bình luận rằng nghị định được viện dẫn đã bị thay thế. Bình luận có 30 lượt chia sẻ.</p>',
		body: {
			type: 'scenario',
			parts: [
				{
					id: part('scenario 1'),
					stem: '<p>Việc đầu tiên người quản trị trang cần làm là gì?</p>',
					body: single('scenario 1', [
						'Ẩn bình luận',
						'*Kiểm tra hiệu lực của nghị định tại cơ sở dữ liệu chính thức',
						'Chờ Sở Tư pháp hỏi',
						'Xóa bài'
					]) as never,
					explanation: '<p>Kiểm chứng trước, rồi mới sửa.</p>',
					weight: 1
				},
				{
					id: part('scenario 2'),
					stem: '<p>Nghị định đúng là đã bị thay thế. Những việc nào cần làm?</p>',
					body: {
						type: 'multiple',
						keepsOrder: false,
						rule: 'all_or_nothing',
						options: [
							['Sửa bài và ghi rõ đã đính chính', 100],
							['Trả lời người bình luận', 100],
							['Lặng lẽ xóa bài', 0],
							['Báo người phụ trách', 100]
						].map(([words, credit], i) => ({
							id: part(`scenario 2 option ${i}`),
							html: `<p>${words}</p>`,
							credit: Number(credit),
							feedback: ''
						}))
					},
					explanation: '<p>Đính chính công khai, trả lời và báo cáo.</p>',
					weight: 2
				}
			]
		},
		explanation: ''
	},
	{
		key: 'other-essay',
		topic: CONTENT,
		difficulty: 'hard',
		stem: '<p>Viết lời mở đầu (100–300 từ) cho một video dưới 3 phút giới thiệu một quy định mới tới người dân vùng nông thôn.</p>',
		body: {
			type: 'essay',
			minWords: 100,
			maxWords: 300,
			rubric: criteria('other-essay', [
				['Đúng', 'Nội dung pháp luật chính xác'],
				['Dễ hiểu', 'Câu ngắn, từ quen thuộc'],
				['Gần người nghe', 'Bắt đầu từ tình huống thường gặp']
			]),
			notes: '<p>Không trừ điểm chính tả khi nội dung rõ.</p>'
		},
		explanation: ''
	},
	{
		key: 'other-upload',
		topic: CONTENT,
		difficulty: 'hard',
		stem: '<p>Bài thực hành: nộp 01 sản phẩm phổ biến, giáo dục pháp luật (tờ gấp số, video dưới 3 phút hoặc âm thanh cho truyền thanh cơ sở).</p>',
		body: {
			type: 'upload',
			accepts: ['image', 'document', 'audio', 'video'],
			mostFiles: 3,
			rubric: criteria('other-upload', [
				['Đúng', 'Nội dung pháp luật chính xác, còn hiệu lực'],
				['Đủ', 'Người xem biết phải làm gì, ở đâu'],
				['Dễ hiểu', 'Lời ngắn, từ quen thuộc'],
				['Tiếp cận được', 'Có phụ đề hoặc bản chữ, chữ đủ lớn'],
				['Có nguồn', 'Ghi số ký hiệu, điều khoản']
			]),
			notes: ''
		},
		explanation: ''
	}
];
