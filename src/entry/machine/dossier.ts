import { Document, Packer, type Paragraph, type Table } from 'docx';
import type { Sql } from 'postgres';
import { formatBytes, formatDay, formatNumber } from '#lib/i18n/format.ts';
import { readSetting } from '#lib/identity/settings.ts';
import type { Config } from '#lib/server/platform/config.ts';
import { dayOf } from '#lib/server/platform/context.ts';
import { columnWidths, dataTable, note } from '#lib/server/platform/office/form-table.ts';
import {
	body,
	documentStyles,
	heading,
	letterhead,
	pageSetup,
	title
} from '#lib/server/platform/office/official-form.ts';
import type { Finding } from './examine.ts';
import { productVersion } from './product.ts';

/** Left to be filled in by the agency. */
const BLANK = '……………………';

/** From so many people on whose data are processed, a system is proposed for level 3. */
const LEVEL_3_PEOPLE = 10_000;

type Volumes = Readonly<{
	accounts: number;
	people: number;
	numbers: number;
	units: number;
	activities: number;
	participations: number;
	lectures: number;
	audit: number;
	databaseBytes: number;
}>;

/** How a requirement stands: by the product, by this installation's settings, or by the agency. */
type Measure = readonly [requirement: string, how: string, state: 'Đáp ứng' | 'Chưa đáp ứng' | 'Cơ quan thực hiện'];

/** Facts of one installation that the dossier tells. */
export type Installation = Readonly<{ sql: Sql; config: Config; findings: readonly Finding[]; now: Date }>;

/**
 * A draft of the dossier that proposes a system's level of security (hồ sơ đề xuất cấp độ; Nghị định 85/2016/NĐ-CP, Thông tư
 * 12/2022/TT-BTTTT): what is known of the installation is filled in, what only the agency knows is left blank.
 * @returns an A4 .docx in the form of Nghị định 30/2020/NĐ-CP
 */
export async function writeDossier(installation: Installation): Promise<Buffer> {
	const volumes = await volumesOf(installation.sql);
	const children: (Paragraph | Table)[] = [
		...letterhead({ superior: '', agency: BLANK }),
		...title(
			'HỒ SƠ ĐỀ XUẤT CẤP ĐỘ',
			'An toàn hệ thống thông tin tập huấn trực tuyến phổ biến, giáo dục pháp luật (dự thảo)'
		),
		note(
			`Dự thảo do hệ thống lập ngày ${formatDay(dayOf(installation.now))} từ cài đặt đang chạy. Chỗ để trống và phần "Cơ quan thực hiện" do chủ quản, đơn vị vận hành điền; cấp độ do cấp có thẩm quyền phê duyệt.`
		),
		...overview(await productVersion(), volumes),
		...components(installation),
		...data(volumes),
		...level(volumes),
		...measures(await measuresOf(installation))
	];
	return Packer.toBuffer(new Document({ styles: documentStyles, sections: [{ ...pageSetup(), children }] }));
}

async function volumesOf(sql: Sql): Promise<Volumes> {
	const [row] = await sql<Volumes[]>`select
		(select count(*) from account where disabled_at is null)::int as accounts,
		(select count(*) from person where canonical_id is null and voided_at is null)::int as people,
		(select count(*) from person where personal_number_hmac is not null)::int as numbers,
		(select count(*) from unit)::int as units,
		(select count(*) from training_activity)::int as activities,
		(select count(*) from participation where voided_at is null)::int as participations,
		(select count(*) from lecture)::int as lectures,
		(select count(*) from audit_event)::int as audit,
		pg_database_size(current_database())::float8 as "databaseBytes"`;
	if (!row) throw new Error('nothing was counted');
	return row;
}

function overview(version: string, { accounts, units }: Volumes): (Paragraph | Table)[] {
	return [
		heading('I. Thông tin chung'),
		facts([
			['Tên hệ thống', `Hệ thống tập huấn trực tuyến phổ biến, giáo dục pháp luật (Bục Giảng ${version})`],
			['Chủ quản hệ thống thông tin', BLANK],
			['Đơn vị vận hành', BLANK],
			['Đơn vị chuyên trách về an toàn thông tin', BLANK],
			['Căn cứ triển khai', 'Quyết định số 766/QĐ-TTg của Thủ tướng Chính phủ; kế hoạch của tỉnh: ' + BLANK],
			[
				'Phạm vi, quy mô',
				`Nội bộ các cơ quan, đơn vị trên địa bàn tỉnh: ${formatNumber(units)} đơn vị, ${formatNumber(accounts)} tài khoản đang mở`
			],
			['Đối tượng phục vụ', 'Cán bộ, công chức, viên chức tham mưu; báo cáo viên, tuyên truyền viên pháp luật'],
			['Nơi đặt máy chủ, trung tâm dữ liệu', BLANK]
		])
	];
}

function components({ config, findings }: Installation): (Paragraph | Table)[] {
	const outside = [
		config.s3 && 'kho đối tượng S3',
		config.mail && 'máy chủ thư điện tử (SMTP)',
		config.gateway && 'cổng tin nhắn',
		config.sso && 'đăng nhập một lần (OpenID Connect)'
	].filter((one) => typeof one === 'string');
	return [
		heading('II. Mô tả hệ thống'),
		body(
			'Trang web (Node.js, SvelteKit) nhận yêu cầu qua HTTPS; cơ sở dữ liệu PostgreSQL giữ toàn bộ dữ liệu có cấu trúc; kho tệp giữ bài giảng, minh chứng; tiến trình xử lý nền gửi thông báo, lập báo cáo; tiến trình xử lý bài giảng chạy ffmpeg cách ly, không ra mạng. Nội dung SCORM chạy trên tên miền riêng, không có phiên đăng nhập.'
		),
		body(`Kết nối ra ngoài đang bật: ${outside.length > 0 ? outside.join('; ') : 'không có'}.`),
		body('Thành phần tìm thấy khi kiểm tra cài đặt:'),
		dataTable(
			['TT', 'Thành phần', 'Hiện trạng'],
			findings.map(({ part, state, says }, i) => [
				String(i + 1),
				vietnamese(part),
				`${state === 'ok' ? '' : state === 'warning' ? 'Lưu ý: ' : 'Chưa đạt: '}${vietnamese(says)}`
			]),
			columnWidths([5, 25, 60]),
			{ textColumns: [1, 2], size: 22 }
		),
		body(`Sơ đồ mạng, phân vùng, thiết bị: ${BLANK}`)
	];
}

/** Findings are told in Vietnamese and English, with a stroke between; parts of one by commas. */
const vietnamese = (told: string) =>
	told
		.split(', ')
		.map((part) => part.split(' / ')[0] ?? part)
		.join(', ');

function data(volumes: Volumes): (Paragraph | Table)[] {
	const { people, numbers, activities, participations, lectures, audit, databaseBytes } = volumes;
	return [
		heading('III. Dữ liệu được xử lý'),
		dataTable(
			['TT', 'Loại dữ liệu', 'Khối lượng', 'Phân loại, bảo vệ'],
			[
				['Người trong danh sách (họ tên, năm sinh, đơn vị, chức vụ, điện thoại)', people, 'Dữ liệu cá nhân cơ bản'],
				['Số định danh cá nhân', numbers, 'Mã hóa AES-256-GCM, hiển thị che'],
				[
					'Lượt tham gia, kết quả tập huấn',
					participations,
					'Dữ liệu cá nhân cơ bản; lịch sử học được giới hạn người xem'
				],
				['Hoạt động tập huấn', activities, 'Thông tin công vụ'],
				['Bài giảng', lectures, 'Thông tin công vụ, phần lớn công khai được'],
				['Nhật ký hệ thống', audit, 'Chỉ thêm, nối chuỗi có khóa']
			].map(([kind, count, protection], i) => [
				...[String(i + 1), String(kind), formatNumber(Number(count)), String(protection)]
			]),
			columnWidths([5, 40, 14, 31]),
			{ textColumns: [1, 3], size: 22 }
		),
		body(`Dung lượng cơ sở dữ liệu: ${formatBytes(databaseBytes)}. Hệ thống không xử lý thông tin bí mật nhà nước.`)
	];
}

function level({ people }: Volumes): (Paragraph | Table)[] {
	const proposed = people >= LEVEL_3_PEOPLE ? 3 : 2;
	return [
		heading('IV. Cấp độ đề xuất'),
		body(
			`Hệ thống phục vụ hoạt động nội bộ, xử lý thông tin cá nhân của ${formatNumber(people)} người, không xử lý bí mật nhà nước. Đề xuất: cấp độ ${proposed}.`
		),
		body(
			`Số người dưới ${formatNumber(LEVEL_3_PEOPLE)} đề xuất cấp độ 2, từ ${formatNumber(LEVEL_3_PEOPLE)} trở lên đề xuất cấp độ 3 (Nghị định 85/2016/NĐ-CP). Nếu mở cuộc thi hoặc dịch vụ cho người dân, doanh nghiệp thì xác định lại. Phần mềm được xây dựng theo yêu cầu của cấp độ 3.`
		)
	];
}

async function measuresOf({ sql, config, findings }: Installation): Promise<readonly Measure[]> {
	const [stored] = await sql<{ value: unknown }[]>`select value from system_setting where key = 'two_step'`;
	const policy = readSetting('two_step', stored?.value);
	const isFine = (part: string) => findings.some((one) => one.part.startsWith(part) && one.state === 'ok');
	const when = (isMet: boolean) => (isMet ? 'Đáp ứng' : 'Chưa đáp ứng') as Measure[2];
	const isSecure = config.origin?.startsWith('https:') ?? false;
	return [
		['Xác thực: mật khẩu băm argon2id, chậm dần khi sai, phiên có hạn', 'Có sẵn trong phần mềm', 'Đáp ứng'],
		[
			'Xác thực hai bước với quản trị',
			policy.mode === 'require' ? 'Bắt buộc theo thiết lập' : 'Chưa đặt bắt buộc ở trang An toàn đăng nhập',
			when(policy.mode === 'require')
		],
		['Kiểm soát truy cập theo vai trò và cây đơn vị, quyền tối thiểu', 'Kiểm tra ở từng nghiệp vụ', 'Đáp ứng'],
		[
			'Nhật ký: mọi thay đổi, không sửa được, kiểm tra được',
			isFine('Nhật ký') ? 'Chuỗi nhật ký khớp' : 'Chuỗi nhật ký chưa khớp hoặc chưa kiểm tra được',
			when(isFine('Nhật ký'))
		],
		['Bảo mật đường truyền', isSecure ? `Địa chỉ ${config.origin}` : 'Chưa đặt địa chỉ https (ORIGIN)', when(isSecure)],
		[
			'Bảo mật dữ liệu: số định danh mã hóa, khóa tách khỏi cơ sở dữ liệu',
			'Có sẵn trong phần mềm',
			when(isFine('SECRET_KEY'))
		],
		[
			'Toàn vẹn dữ liệu: kiểm tra trang nhớ, số liệu dẫn xuất khớp gốc',
			'Kiểm tra bằng doctor',
			when(isFine('Số liệu dẫn xuất'))
		],
		[
			'Sao lưu có tổng kiểm, thử khôi phục',
			isFine('Sao lưu') ? 'Có bản sao lưu mới' : 'Chưa có bản sao lưu trong 8 ngày gần đây',
			when(isFine('Sao lưu'))
		],
		[
			'An toàn ứng dụng: kiểm tra đầu vào, chính sách nội dung, cách ly nội dung tải lên',
			'Có sẵn; docs/security-baseline.md',
			'Đáp ứng'
		],
		['Dữ liệu cá nhân: thông báo, quyền của chủ thể, thời hạn lưu', 'Có sẵn trong phần mềm', 'Đáp ứng'],
		['Phòng chống mã độc trên máy chủ và tệp tải lên', BLANK, 'Cơ quan thực hiện'],
		['An toàn mạng: phân vùng, tường lửa, phát hiện xâm nhập', BLANK, 'Cơ quan thực hiện'],
		['An toàn máy chủ: cập nhật, tài khoản, cấu hình', BLANK, 'Cơ quan thực hiện'],
		['Giám sát an toàn thông tin, kết nối trung tâm giám sát', 'Số liệu tại /metrics; ' + BLANK, 'Cơ quan thực hiện'],
		['Kiểm tra, đánh giá an toàn thông tin định kỳ; diễn tập', BLANK, 'Cơ quan thực hiện'],
		['Chính sách, tổ chức, nhân lực, quy chế vận hành', BLANK, 'Cơ quan thực hiện']
	];
}

function measures(rows: readonly Measure[]): (Paragraph | Table)[] {
	return [
		heading('V. Phương án bảo đảm an toàn thông tin'),
		body('Theo Thông tư 12/2022/TT-BTTTT và TCVN 11930:2017; hiện trạng lấy từ cài đặt đang chạy.'),
		dataTable(
			['TT', 'Yêu cầu', 'Hiện trạng, phương án', 'Kết quả'],
			rows.map(([requirement, how, state], i) => [String(i + 1), requirement, how, state]),
			columnWidths([5, 38, 30, 17]),
			{ textColumns: [1, 2], size: 22 }
		)
	];
}

function facts(rows: readonly (readonly [string, string])[]): Table {
	return dataTable(
		['TT', 'Mục', 'Nội dung'],
		rows.map(([name, value], i) => [String(i + 1), name, value]),
		columnWidths([5, 30, 55]),
		{ textColumns: [1, 2], size: 22 }
	);
}
