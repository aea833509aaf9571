import type { ActivityKind, ActivityStatus, DeliveryMode } from '#lib/training/activity.ts';

/** An activity of the demo year. Counts for the targets unless a field below makes it not count. */
export type DemoActivity = Readonly<{
	title: string;
	/** Code of the organising unit. */
	unit: string;
	mode: DeliveryMode;
	/** Days before the first seeding on which it ended (for a planned one negative). */
	daysAgo: number;
	lengthDays?: number;
	periods?: number;
	course?: 'KC01' | 'KC03';
	/** Share of the province's people who were summoned beside the organiser's own. */
	reach?: number;
	isProvinceWide?: boolean;
	isOpenClass?: boolean;
	kind?: ActivityKind;
	topic?: string;
	source?: 'own' | 'external';
	status?: ActivityStatus;
}>;

const KC01 = 'Nhập môn chuyển đổi số trong công tác PBGDPL';
const KC03 = 'An toàn thông tin và bảo vệ dữ liệu cá nhân trong hoạt động PBGDPL';
const SKILLS = [
	'Tra cứu Cổng Pháp luật quốc gia, pháp điển',
	'Viết kịch bản, quay video ngắn về pháp luật',
	'Thiết kế tờ gấp số, infographic',
	'Bản tin truyền thanh cơ sở trên môi trường số',
	'Vận hành Zalo OA, trang mạng xã hội của cơ quan',
	'Điều hành hội nghị trực tuyến',
	'Tổ chức cuộc thi tìm hiểu pháp luật trực tuyến',
	'Sử dụng AI có trách nhiệm trong công tác PBGDPL'
];
const skill = (i: number) => SKILLS[i % SKILLS.length] as string;

/** Units that hold their own classes, spread over the year. */
const DEPARTMENTS = [
	'MH-SNV',
	'MH-SKHCN',
	'MH-SGDDT',
	'MH-SYT',
	'MH-MTTQ',
	'MH-PN',
	'MH-DTN',
	'MH-SVHTTDL',
	'MH-SDTTG',
	'MH-TCT'
];
const COMMUNES = [
	'MH-P01',
	'MH-P02',
	'MH-P05',
	'MH-X01',
	'MH-X02',
	'MH-X03',
	'MH-X04',
	'MH-X07',
	'MH-X09',
	'MH-X12',
	'MH-X15',
	'MH-X18'
];
const department = (i: number) => DEPARTMENTS[i % DEPARTMENTS.length] as string;
const commune = (i: number) => COMMUNES[i % COMMUNES.length] as string;

const selfPaced: DemoActivity[] = Array.from({ length: 20 }, (_, i) => ({
	title: `${i % 4 === 3 ? KC03 : KC01}, đợt ${i + 1}`,
	unit: i < 8 ? 'MH-STP' : i < 14 ? department(i) : commune(i),
	mode: 'online_self_paced',
	daysAgo: 12 + i * 17,
	lengthDays: 20,
	periods: 8,
	course: i % 4 === 3 ? 'KC03' : 'KC01',
	reach: i < 8 ? 0.2 : 0.05,
	isProvinceWide: i < 8
}));
const live: DemoActivity[] = Array.from({ length: 8 }, (_, i) => ({
	title: `Tập huấn trực tuyến: ${skill(i)}`,
	unit: i < 4 ? 'MH-STP' : department(i + 3),
	mode: 'online_live',
	daysAgo: 25 + i * 40,
	reach: 0.12,
	isProvinceWide: i < 4
}));
const hybrid: DemoActivity[] = Array.from({ length: 4 }, (_, i) => ({
	title: `Hội nghị tập huấn trực tiếp kết hợp trực tuyến: ${skill(i + 4)}`,
	unit: i % 2 === 0 ? 'MH-STP' : 'MH-SKHCN',
	mode: 'hybrid',
	daysAgo: 45 + i * 80,
	reach: 0.15
}));
const inPerson: DemoActivity[] = Array.from({ length: 8 }, (_, i) => ({
	title: `Lớp tập huấn: ${skill(i + 2)}`,
	unit: i < 2 ? 'MH-STP' : commune(i * 2 + 1),
	mode: 'in_person',
	daysAgo: 33 + i * 38,
	periods: 8,
	reach: 0.1
}));

/** 40 that count (20 + 8 + 4 + 8), and 20 that do not. */
export const DEMO_ACTIVITIES: readonly DemoActivity[] = [
	...selfPaced,
	...live,
	...hybrid,
	...inPerson,
	{
		title: `${KC01}, đợt đang mở`,
		unit: 'MH-P01',
		mode: 'online_self_paced',
		daysAgo: 0,
		periods: 8,
		status: 'ongoing',
		isOpenClass: true
	},
	{
		title: `${KC03}, đợt đang mở`,
		unit: 'MH-STP',
		mode: 'online_self_paced',
		daysAgo: -14,
		lengthDays: 30,
		periods: 8,
		course: 'KC03',
		status: 'ongoing'
	},
	{ title: `Tập huấn trực tuyến: ${skill(7)}`, unit: 'MH-STP', mode: 'online_live', daysAgo: -21, status: 'planned' },
	{ title: `Lớp tập huấn: ${skill(2)}`, unit: 'MH-X05', mode: 'in_person', daysAgo: -10, status: 'planned' },
	{ title: `Lớp tập huấn: ${skill(3)}`, unit: 'MH-X06', mode: 'in_person', daysAgo: 70, status: 'cancelled' },
	{ title: `Tập huấn trực tuyến: ${skill(5)}`, unit: 'MH-SYT', mode: 'online_live', daysAgo: 130, status: 'cancelled' },
	{
		title: 'Tập huấn nghiệp vụ do Bộ Tư pháp tổ chức',
		unit: 'MH-STP',
		mode: 'online_live',
		daysAgo: 110,
		source: 'external',
		reach: 0.03
	},
	{
		title: 'Bồi dưỡng kỹ năng số do Học viện tổ chức',
		unit: 'MH-SNV',
		mode: 'in_person',
		daysAgo: 200,
		source: 'external',
		kind: 'refresher',
		reach: 0.02
	},
	{
		title: 'Lớp bồi dưỡng trực tuyến do cơ quan trung ương tổ chức',
		unit: 'MH-SKHCN',
		mode: 'online_live',
		daysAgo: 280,
		source: 'external',
		reach: 0.02
	},
	...Array.from({ length: 6 }, (_, i): DemoActivity => ({
		title: `Tập huấn kiến thức pháp luật chuyên ngành, lớp ${i + 1}`,
		unit: i % 2 === 0 ? 'MH-STP' : department(i),
		mode: i % 3 === 0 ? 'online_live' : 'in_person',
		daysAgo: 20 + i * 50,
		topic: 'other_law'
	})),
	...Array.from({ length: 5 }, (_, i): DemoActivity => ({
		title: `Hội nghị phổ biến văn bản mới, kỳ ${i + 1}`,
		unit: i < 2 ? 'MH-STP' : commune(i),
		mode: i % 2 === 0 ? 'in_person' : 'online_live',
		daysAgo: 40 + i * 60,
		kind: 'conference',
		topic: 'other_law'
	}))
];
